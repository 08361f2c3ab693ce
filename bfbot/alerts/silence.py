"""A feed that is read and brings nothing: since when, and whether that is long for it. Pure.

Its own habit is the measure. Silence counts from the first reading at the earliest, so that a feed which is new
here, or was read anew after a restore, is not called quiet for what came before.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import pairwise

LOOKED_AT = 20
"""So many of its last releases say what is usual for a feed."""

ENOUGH = 5
"""Fewer releases say nothing."""

TIMES = 3
"""A silence is long when it is so many times the longest that there was between two releases."""

LEAST = timedelta(days=7)
"""Shorter silences are weekends and holidays."""


def habit(released: Sequence[datetime]) -> timedelta | None:
    """The silence that is worth telling, from the moments of the last releases; None where too few are known."""
    if len(released) < ENOUGH:
        return None
    longest = max(later - earlier for earlier, later in pairwise(sorted(released)))
    return max(TIMES * longest, LEAST)


def since(newest: datetime | None, first_read: datetime | None) -> datetime | None:
    """From when its silence counts; None while it was never read."""
    if first_read is None:
        return None
    return first_read if newest is None else max(newest, first_read)
