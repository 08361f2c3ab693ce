"""One look at what is due, with 100,000 planned posts and with more and more history behind them.

python -m bench.tick      in the workspace that BFBOT_HOME names; prints JSON
"""

from __future__ import annotations

import json
import os
import statistics
import time
from datetime import timedelta

PLANNED, HISTORY = 100_000, 1_000_000
TICKS = 15


def main() -> None:
    """Median seconds of a tick: with nothing, with posts planned, and with a history besides."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    from bench import queue
    from bfbot.engine.units import utc_now

    now = utc_now()
    ticks = [_tick()]
    for days, state, many in ((2, "planned", PLANNED), (-100, "published", HISTORY)):
        queue.copied("practice-lga", now + timedelta(days=days), many, now, state=state)
        ticks.append(_tick())
    print(json.dumps({"ticks": ticks, "planned": PLANNED, "history": HISTORY, "runs": TICKS}))


def _tick() -> float:
    from bfbot.engine.units import utc_now
    from bfbot.publishing.release import release_due

    release_due(utc_now())
    taken = []
    for _ in range(TICKS):
        started = time.perf_counter()
        assert release_due(utc_now()) == []
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
