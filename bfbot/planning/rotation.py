"""Whose turn it is: rest a message, spread the pillars, never repeat a text on an account too soon."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bfbot.domain.localtime import local
from bfbot.domain.message import Message
from bfbot.domain.schedule import Slot

SPREAD = timedelta(days=28)
"""How far back the pillars' shares are looked at."""

NEVER = 0.0


@dataclass(frozen=True)
class Use:
    """A message that went out or is planned, on these accounts, at this moment (UTC)."""

    message: str
    pillar: str
    text: str
    accounts: frozenset[str]
    at: datetime


def candidates(
    messages: Iterable[Message], slot: Slot, moment: datetime, zone: str, uses: Sequence[Use]
) -> list[Message]:
    """Messages that may take the slot at `moment`, whose turn it is first.

    Left out are other campaigns and kinds, those outside their dates, and those that rest: a message, or one
    with the very same text, rests `rest_days` before and after each use on any of the slot's accounts.
    First comes what is about this very day of the year, of whatever kind, then the pillar with the fewest posts
    in the 28 days around, then the message longest unused; a tie is broken by a hash of slot and message, so
    that the same inputs always give the same order.
    """
    near = [use for use in uses if use.accounts & set(slot.accounts)]
    day = local(moment, zone).date()
    fitting = [
        one
        for one in messages
        if one.campaign == slot.campaign
        and (one.kind in slot.kinds or _is_its_day(one, day))
        and (one.when is None or one.when.fits(day))
        and (one.valid_from is None or one.valid_from <= day)
        and (one.valid_until is None or day <= one.valid_until)
        and not _rests(one, moment, zone, near)
    ]
    shares: dict[str, int] = {}
    for use in near:
        if abs(use.at - moment) < SPREAD:
            shares[use.pillar] = shares.get(use.pillar, 0) + 1
    last = {use.message: use.at for use in sorted(near, key=lambda use: use.at)}
    return sorted(
        fitting,
        key=lambda one: (
            not _is_its_day(one, day),
            shares.get(one.pillar, 0),
            last[one.id].timestamp() if one.id in last else NEVER,
            _lot(slot.id, one.id),
        ),
    )


def _is_its_day(message: Message, day: date) -> bool:
    """On the very day that it is about, an evergreen post takes any posting time, before all others."""
    return message.when is not None and message.when.falls_on(day)


def _rests(message: Message, moment: datetime, zone: str, uses: Sequence[Use]) -> bool:
    """Days are those of the wall clock: the same hour so many days on is free, over a clock change too."""
    rest = timedelta(days=message.rest_days)
    same = (use for use in uses if use.message == message.id or use.text == message.text)
    return any(abs(_wall(use.at, zone) - _wall(moment, zone)) < rest for use in same)


def _wall(moment: datetime, zone: str) -> datetime:
    return local(moment, zone).replace(tzinfo=None)


def _lot(slot: str, message: str) -> str:
    return hashlib.sha256(f"{slot}/{message}".encode()).hexdigest()
