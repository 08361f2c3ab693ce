"""The clock keeps beating when the machine's clock is set."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

from apscheduler.executors.pool import ThreadPoolExecutor

from bfbot.engine.beating import SteadyScheduler


def test_a_clock_set_back_by_two_hours_stops_no_beat() -> None:
    shift = [timedelta(0)]
    beats: list[float] = []
    beat = threading.Event()

    def on_beat() -> None:
        beats.append(1)
        beat.set()

    clock = SteadyScheduler(
        now=lambda: datetime.now(UTC) + shift[0],
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    clock.add_job(on_beat, "interval", seconds=3600, id="beat")
    clock.start()
    assert not beat.wait(0.7), "an hour has not passed"
    shift[0] = timedelta(hours=-2)
    assert beat.wait(20), "set back, the beat comes at once and not in three hours"
    clock.shutdown(wait=False)
