"""The clock's part: what is due is released, what is too late is missed, what is settled is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.desk import stops
from bfbot.domain.hold import Hold
from bfbot.domain.sending import Candidate
from bfbot.ledger import account_states, candidates, holds, posts
from bfbot.publishing.decide import missed

HOLDS_LOOKED_AT = 200
"""The newest holds, ended ones too: a pause that ended on its own date must not release its backlog."""

RAN_OUT_LATELY = timedelta(days=30)
"""bfbot may have been off when a pause ended; what a feed brought before that is long out of date by then."""

A_CLOCK_MAY_MOVE = timedelta(days=1)
"""What went out before the clock was put back is looked at still; what lies further ahead costs a tick nothing."""


def release_due(now: datetime) -> list[str]:
    """Move every delivery whose moment has come; returns the accounts that have something to send, by name.

    Safe to run at any time, twice and by several at once: each move is conditional on what was read. What is
    missed is decided one by one; all the rest is released in one statement, a thousand as fast as one.
    """
    known_holds = holds.everything(HOLDS_LOOKED_AT)
    for one in known_holds:
        if one.lifted_at is None and one.until is not None and one.until <= now < one.until + RAN_OUT_LATELY:
            stops.run_out(one, now)
    _miss(candidates.overdue(now), known_holds, now)
    ended = [one.until for one in known_holds if one.until is not None and one.until <= now]
    if ended:
        _miss(candidates.open_before(max(ended)), known_holds, now)
    candidates.release_all(now)
    posts.close_settled(now, until=now + A_CLOCK_MAY_MOVE)
    standing = account_states.standing_of(candidates.accounts_with_due())
    return [
        name
        for name, one in standing.items()
        if not one.stopped_reason and (one.next_at is None or one.next_at <= now)
    ]


def _miss(found: list[Candidate], known_holds: Iterable[Hold], now: datetime) -> None:
    """Short transactions: on SQLite one writer holds up all others."""
    late = [(one, decided) for one in found if (decided := missed(one, known_holds, now)) is not None]
    for start in range(0, len(late), 200):
        with transaction.atomic():
            for one, decided in late[start : start + 200]:
                candidates.miss(one, decided.reason, decided.why)
