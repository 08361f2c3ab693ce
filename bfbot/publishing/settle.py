"""What to do about an unknown outcome, given one look at the network. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.sending import Doubt, Outcome
from bfbot.publishing.retry import backoff

SETTLE = timedelta(seconds=60)
"""Networks list a post some seconds after they took it, and a request may still be under way when we look.

An empty list proves something only once the last request is this old, and another look came up empty this long
before: a clock that was put forward makes a request look old, but not two looks. Nothing is sent again before.
"""

KEY_MARGIN = timedelta(minutes=5)
"""A key is not trusted in the last minutes of its life: clocks differ, and a request takes its time."""

FOR_EVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Live:
    """It is there."""


@dataclass(frozen=True)
class NotLive:
    """It is certainly not there."""


@dataclass(frozen=True)
class NotWanted:
    """It is not there, and the network will not take these words: trying again changes nothing."""


@dataclass(frozen=True)
class SameKey:
    """Nothing can be read, but the same key cannot make a second post."""


@dataclass(frozen=True)
class LookAgain:
    at: datetime


@dataclass(frozen=True)
class AskPerson:
    """bfbot cannot find out."""


@dataclass(frozen=True)
class Looks:
    """Looks at the list made before this one: how many, and when the first of them found nothing.

    `clock_moved`: the times on record contradict their order, so nobody knows how old a key is.
    """

    count: int = 0
    absent_since: datetime | None = None
    clock_moved: bool = False


def settle(
    doubt: Doubt | None,
    looked: Outcome,
    looks: Looks,
    limits: Limits,
    closes_at: datetime,
    seed: str,
    now: datetime,
) -> Live | NotLive | NotWanted | SameKey | LookAgain | AskPerson:
    """`looked`: found, absent, unreadable, or not_made (the network lists nothing)."""
    if doubt is None:
        return NotLive()
    settled = doubt.last + SETTLE
    proven = max(settled, (looks.absent_since or now) + SETTLE)
    ageless = limits.idempotency is Idempotency.CLIENT_ID
    trusted = now < key_trusted_until(doubt, limits) and (ageless or not looks.clock_moved)
    keyed = now < closes_at and trusted
    match looked:
        case Outcome.FOUND:
            return Live()
        case Outcome.ABSENT if now < proven:
            return LookAgain(proven)
        case Outcome.ABSENT:
            return NotWanted() if doubt.duplicate else NotLive()
        case Outcome.NOT_MADE:
            return SameKey() if keyed else AskPerson()
        case _ if keyed and now >= settled:
            # Reading back comes first because some servers of a kind that honours keys do not.
            return SameKey()
        case _:
            later = now + backoff(looks.count + 1, seed)
            return LookAgain(min(later, settled) if now < settled else later)


def key_trusted_until(doubt: Doubt, limits: Limits) -> datetime:
    """How long a request with the same key is the same request; the network counts from the first.

    Where the key is the name of the post itself, no second one of that name can ever be made.
    """
    if limits.idempotency is Idempotency.CLIENT_ID:
        return FOR_EVER
    if limits.idempotency is Idempotency.NONE:
        return doubt.first
    return doubt.first + timedelta(seconds=limits.key_lasts_seconds) - KEY_MARGIN
