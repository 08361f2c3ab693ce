"""What a look ahead finds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bfbot.domain.finding import Finding


class Fate(StrEnum):
    """What would become of a post on one account."""

    GOES_OUT = "goes out"
    WAITS = "waits for approval"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Line:
    """One post on one account. `post` is its number where it is in the queue already, None where it is imagined.

    `at` is aware, UTC. `why` says what keeps it back, the first thing first. `parts` are the posts that the
    network would count, `linked` how many of them hold a link.
    """

    at: datetime
    campaign: str
    account: str
    platform: str
    fate: Fate
    text: str
    why: tuple[Finding, ...] = ()
    post: int | None = None
    message: str | None = None
    theme: str | None = None
    key: str = ""
    parts: int = 1
    linked: int = 0


@dataclass(frozen=True)
class EmptyTime:
    """A posting time with nothing to say; `why` tells what kept the evergreen posts from it."""

    at: datetime
    campaign: str
    slot: str
    accounts: tuple[str, ...]
    kinds: tuple[str, ...]
    why: str
    key: str


@dataclass(frozen=True)
class PassedOver:
    """An evergreen post that a rule refused at `times` posting times between `first` and `last` (UTC)."""

    campaign: str
    message: str
    finding: Finding
    first: datetime
    last: datetime
    times: int


@dataclass(frozen=True)
class Theme:
    """How many posts a theme would get (on one account or several, each counted once), and out of how many texts.

    `silence` is the longest stretch without one, in days.
    """

    campaign: str
    id: str
    name: str
    posts: int
    stopped: int
    messages: int
    silence: int

    @property
    def starves(self) -> bool:
        return self.posts == 0


@dataclass(frozen=True)
class FactDue:
    """A statistic whose last day, or whose day of review, falls into the time looked at."""

    fact: str
    what: str  # expires | review
    day: date
    figure: str
    measure: str
    owner: str
    messages: tuple[str, ...]  # evergreen posts that name it
    posts: int  # posts in the time looked at that would carry it


@dataclass(frozen=True)
class Cost:
    """An estimate by a network's price list of the day `prices_of`.

    `supposed`: no account is on that network; each post is counted as if it went out there once. `months` are
    (first day, amount), in order.
    """

    platform: str
    label: str
    plain: int
    linked: int
    plain_price: Decimal
    link_price: Decimal
    currency: str
    prices_of: date
    supposed: bool
    months: tuple[tuple[date, Decimal], ...]

    @property
    def amount(self) -> Decimal:
        return self.plain * self.plain_price + self.linked * self.link_price


@dataclass(frozen=True)
class Outlook:
    """From `from_time` to `until` (UTC, half-open), as things stood at `made_at`; all in the order of time."""

    made_at: datetime
    from_time: datetime
    until: datetime
    lines: tuple[Line, ...]
    empty: tuple[EmptyTime, ...]
    passed_over: tuple[PassedOver, ...]
    themes: tuple[Theme, ...] = ()
    facts: tuple[FactDue, ...] = ()
    costs: tuple[Cost, ...] = ()

    def count(self, fate: Fate) -> int:
        return sum(one.fate is fate for one in self.lines)
