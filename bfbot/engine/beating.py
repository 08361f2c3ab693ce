"""APScheduler with a main loop that looks at the clock itself, twice a second.

Its own loops sleep until the next job by the wall clock: set that back by two hours, and nothing runs for two
hours. This one notices, and lets every beat come at once. It also sleeps in short steps, so that a machine that
was suspended catches up when it wakes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.base import STATE_STOPPED, BaseScheduler

STEP_SECONDS = 0.5
BACK = timedelta(seconds=2)
"""A step back longer than this is a clock that was set, not one that is being trimmed."""


def _utc_now() -> datetime:
    return datetime.now(UTC)


class SteadyScheduler(BaseScheduler):  # type: ignore[misc]  # APScheduler has no types
    """Runs in a daemon thread. `now` is the wall clock (aware, UTC)."""

    def __init__(self, *, now: Callable[[], datetime] = _utc_now, **settings: object) -> None:
        super().__init__(**settings)
        self._now = now
        self._thread: threading.Thread | None = None

    def start(self, paused: bool = False) -> None:
        super().start(paused)
        self._thread = threading.Thread(target=self._loop, name="clock", daemon=True)
        self._thread.start()

    def shutdown(self, wait: bool = True) -> None:
        """No beat after this; with `wait` only once the running one has ended."""
        super().shutdown(wait)

    def wakeup(self) -> None:
        """Nothing to do: the loop looks again within half a second."""

    def _loop(self) -> None:
        last = self._now()
        while self.state != STATE_STOPPED:
            now = self._now()
            if now < last - BACK:
                for job in self.get_jobs():
                    job.modify(next_run_time=now)
            last = now
            self._process_jobs()
            time.sleep(STEP_SECONDS)
