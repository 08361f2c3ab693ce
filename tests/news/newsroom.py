"""A feed, its server, and a desk that notes what it was given."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from bfbot.domain.post import Origin, Wording
from bfbot.domain.release import Release, ReleaseState
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.ledger import posts, releases
from bfbot.news.poll import PollResult, poll
from tests.servers.feeds import FeedServer, entry, rss

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PATH = "/feed.xml"


@dataclass
class Newsroom:
    """A feed, its server, and a desk that notes what it was given."""

    server: FeedServer
    revision: Revision
    now: datetime = NOW
    drafted: list[tuple[Release, Feed]] = field(default_factory=list)
    refusal: Exception | None = None

    def publish(self, *titles: str) -> None:
        self.server.publish(PATH, rss([entry(title) for title in titles]))

    def poll(self, after: timedelta = 5 * MINUTE) -> PollResult:
        self.now += after
        return poll("news", self.now)

    def first(self, *titles: str) -> PollResult:
        """The feed with these releases, read for the first time."""
        self.publish(*titles)
        return self.poll()

    def draft(self, release: Release, feed: Feed, revision: Revision, now: datetime) -> int:
        """As bfbot.desk.automatic.draft_from_release: a post in the ledger, and the release's state."""
        if self.refusal:
            raise self.refusal
        self.drafted.append((release, feed))
        releases.set_state(release.id, ReleaseState.DRAFTED)
        return posts.add(
            campaign="bright",
            origin=Origin.RELEASE,
            wording=Wording(release.title),
            author="feed:news",
            scheduled_for=now,
            window=feed.window,
            revision=revision.number,
            now=now,
            release=release.id,
        )

    def titles(self) -> list[str]:
        return [release.title for release, _ in self.drafted]
