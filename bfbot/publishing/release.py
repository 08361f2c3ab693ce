"""The clock's part: what is due is released, what is too late is missed, what is settled is closed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.domain.sending import Candidate
from bfbot.domain.states import DeliveryState
from bfbot.ledger import account_states, candidates, holds, posts
from bfbot.publishing.decide import Miss, Release, at_tick

HOLDS_LOOKED_AT = 200
"""The newest holds, ended ones too: a pause that ended on its own date must not release its backlog."""

A_CLOCK_MAY_MOVE = timedelta(days=1)
"""What went out before the clock was put back is looked at still; what lies further ahead costs a tick nothing."""


def release_due(now: datetime) -> list[str]:
    """Move every delivery whose moment has come; returns the accounts that have something to send, by name.

    Safe to run at any time, twice and by several at once: each move is conditional on what was read.
    """
    known_holds = holds.everything(HOLDS_LOOKED_AT)
    ready: set[str] = set()
    for chunk in _chunks(candidates.waiting(now)):
        with transaction.atomic():
            for one in chunk:
                match at_tick(one, known_holds, now):
                    case Release():
                        if candidates.release(one):
                            ready.add(one.delivery.account)
                    case Miss(reason, why):
                        candidates.miss(one, reason, why)
                    case _ if one.delivery.state is DeliveryState.DUE:
                        ready.add(one.delivery.account)
    posts.close_settled(now, until=now + A_CLOCK_MAY_MOVE)
    return sorted(account for account in ready if _may_send(account, now))


def _may_send(account: str, now: datetime) -> bool:
    standing = account_states.standing(account)
    return not standing.stopped_reason and (standing.next_at is None or standing.next_at <= now)


def _chunks(found: list[Candidate], size: int = 200) -> Iterable[list[Candidate]]:
    """Short transactions: on SQLite one writer holds up all others."""
    for start in range(0, len(found), size):
        yield found[start : start + size]
