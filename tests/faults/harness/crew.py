"""Several processes that run cycles and races side by side, each on a ground of its own."""

from __future__ import annotations

import multiprocessing
import os
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.harness import races
from tests.faults.harness.cycle import Cycle
from tests.faults.harness.ground import Ground, fast_place, ground, keep
from tests.faults.harness.judge import Tally
from tests.faults.harness.networks import KINDS
from tests.faults.harness.processes import end_all

AT_A_TIME = 250
"""Races for one start of their processes."""

_ground: Ground | None = None
_open = ExitStack()
"""Both live as long as the process does."""


@dataclass(frozen=True)
class Done:
    """One cycle, or some races. `kind`: its network, or "races". `again` are the words that run it again."""

    seed: int
    kind: str
    tally: Tally
    again: str
    told: str = ""
    seconds: float = 0.0


def play(seeds: Sequence[int], count: int, seed: int, workers: int, template: Path | None) -> Iterator[Done]:
    """A cycle for each of `seeds`, and `count` races from `seed` on, as they end. Who stops early ends the rest.

    `template`: a file that holds an empty ledger with its team, or will.
    """
    with _pool(min(workers, len(seeds) + -(-count // AT_A_TIME)), template) as pool:
        jobs: list[Future[Done]] = [pool.submit(_cycle, one) for one in seeds]
        for number, first in enumerate(range(0, count, AT_A_TIME)):
            jobs.append(pool.submit(_races, seed + number, min(AT_A_TIME, count - first)))
        for one in as_completed(jobs):
            yield one.result()


@contextmanager
def _pool(workers: int, template: Path | None) -> Iterator[ProcessPoolExecutor]:
    with tempfile.TemporaryDirectory(
        prefix="bfbot-faults-", dir=fast_place(), ignore_cleanup_errors=True
    ) as folder:
        pool = ProcessPoolExecutor(
            max(workers, 1),
            multiprocessing.get_context("spawn"),
            initializer=_settle_in,
            initargs=(folder, template),
        )
        try:
            yield pool
        finally:
            pool.shutdown(cancel_futures=True)


def _settle_in(folder: str, template: Path | None) -> None:
    global _ground
    _ground = _open.enter_context(ground(Path(folder) / str(os.getpid()), template))
    if template is not None:
        keep(template, _ground)


def _cycle(seed: int) -> Done:
    assert _ground is not None
    began = time.monotonic()
    cycle = Cycle(seed, _ground)
    tally = _guarded(cycle.run, Tally(cycles=1))
    said = ", ".join(cycle.told)
    return Done(seed, KINDS[seed % len(KINDS)], tally, _again(seed, 1, 0), said, time.monotonic() - began)


def _races(seed: int, count: int) -> Done:
    whole = _ground
    assert whole is not None
    tally = _guarded(lambda: races.run(count, seed, whole), Tally())
    return Done(seed, "races", tally, _again(seed, 0, count))


def _again(seed: int, cycles: int, count: int) -> str:
    return f'make faults CYCLES={cycles} ARGS="--seed {seed} --races {count}"'


def _guarded(run: Callable[[], Tally], empty: Tally) -> Tally:
    """What comes to no end is a finding like any other, and leaves nothing behind for the next."""
    try:
        return run()
    except Exception:
        empty.stuck = 1
        empty.why.append(traceback.format_exc())
        return empty
    finally:
        end_all()
