"""What is looked at for alerts, and what is found to be wrong in it. Plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bfbot.domain.sending import AccountStanding
from bfbot.domain.watching import HeldBack, Stuck, Unapproved, Unsigned


class Kind(StrEnum):
    UNKNOWN = "unknown"
    EARLY = "early"
    FAILED = "failed"
    MISSED = "missed"
    HELD = "held"
    NOT_APPROVED = "not_approved"
    NOT_SIGNED = "not_signed"
    ACCOUNT = "account"
    KEY = "key"
    FEED = "feed"
    QUIET = "quiet"
    CLOCK = "clock"
    BACKUP = "backup"
    REVIEW = "review"


@dataclass(frozen=True)
class FeedSeen:
    """A watched feed. `read_at` is its last good reading, `tried_at` the last of any kind; None is never.

    `silent_since`: from when its silence counts; `long`: a silence that is long for it. None where unknown.
    """

    feed: str
    every: timedelta
    read_at: datetime | None
    tried_at: datetime | None
    failures: int
    error: str
    disabled: str
    paused: bool
    silent_since: datetime | None = None
    long: timedelta | None = None


@dataclass(frozen=True)
class KeySeen:
    """An account whose key is known to run out, and its last day."""

    account: str
    until: date


@dataclass(frozen=True)
class ReviewSeen:
    """Statistics whose review date has come, each in a few words, told together."""

    facts: Sequence[str]
    day: date


@dataclass(frozen=True)
class Seen:
    """Everything that may be worth an alert. `clock_age`: since anything was last looked at, None before that.

    `backup_at`: the newest backup, or since when the first is waited for; None where none is expected.
    """

    stuck: Sequence[Stuck] = ()
    held: Sequence[HeldBack] = ()
    unapproved: Sequence[Unapproved] = ()
    unsigned: Sequence[Unsigned] = ()
    stopped: Sequence[AccountStanding] = ()
    keys: Sequence[KeySeen] = ()
    feeds: Sequence[FeedSeen] = ()
    clock_age: timedelta | None = None
    backup_at: datetime | None = None
    reviews: Sequence[ReviewSeen] = ()


@dataclass(frozen=True)
class Trouble:
    """`key` names what is in trouble, `fingerprint` how. `of`: a text, account or feed; `why`: in words.

    `path` is where a person sees to it, below the address of the pages; `day` where it is of a day, `until` where
    it has an end.
    """

    kind: Kind
    key: str
    fingerprint: str
    path: str
    of: str = ""
    account: str = ""
    post: int | None = None
    at: datetime | None = None
    why: str = ""
    day: date | None = None
    until: datetime | None = None
