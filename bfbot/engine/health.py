"""Is bfbot alive, and can it do its work? The pulse of this process, and what it is asked for at /readyz."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import DatabaseError

from bfbot.errors import BfbotError
from bfbot.ledger import watching
from bfbot.library import current_revision

LATE = timedelta(minutes=1)
"""A clock that got nothing done for so long is late: it looks at what is due every second."""

ASKED_AGAIN = 5.0
"""Seconds for which an answer about the database stands: whoever asks cannot make it write all day."""


def _machine_seconds() -> float:
    """Counted while the machine sleeps, too, and untouched when its clock is set."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class Pulse:
    """When this process last looked at everything that is due."""

    def __init__(self, seconds: Callable[[], float] = _machine_seconds) -> None:
        self._seconds = seconds
        self._last: float | None = None
        self._worst = 0.0

    def beat(self) -> None:
        now = self._seconds()
        if self._last is not None:
            self._worst = max(self._worst, now - self._last)
        self._last = now

    def age(self) -> timedelta | None:
        """Since the last beat; None before the first."""
        return None if self._last is None else timedelta(seconds=max(0.0, self._seconds() - self._last))

    def worst(self) -> timedelta | None:
        """The longest time without a beat since this was last asked, the present one included."""
        age = self.age()
        if age is None:
            return None
        worst, self._worst = max(timedelta(seconds=self._worst), age), 0.0
        return worst


pulse = Pulse()
"""Of this process."""

_lock = threading.Lock()
_wrote: tuple[float, bool] | None = None


def ready(now: datetime) -> dict[str, bool]:
    """Whether the database takes what is written, the clock is on time, and there are good files to work from."""
    age = pulse.age()
    return {
        "database": _can_write(now),
        "clock": age is not None and age <= LATE,
        "library": _has_files(now),
    }


def _can_write(now: datetime) -> bool:
    global _wrote
    with _lock:
        if _wrote is not None and time.monotonic() - _wrote[0] < ASKED_AGAIN:
            return _wrote[1]
        try:
            watching.write("ready", now)
            could = True
        except (DatabaseError, OSError):
            could = False
        _wrote = (time.monotonic(), could)
        return could


def _has_files(now: datetime) -> bool:
    try:
        current_revision(now)
    except (BfbotError, DatabaseError, OSError):
        return False
    return True
