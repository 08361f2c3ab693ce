"""The pool of threads: nothing twice at once, nothing forgotten, an end within the time promised."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator

import pytest
from django.db import OperationalError

from bfbot.engine.clock import BEATS
from bfbot.engine.embedded import EmbeddedEngine
from bfbot.engine.port import Unit
from bfbot.engine.units import Work
from bfbot.errors import FeedFailed


@pytest.fixture
def engine() -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(size=3)
    yield engine
    engine.stop(1)


def done(engine: EmbeddedEngine, *units: Unit) -> None:
    """Hand these over and wait until each has run."""
    for unit in units:
        ended = threading.Event()

        def run(unit: Unit = unit, ended: threading.Event = ended) -> None:
            try:
                unit.run()
            finally:
                ended.set()

        engine.submit(Unit(unit.key, run))
        assert ended.wait(60)
    engine.stop(60)


def failing(error: Exception) -> Callable[[], None]:
    def run() -> None:
        raise error

    return run


def test_two_of_one_key_never_run_at_once_and_the_second_is_not_lost(engine: EmbeddedEngine) -> None:
    began, go, runs = threading.Semaphore(0), threading.Event(), []

    def slow() -> None:
        runs.append(threading.get_ident())
        began.release()
        go.wait(60)

    engine.submit(Unit("one", slow))
    assert began.acquire(timeout=60)
    for _ in range(5):
        engine.submit(Unit("one", slow))
    assert not began.acquire(timeout=0.1)
    go.set()
    assert began.acquire(timeout=60)
    assert not began.acquire(timeout=0.1)
    assert len(runs) == 2


def test_other_keys_go_on_while_one_is_stuck(engine: EmbeddedEngine) -> None:
    go, reached = threading.Event(), threading.Event()
    engine.submit(Unit("stuck", lambda: [go.wait(60), None][1]))
    engine.submit(Unit("free", reached.set))
    assert reached.wait(60)
    go.set()


def test_stop_waits_for_what_runs_and_drops_what_waits() -> None:
    engine = EmbeddedEngine(size=1)
    began, go, ran = threading.Event(), threading.Event(), []

    def slow() -> None:
        began.set()
        go.wait(60)
        ran.append("slow")

    engine.submit(Unit("slow", slow))
    engine.submit(Unit("waiting", lambda: ran.append("waiting")))
    assert began.wait(60)
    assert engine.stop(0.05) is False
    assert engine.stopping
    go.set()
    assert engine.stop(60) is True
    engine.submit(Unit("late", lambda: ran.append("late")))
    assert ran == ["slow"]


def test_an_error_that_goes_on_is_told_once(engine: EmbeddedEngine, caplog: pytest.LogCaptureFixture) -> None:
    full = failing(OperationalError("database or disk is full"))
    with caplog.at_level(logging.WARNING):
        done(engine, Unit("plan", full), Unit("publish", full), Unit("plan", full))
    (line,) = caplog.records
    assert "free some space" in line.__dict__["error"]
    assert line.exc_info in (None, False)


@pytest.mark.parametrize(
    ("error", "traced"),
    [(FeedFailed("The page is no feed."), False), (OSError(28, "No space left"), False), (KeyError("x"), True)],
)
def test_only_a_defect_of_ours_leaves_a_trace(
    engine: EmbeddedEngine, caplog: pytest.LogCaptureFixture, error: Exception, traced: bool
) -> None:
    reached = threading.Event()
    with caplog.at_level(logging.WARNING):
        done(engine, Unit("first", failing(error)), Unit("second", reached.set))
    assert reached.is_set(), "a thread died of somebody's error"
    (line,) = caplog.records
    assert bool(line.exc_info) is traced


def test_every_beat_is_a_unit() -> None:
    handed: list[str] = []

    class Recorder:
        def submit(self, unit: Unit) -> None:
            handed.append(unit.key)

        def stop(self, within_seconds: float) -> bool:
            return True

    work = Work(Recorder(), "tests", lambda: False)
    for name, seconds in BEATS:
        getattr(work, name)()
        assert seconds <= 60
    assert len(handed) == len(set(handed)) == len(BEATS)
