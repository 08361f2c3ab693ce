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
    accounts = set(slot.accounts)
    near = [use for use in uses if use.accounts & accounts]
    said = _by_name_and_text(near)
    here = local(moment, zone)
    day = here.date()
    fitting = [
        one
        for one in messages
        if one.campaign == slot.campaign
        and (one.kind in slot.kinds or _is_its_day(one, day))
        and (one.when is None or one.when.fits(day))
        and (one.valid_from is None or one.valid_from <= day)
        and (one.valid_until is None or day <= one.valid_until)
        and not _rests(one, here, said)
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


Said = tuple[dict[str, list[datetime]], dict[str, list[datetime]]]


def _by_name_and_text(uses: Iterable[Use]) -> Said:
    """The moments of each message, and of each text, whoever said it."""
    names: dict[str, list[datetime]] = {}
    texts: dict[str, list[datetime]] = {}
    for use in uses:
        names.setdefault(use.message, []).append(use.at)
        texts.setdefault(use.text, []).append(use.at)
    return names, texts


def _rests(message: Message, here: datetime, said: Said) -> bool:
    """Days are those of the wall clock: the same hour so many days on is free, over a clock change too."""
    rest = timedelta(days=message.rest_days)
    names, texts = said
    same = {*names.get(message.id, ()), *texts.get(message.text, ())}
    wall = here.replace(tzinfo=None)
    return any(abs(at.astimezone(here.tzinfo).replace(tzinfo=None) - wall) < rest for at in same)


def _lot(slot: str, message: str) -> str:
    return hashlib.sha256(f"{slot}/{message}".encode()).hexdigest()
