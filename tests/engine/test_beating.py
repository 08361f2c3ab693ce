"""The clock keeps beating when the machine's clock is set."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apscheduler.events import EVENT_JOB_MAX_INSTANCES
from apscheduler.executors.pool import ThreadPoolExecutor

from bfbot.engine import beating, clock
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


class Stalled:
    """Hands the first beat of the clock over when somebody lets it; each name is a method, as of Work."""

    def __init__(self) -> None:
        self.beats, self.go_on = 0, threading.Event()

    def __getattr__(self, name: str) -> Any:
        return self.beat

    def beat(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            self.beats += 1
            self.go_on.wait(60)


def test_a_beat_that_comes_before_the_last_was_handed_over_is_made_up_for_and_nothing_to_tell(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(beating, "STEP_SECONDS", 0.01)
    monkeypatch.setattr(clock, "BEATS", (("publish", 0.02),))
    work, skipped = Stalled(), threading.Event()
    running = clock.start(work)
    try:
        running.add_listener(lambda _: skipped.set(), EVENT_JOB_MAX_INSTANCES)
        assert skipped.wait(60)
        assert work.beats == 1
        work.go_on.set()
        ends = time.monotonic() + 60
        while work.beats < 2:
            assert time.monotonic() < ends
            time.sleep(0.01)
    finally:
        work.go_on.set()
        running.shutdown(wait=False)
    assert caplog.records == []
