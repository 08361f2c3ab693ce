"""What Prometheus is told: how much waits and for how long, what became of deliveries, how old everything is."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

from bfbot.engine.backup import newest_at
from bfbot.engine.health import pulse
from bfbot.engine.metrics_attempts import Attempts
from bfbot.engine.metrics_text import Family, gauge, text
from bfbot.ledger import account_states, releases, watching
from bfbot.library import current_revision

KEPT = timedelta(seconds=5)
"""Counting every delivery takes a while once there are a million: it is done once in this time."""

_attempts = Attempts()
_lock = threading.Lock()
_last: tuple[datetime, str] | None = None


def exposition(now: datetime) -> str:
    """All of it in Prometheus' text format. Ages are in seconds; what is unknown is absent."""
    global _last
    with _lock:
        if _last is None or not timedelta() <= now - _last[0] < KEPT:
            _last = (now, text(families(now)))
        return _last[1]


def families(now: datetime) -> list[Family]:
    """As at `now`; the clock's age, and what is counted of requests, are those of this process."""
    depth, first = watching.waiting_since(now)
    age, backup = pulse.age(), newest_at(now)
    memories = releases.memories()
    feeds = [(feed, memories[feed]) for feed in current_revision(now).feeds if feed in memories]
    _attempts.look(now)
    return [
        gauge("bfbot_queue_depth", "Approved deliveries whose time has come and that are not out.", ({}, depth)),
        gauge(
            "bfbot_queue_age_seconds", "How long the first of these has been due.", ({}, _since(first, now) or 0.0)
        ),
        gauge(
            "bfbot_posts",
            "Posts by state.",
            *(({"state": state}, count) for state, count in watching.posts_by_state().items()),
        ),
        gauge(
            "bfbot_deliveries",
            "Deliveries by account and state.",
            *(
                ({"account": account, "state": state}, count)
                for (account, state), count in watching.deliveries_by_state().items()
            ),
        ),
        gauge(
            "bfbot_tick_age_seconds",
            "Since the clock last looked at what is due.",
            ({}, age.total_seconds() if age is not None else None),
        ),
        gauge(
            "bfbot_feed_age_seconds",
            "Since the last good reading of a feed.",
            *(({"feed": feed}, _since(memory.last_ok_at, now)) for feed, memory in feeds),
        ),
        gauge(
            "bfbot_feed_failures",
            "Failed readings of a feed since its last good one.",
            *(({"feed": feed}, memory.failures) for feed, memory in feeds),
        ),
        gauge(
            "bfbot_account_stopped",
            "Accounts that wait for a person.",
            *(({"account": one.account}, 1) for one in account_states.stopped()),
        ),
        gauge("bfbot_backup_age_seconds", "Since the newest backup in var/backups.", ({}, _since(backup, now))),
        *_attempts.families(),
    ]


def _since(moment: datetime | None, now: datetime) -> float | None:
    return None if moment is None else max(0.0, (now - moment).total_seconds())
