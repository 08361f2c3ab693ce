"""APScheduler as the clock, and only that: it hands units over. What is due lies in the ledger.

The job store is in memory and rebuilt at every start; a late tick is made up for by the next one, because
every unit looks at the ledger and not at the tick.
"""

from __future__ import annotations

import logging
from datetime import UTC

from apscheduler.executors.pool import ThreadPoolExecutor

from bfbot.engine.beating import SteadyScheduler
from bfbot.engine.units import Work

BEATS: tuple[tuple[str, float], ...] = (
    ("publish", 1),
    ("settle", 5),
    ("read_feeds", 2),
    ("reload", 2),
    ("recheck", 10),
    ("prepare_clips", 10),
    ("plan", 30),
    ("measure", 20),
    ("report", 60),
    ("check_links", 60),
    ("alert", 30),
    ("backup", 60),
)
"""The method of Work and its seconds. Feeds have intervals of their own, kept in the ledger."""


def start(work: Work) -> SteadyScheduler:
    """A running clock. One thread suffices: handing a unit over takes microseconds."""
    # On a machine that stalls a beat may come before the last one was handed over. It is skipped, and made up for.
    logging.getLogger("apscheduler.scheduler").setLevel(logging.ERROR)
    clock = SteadyScheduler(
        timezone=UTC,
        executors={"default": ThreadPoolExecutor(1)},
        # A tick that comes late still counts, several late ones count once.
        job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1},
    )
    for name, seconds in BEATS:
        clock.add_job(getattr(work, name), "interval", seconds=seconds, id=name)
    clock.start()
    for name, _ in BEATS:
        getattr(work, name)()
    return clock
