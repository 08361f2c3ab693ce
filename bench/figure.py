"""A measured line, and how medians are taken."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`ours` beside `peer`, both medians in `unit`; `limit` is what the project promises (None: nothing).

    Where `more_is_better`, the limit is the least, else the most. `peer_unit` where the peer does another thing.
    """

    what: str
    unit: str
    ours: float
    peer_is: str
    peer: float
    runs: int
    limit: float | None = None
    more_is_better: bool = False
    peer_unit: str = ""

    @property
    def ratio(self) -> float:
        """Ours to the peer's: 2 means twice as much of the unit."""
        return self.ours / self.peer

    @property
    def kept(self) -> bool | None:
        """Whether the promise is kept; None where there is none."""
        if self.limit is None:
            return None
        return self.ours >= self.limit if self.more_is_better else self.ours <= self.limit


def seconds(run: Callable[[], object]) -> float:
    """Wall time of one run."""
    started = time.perf_counter()
    run()
    return time.perf_counter() - started


def side_by_side(
    ours: Callable[[], object], peer: Callable[[], object], runs: int, warm_up: bool = True
) -> tuple[float, float]:
    """Median seconds of both, taken in turn so that whatever else the machine does falls on both alike."""
    if warm_up:
        ours(), peer()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(runs)]
    return statistics.median(one for one, _ in pairs), statistics.median(one for _, one in pairs)
