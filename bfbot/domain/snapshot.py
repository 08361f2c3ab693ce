"""Dated cumulative counts. None is unknown, never 0. Snapshots are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class PostFigures:
    """What a network says of one post at one moment, summed over its parts where the measure adds."""

    impressions: int | None = None
    reach: int | None = None
    reactions: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    clicks: int | None = None

    @property
    def engagements(self) -> int | None:
        """Reactions + comments + shares + saves, of those the network gives; None when it gives none."""
        given = [one for one in (self.reactions, self.comments, self.shares, self.saves) if one is not None]
        return sum(given) if given else None


@dataclass(frozen=True)
class Snapshot:
    """Figures of a delivery. `occasion`: 1h | 6h | 1d | 3d | 7d | 28d | week:2026-W47 | asked."""

    delivery_id: int
    taken_at: datetime
    occasion: str
    figures: PostFigures
    practice: bool = False


@dataclass(frozen=True)
class AccountSnapshot:
    """An account's own figures on a local day. `followers` is potential audience, never reach."""

    account: str
    taken_at: datetime
    followers: int | None
    reach: int | None = None
    reach_window: str = ""
    practice: bool = False
