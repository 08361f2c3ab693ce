"""Pauses and news: what a pause does to a feed, and how an edited release pauses its own posts."""

from __future__ import annotations

from datetime import datetime

from bfbot.domain.hold import Scope
from bfbot.domain.person import feed_author
from bfbot.domain.release import Release
from bfbot.domain.schedule import Feed
from bfbot.domain.states import OPEN_POST
from bfbot.ledger import audit, holds, posts, releases


def pauses(feed: Feed, since: datetime, now: datetime) -> bool:
    """Whether a pause of everything, of this feed or of its campaigns stood at some time from `since` to `now`.

    What a feed brings after a pause comes back as a draft for people, never out by itself.
    """
    covered = {(Scope.EVERYTHING, ""), (Scope.FEED, feed.id), *((Scope.CAMPAIGN, one) for one in feed.campaigns)}
    return any(
        (one.scope, one.scope_id) in covered
        and one.starts_at <= now
        and all(end is None or end > since for end in (one.until, one.lifted_at))
        for one in holds.everything()
    )


def stop_posts_of(release: Release, reason: str, now: datetime) -> list[int]:
    """Hold every open post of `release`, once; the reason is kept with the release. Returns the held posts' ids.

    Call it inside the transaction that records the reading.
    """
    author = feed_author(release.feed)
    releases.change(release.id, why=reason)
    held = {one.scope_id for one in holds.standing(now) if one.scope is Scope.POST and one.placed_by == author}
    stopped = []
    for post_id in releases.posts_of([release.id]).get(release.id, []):
        if str(post_id) in held or posts.get(post_id).state not in OPEN_POST:
            continue
        hold = holds.add(Scope.POST, str(post_id), reason, author, now)
        audit.record(author, "paused", f"hold:{hold.id}", now, {"of": post_id, "reason": reason})
        stopped.append(post_id)
    return stopped
