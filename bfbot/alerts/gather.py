"""What the ledger and the files know of everything that may be worth an alert."""

from __future__ import annotations

from datetime import datetime, timedelta

from bfbot.alerts.decide import APPROVE_BEFORE, FeedSeen, Seen
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.release import FeedMemory
from bfbot.domain.schedule import Feed
from bfbot.ledger import account_states, holds, releases, watching
from bfbot.library import current_revision


def gather(now: datetime, *, clock_age: timedelta | None, backup_at: datetime | None) -> Seen:
    """`clock_age` and `backup_at` as in Seen: the engine knows them."""
    revision = current_revision(now)
    memories, standing = releases.memories(), holds.standing(now)
    return Seen(
        stuck=watching.stuck(),
        unapproved=watching.unapproved(now, APPROVE_BEFORE),
        stopped=[one for one in account_states.stopped() if one.account in revision.accounts],
        feeds=[_feed(one, memories.get(one.id, FeedMemory(one.id)), standing) for one in revision.feeds.values()],
        clock_age=clock_age,
        backup_at=backup_at,
    )


def _feed(feed: Feed, memory: FeedMemory, standing: list[Hold]) -> FeedSeen:
    pausing = {(Scope.EVERYTHING, ""), (Scope.FEED, feed.id), *((Scope.CAMPAIGN, one) for one in feed.campaigns)}
    return FeedSeen(
        feed=feed.id,
        every=feed.every,
        read_at=memory.last_ok_at,
        tried_at=memory.last_polled_at,
        failures=memory.failures,
        error=memory.last_error,
        disabled=memory.disabled_reason,
        paused=any((one.scope, one.scope_id) in pausing for one in standing),
    )
