"""Invented figures for the practice channel, so that measuring and reports can be tried. Pure.

Nobody saw these posts. The figures follow from a post's id and age alone, only ever grow, and level off after a
few weeks, as real ones do. Every snapshot made from them carries `practice=True`.
"""

from __future__ import annotations

import hashlib
import math
from datetime import UTC, date, datetime, timedelta

from bfbot.domain.snapshot import PostFigures

_FIRST_DAY = date(2026, 1, 1)


def figures_at(remote_id: str, age: timedelta) -> PostFigures:
    """The invented figures of a post of this age; all zero at the moment of publication."""
    impressions = int(_between(remote_id, "audience", 120, 540) * _seen(age))
    return PostFigures(
        impressions=impressions,
        reactions=int(impressions * _between(remote_id, "reactions", 8, 26) / 1000),
        comments=int(impressions * _between(remote_id, "comments", 1, 5) / 1000),
        shares=int(impressions * _between(remote_id, "shares", 3, 12) / 1000),
        clicks=int(impressions * _between(remote_id, "clicks", 4, 18) / 1000),
    )


def followers_at(account: str, now: datetime) -> int:
    """The invented followers of a practice account; they grow by one to four a day."""
    days = max(0, (now.astimezone(UTC).date() - _FIRST_DAY).days)
    return int(_between(account, "followers", 1800, 6400)) + days * int(_between(account, "growth", 1, 5))


def _seen(age: timedelta) -> float:
    """The share of the final audience that has seen a post: most in two days, the rest over weeks."""
    hours = max(0.0, age.total_seconds() / 3600)
    return 0.8 * (1 - math.exp(-hours / 9)) + 0.2 * (1 - math.exp(-hours / 150))


def _between(seed: str, what: str, low: float, high: float) -> float:
    """A number from low up to high that is always the same for the same seed."""
    digest = hashlib.sha256(f"{what}:{seed}".encode()).digest()
    return low + (high - low) * (int.from_bytes(digest[:6], "big") / 2**48)
