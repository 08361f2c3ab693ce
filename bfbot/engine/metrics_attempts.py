"""Requests to networks, counted since this process was first asked: how long they took, and how they ended.

Each look reads only what was written down since the last one, so that a million requests behind it cost nothing.
Prometheus takes such counts: they begin anew with a process.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import datetime, timedelta

from bfbot.domain.sending import Action, Outcome
from bfbot.engine.metrics_text import Family, counter, histogram
from bfbot.ledger import attempt_times
from bfbot.ledger.attempt_times import Timed

BOUNDS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
FIRST = 2000
"""So many that were made before the first look are counted, so that a new process does not begin blind."""

GIVEN_UP = timedelta(hours=1)
"""A request without an end is looked for so long."""

_ANSWERED = frozenset(Outcome) - {
    Outcome.OPEN,
    Outcome.NOT_MADE,
    Outcome.INTERRUPTED,
    Outcome.FOUND,
    Outcome.ABSENT,
    Outcome.SETTLED,
}
"""After these the end that is on record is that of the request; after the others, that of a later look."""


class Attempts:
    """The counts of one process. Not for several threads at once."""

    def __init__(self) -> None:
        self._seen: int | None = None
        self._open: dict[int, datetime] = {}
        self._ended: Counter[tuple[str, str, str, str]] = Counter()
        self._took: dict[tuple[str, str], list[int]] = {}
        self._seconds: defaultdict[tuple[str, str], float] = defaultdict(float)

    def look(self, now: datetime) -> None:
        """Count what came, and what has ended since it came."""
        if self._seen is None:
            self._seen = max(0, attempt_times.newest() - FIRST)
        waiting = [number for number, since in self._open.items() if now - since < GIVEN_UP]
        self._open = {}
        for one in attempt_times.among(waiting):
            self._count(one)
        for one in attempt_times.after(self._seen):
            self._seen = one.number
            self._count(one)

    def families(self) -> list[Family]:
        return [
            histogram(
                "bfbot_attempt_seconds",
                "How long requests took that publish a post, by account.",
                BOUNDS,
                *(
                    ({"account": account, "platform": platform}, took, self._seconds[account, platform])
                    for (account, platform), took in self._took.items()
                ),
            ),
            counter(
                "bfbot_attempts_total",
                "Requests to networks that ended, by account, action and outcome.",
                *(
                    ({"account": account, "platform": platform, "action": action, "outcome": outcome}, count)
                    for (account, platform, action, outcome), count in self._ended.items()
                ),
            ),
        ]

    def _count(self, one: Timed) -> None:
        if one.ended_at is None:
            self._open[one.number] = one.started_at
            return
        self._ended[one.account, one.platform, str(one.action), str(one.outcome)] += 1
        if one.action is Action.PUBLISH and one.outcome in _ANSWERED:
            seconds = max(0.0, (one.ended_at - one.started_at).total_seconds())
            took = self._took.setdefault((one.account, one.platform), [0] * (len(BOUNDS) + 1))
            took[bisect_left(BOUNDS, seconds)] += 1
            self._seconds[one.account, one.platform] += seconds
