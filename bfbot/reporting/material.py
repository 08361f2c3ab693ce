"""What a weekly report is made from, as plain data: no database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from bfbot.domain.campaign import Campaign
from bfbot.domain.snapshot import AccountSnapshot, Snapshot
from bfbot.domain.week import Week

ENGAGEMENT_FIELDS = frozenset({"reactions", "comments", "shares", "saves"})


@dataclass(frozen=True)
class Channel:
    """An account of the campaign. `gives` names the figures its network publishes (fields of PostFigures)."""

    account: str
    platform: str
    label: str
    practice: bool
    gives: frozenset[str]

    def publishes(self, measure: str) -> bool:
        """Whether the network gives this measure at all; `engagements` needs any one of its four parts."""
        return bool(self.gives & ENGAGEMENT_FIELDS) if measure == "engagements" else measure in self.gives


@dataclass(frozen=True)
class Sent:
    """A post on an account that went out, with all its snapshots, oldest first."""

    id: int
    post_id: int
    account: str
    published_at: datetime
    text: str = ""
    url: str = ""
    pillar: str | None = None
    deleted_at: datetime | None = None
    snapshots: tuple[Snapshot, ...] = ()

    def taken(self, occasion: str) -> Snapshot | None:
        return next((one for one in self.snapshots if one.occasion == occasion), None)


@dataclass(frozen=True)
class Unsent:
    """A post on an account that was meant for the week and did not go out.

    `outcome`: failed | missed | not_approved | paused | held | unknown | withdrawn. `why` is fit for a person.
    """

    account: str
    text: str
    outcome: str
    due_at: datetime
    why: str = ""


@dataclass(frozen=True)
class Coming:
    """A post planned for the week after; `approved` or still waiting for it."""

    post_id: int
    scheduled_for: datetime
    approved: bool


@dataclass(frozen=True)
class Pause:
    """A stop that stood for some of the week. Times are aware, UTC; `ended_at` None: it still stands."""

    reason: str
    placed_by: str
    starts_at: datetime
    ended_at: datetime | None


@dataclass(frozen=True)
class Material:
    """Everything of one campaign that the report of `week` needs, as known at `now`.

    `left_out` labels the practice channels whose figures are kept apart because the campaign has real ones.
    """

    campaign: Campaign
    week: Week
    now: datetime
    channels: Sequence[Channel]
    sent: Sequence[Sent]
    unsent: Sequence[Unsent] = ()
    coming: Sequence[Coming] = ()
    pauses: Sequence[Pause] = ()
    accounts: Sequence[AccountSnapshot] = ()
    sample: bool = False
    left_out: tuple[str, ...] = ()
    comment: str = ""
    commented_by: str = ""
    by_account: dict[str, Channel] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_account", {one.account: one for one in self.channels})
