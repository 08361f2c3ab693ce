"""What needs a person's eye, and what people were told of it already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bfbot.domain.states import DeliveryState


@dataclass(frozen=True)
class Stuck:
    """A delivery that needs a person. `doubt_since`: its first request that may have made it live."""

    delivery: int
    post: int
    account: str
    state: DeliveryState
    reason: str
    error: str
    due_at: datetime
    doubt_since: datetime | None
    text: str


@dataclass(frozen=True)
class Unapproved:
    """A post that nobody has approved yet, and when the first of its deliveries is due.

    `unsigned`: other organisations that it names and that have not signed it off.
    """

    post: int
    due_at: datetime
    text: str
    unsigned: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unsigned:
    """An approved post that names `owners`, who have not signed it off, and when its first delivery is due."""

    post: int
    due_at: datetime
    text: str
    owners: tuple[str, ...]


@dataclass(frozen=True)
class HeldBack:
    """A delivery whose time has come and that a rule keeps back. `named` is the same while the reason is.

    `automatic`: the planner or a feed brought its post; `by_itself`: and nobody has written it anew since.
    """

    delivery: int
    post: int
    campaign: str
    account: str
    automatic: bool
    by_itself: bool
    due_at: datetime
    closes_at: datetime
    why: str
    named: str
    text: str


@dataclass(frozen=True)
class Soon:
    """When a post's first delivery is due, and the signature of what it says."""

    due_at: datetime
    signature: str


@dataclass(frozen=True)
class Known:
    """A trouble that was there before: what it was, when it was told (None: not yet) and when it went away."""

    key: str
    fingerprint: str
    since: datetime
    told_at: datetime | None
    over_at: datetime | None
