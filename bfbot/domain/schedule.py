"""When and where: accounts, feeds, slots ("posting times" on the screen), quiet times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta


@dataclass(frozen=True)
class Account:
    """One account on one platform. `secrets` maps a name to where it lies (`env:NAME`), never to itself.

    `key_until`: the last day of its key, where that runs out; None where it does not, or nobody knows.
    `areas`: the places that it speaks for; empty: everywhere.
    """

    id: str
    platform: str
    campaigns: tuple[str, ...]
    base_url: str = ""
    label: str = ""
    secrets: Mapping[str, str] = field(default_factory=dict)
    key_until: date | None = None
    areas: tuple[str, ...] = ()


@dataclass(frozen=True)
class Feed:
    """A watched feed. `auto_after` is the cancel window of automatic posting; None means a draft for people.

    `quiet_after`: a silence that is worth telling; None: learned from the feed's own habit.
    """

    id: str
    url: str
    campaigns: tuple[str, ...]
    accounts: tuple[str, ...]
    every: timedelta
    template: str
    auto_after: timedelta | None = None
    window: timedelta = timedelta(hours=24)
    cap_per_poll: int = 5
    max_age: timedelta = timedelta(days=3)
    quiet_after: timedelta | None = None


@dataclass(frozen=True)
class Slot:
    """A posting time that comes back: on `days` (Monday is 0) at wall-clock `at` in the campaign's zone."""

    id: str
    campaign: str
    days: frozenset[int]
    at: time
    kinds: frozenset[str]
    accounts: tuple[str, ...]
    window: timedelta
    from_day: date | None = None
    until_day: date | None = None


@dataclass(frozen=True)
class QuietTime:
    """Hours in which nothing automatic goes out; `ends` before `starts` runs past midnight, both alike: all day.

    `bank_holidays` names the nation (domain/bank_holidays.py) whose bank holidays are among the days; "": none.
    """

    id: str
    campaigns: tuple[str, ...]
    days: frozenset[int]
    starts: time
    ends: time
    bank_holidays: str = ""
