"""Pre-election periods, the people of politics in them, and days that belong to another campaign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

OWN_CHANNELS: Final = "own-channels"
PARTNER_PACKS: Final = "partner-packs"


@dataclass(frozen=True)
class Period:
    """A pre-election period: half-open, in UTC; `zone` is the one in which its ends were written.

    `campaigns` empty: every one. `areas` empty: everywhere; else accounts that speak for one of them, and posts
    that name one. `applies_to`: own channels, partner packs, or both. `explanation` is the text that tells the
    public why there is less to read ("" for bfbot's own words).
    """

    id: str
    name: str
    starts_at: datetime
    ends_at: datetime
    zone: str
    campaigns: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    applies_to: tuple[str, ...] = (OWN_CHANNELS, PARTNER_PACKS)
    explanation: str = ""

    def runs_at(self, moment: datetime) -> bool:
        return self.starts_at <= moment < self.ends_at

    def is_about(self, campaign: str) -> bool:
        return not self.campaigns or campaign in self.campaigns

    @property
    def own_channels(self) -> bool:
        return OWN_CHANNELS in self.applies_to


@dataclass(frozen=True)
class Spokesperson:
    """Somebody of politics who may be named: by `name` (may be empty), by `role`, or by `handles` (without @).

    `candidate_from` and `candidate_until`: the days, both included, on which they stand for election; an open end
    is no limit. `candidate` False: they do not stand.
    """

    id: str
    role: str
    name: str = ""
    party: str = ""
    handles: tuple[str, ...] = ()
    candidate: bool = False
    candidate_from: date | None = None
    candidate_until: date | None = None

    def stands_on(self, day: date) -> bool:
        begun = self.candidate_from is None or self.candidate_from <= day
        over = self.candidate_until is not None and day > self.candidate_until
        return self.candidate and begun and not over

    @property
    def known_as(self) -> str:
        """What people call them on screen."""
        return self.name or self.role


@dataclass(frozen=True)
class Clash:
    """Days (both included) that belong to somebody else's campaign, on which `campaigns` ask before they speak.

    `accounts` empty: on every account.
    """

    id: str
    name: str
    campaigns: tuple[str, ...]
    first: date
    last: date
    accounts: tuple[str, ...] = ()

    def covers(self, campaign: str, account: str, day: date) -> bool:
        there = not self.accounts or account in self.accounts
        return campaign in self.campaigns and there and self.first <= day <= self.last


@dataclass(frozen=True)
class SignOff:
    """An approver answers by name for one thing in one period: `post:ID` or `message:ID`, as it was then."""

    period: str
    subject: str
    digest: str
    signer: str
    said: str
    given_at: datetime
