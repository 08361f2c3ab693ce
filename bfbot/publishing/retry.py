"""How long to wait before the next try. Pure, and the same for the same seed."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

BASE = timedelta(seconds=15)
CAP = timedelta(minutes=15)
LAST_CHANCE = timedelta(seconds=30)
"""A try that would come after the window has closed is brought forward to this long before it closes."""


def backoff(tries: int, seed: str) -> timedelta:
    """15 s, 30 s, 1 min ... 15 min after `tries` (from 1), less up to a quarter so that not all come at once."""
    doubled: int = 2 ** min(max(tries, 1) - 1, 10)
    full = min(BASE * doubled, CAP)
    share = int.from_bytes(hashlib.sha256(f"{seed}:{tries}".encode()).digest()[:4], "big") / 2**32
    return full * (1 - share / 4)


def next_try(tries: int, now: datetime, closes_at: datetime, seed: str) -> datetime:
    """The moment of the next try, never after `closes_at`; at `closes_at` itself nothing goes out any more."""
    moment = now + backoff(tries, seed)
    last = closes_at - LAST_CHANCE
    if moment <= last:
        return moment
    return last if last >= now + BASE else max(now, closes_at)
