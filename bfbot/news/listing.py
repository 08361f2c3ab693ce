"""What `bfbot news list` and the pages show: releases with their posts, and how the feeds are doing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bfbot.domain.release import FeedMemory, Release, ReleaseState
from bfbot.ledger import releases
from bfbot.library import current_revision


@dataclass(frozen=True)
class Listed:
    """A release and the ids of its posts, oldest first."""

    release: Release
    posts: tuple[int, ...]

    def as_json(self) -> dict[str, object]:
        """The shape of `news list --json`; times are ISO 8601 with offset, unknown is null."""
        one = self.release
        return {
            "id": one.id,
            "feed": one.feed,
            "title": one.title,
            "link": one.link,
            "published_at": one.published_at.isoformat() if one.published_at else None,
            "first_seen_at": one.first_seen_at.isoformat(),
            "state": str(one.state),
            "posts": list(self.posts),
            "why": one.why,
        }


def listing(
    *, feed: str | None = None, states: Iterable[ReleaseState] | None = None, most: int | None = 200
) -> list[Listed]:
    """Releases, first seen last first."""
    found = releases.listing(feed=feed, states=states, most=most)
    posts = releases.posts_of(one.id for one in found)
    return [Listed(one, tuple(posts.get(one.id, []))) for one in found]


def feeds(now: datetime) -> list[FeedMemory]:
    """How each feed of the team's files is doing, in their order; an empty memory for one never read."""
    memories = releases.memories()
    return [memories.get(one, FeedMemory(one)) for one in current_revision(now).feeds]
