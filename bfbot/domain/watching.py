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
    """A post that nobody has approved yet, and when the first of its deliveries is due."""

    post: int
    due_at: datetime
    text: str


@dataclass(frozen=True)
class Known:
    """A trouble that was there before: what it was, when it was told (None: not yet) and when it went away."""

    key: str
    fingerprint: str
    since: datetime
    told_at: datetime | None
    over_at: datetime | None
