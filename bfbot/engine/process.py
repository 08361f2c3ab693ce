"""`up`, `worker` and `once`: how a bfbot process starts, runs and stops."""

from __future__ import annotations

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bfbot.config import config
from bfbot.engine import clock, database, logs
from bfbot.engine.embedded import EmbeddedEngine
from bfbot.engine.lock import WorkspaceLock
from bfbot.engine.serve import Pages
from bfbot.engine.units import Work, utc_now
from bfbot.library import current_revision
from bfbot.measuring.measure import measure_due
from bfbot.news.poll import due_feeds, poll
from bfbot.planning.plan import plan_ahead
from bfbot.platforms.registry import known
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import adopt_orphans, rescue
from bfbot.publishing.release import release_due

log = logging.getLogger(__name__)

STOP_WITHIN = 8.0
"""Seconds that running units get after SIGTERM. What still runs then is read back at the next start."""


def run(*, pages_on: int | None, ready: Callable[[str], None], extra: Callable[[], None] | None = None) -> None:
    """Everything until SIGTERM or SIGINT; with pages on port `pages_on`, without them when None.

    `ready` is called with the address of the pages ("" without) once all of it runs. `extra` runs before that,
    under the lock and on a migrated database.
    """
    with _workspace() as worker:
        stop = threading.Event()
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda *_: stop.set())
        if extra is not None:
            extra()
        pages = Pages(config(), pages_on) if pages_on is not None else None
        engine = EmbeddedEngine()
        beating = clock.start(Work(engine, worker, lambda: engine.stopping))
        if pages is not None:
            pages.start()
        ready(pages.address if pages else "")
        stop.wait()
        log.info("stopping")
        beating.shutdown(wait=False)
        if pages is not None:
            pages.stop()
        if not engine.stop(STOP_WITHIN):
            log.warning("stopped while a request was on its way; it is read back at the next start")
            os._exit(0)  # its thread would keep the process alive past the promised ten seconds


def once() -> dict[str, int]:
    """One pass: poll, plan, publish what is due, measure, read back; counts by what was done."""
    with _workspace() as worker:
        done = {"releases": 0, "planned": 0, "published": 0, "measured": 0, "settled": 0}
        for feed in due_feeds(utc_now()):
            done["releases"] += len(poll(feed, utc_now()).new)
        done["planned"] = plan_ahead(utc_now())
        for account in release_due(utc_now()):
            done["published"] += drain(account, clock=utc_now, worker=worker)
        done["measured"] = measure_due(utc_now()).posts
        done["settled"] = rescue(utc_now, worker)
        return done


@contextmanager
def _workspace() -> Iterator[str]:
    """Lock, log, migrate, read the files, and settle what an earlier process left; gives the worker's name."""
    settings = config()
    logs.set_up(settings.log, _secrets())
    lock = WorkspaceLock(settings.var)
    lock.take()
    try:
        database.prepare(utc_now())
        current_revision(utc_now(), platforms=known())
        worker = f"{socket.gethostname()}:{os.getpid()}"
        # The lock proves that whoever was sending is dead.
        orphans = adopt_orphans(utc_now())
        if orphans:
            log.warning("a process died while sending; reading back", extra={"deliveries": orphans})
        yield worker
    finally:
        lock.release()


def _secrets() -> list[str]:
    """Everything in the environment whose name says that it must not be seen in a log."""
    words = ("TOKEN", "SECRET", "PASSWORD", "KEY")
    return [value for name, value in config().environment.items() if any(word in name for word in words)]
