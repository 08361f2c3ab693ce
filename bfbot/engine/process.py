"""`up`, `worker` and `once`: how a bfbot process starts, runs and stops."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from bfbot.config import config
from bfbot.engine import clock, database, logs, secrets
from bfbot.engine.embedded import EmbeddedEngine
from bfbot.engine.health_watch import Watch
from bfbot.engine.lock import WorkspaceLock
from bfbot.engine.one_arena import one_arena
from bfbot.engine.serve import Pages
from bfbot.engine.units import Work, utc_now
from bfbot.library import current_revision
from bfbot.platforms.registry import known
from bfbot.publishing.reconcile import adopt_orphans

log = logging.getLogger(__name__)

HEARS_WITHIN = 0.1
"""Seconds until a signal to stop is heard."""

STOP_WITHIN = 7.5
"""Seconds that running units get after SIGTERM. What still runs then is read back at the next start."""


def run(*, pages_on: int | None, ready: Callable[[str], None], extra: Callable[[], None] | None = None) -> None:
    """Everything until SIGTERM or SIGINT; with pages on port `pages_on`, without them when None.

    `ready` is called with the address of the pages ("" without) once all of it runs. `extra` runs before that,
    under the lock and on a migrated database.
    """
    one_arena()
    # Until everything runs there is nothing to wind down: every step is a transaction of its own.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with workspace() as worker:
        pages = Pages(config(), pages_on) if pages_on is not None else None
        if extra is not None:
            extra()
        # Neither an Event nor a queue: a signal that comes just as their wait begins is not heard, or waits for
        # the very lock that it interrupted.
        asked_to_stop: list[int] = []
        for name in (signal.SIGTERM, signal.SIGINT):
            signal.signal(name, lambda number, _: asked_to_stop.append(number))
        engine = EmbeddedEngine()
        beating = clock.start(Work(engine, worker, lambda: engine.stopping))
        watch = Watch(utc_now)
        watch.start()
        if pages is not None:
            pages.start()
        ready(pages.address if pages else "")
        while not asked_to_stop:
            time.sleep(HEARS_WITHIN)
        log.info("stopping")
        beating.shutdown(wait=False)
        watch.stop()
        if pages is not None:
            pages.stop()
        if not engine.stop(STOP_WITHIN):
            log.warning("stopped while a request was on its way; it is read back at the next start")
            os._exit(0)  # its thread would keep the process alive past the promised ten seconds


@contextmanager
def workspace() -> Iterator[str]:
    """Lock, log, migrate, read the files, and settle what an earlier process left; gives the worker's name."""
    settings = config()
    logs.set_up(settings.log)
    lock = WorkspaceLock(settings.var)
    lock.take()
    try:
        logs.hide(secrets.of_settings())
        lock.take_database()
        database.prepare(utc_now())
        logs.hide(secrets.of_accounts(current_revision(utc_now(), platforms=known())))
        worker = f"{socket.gethostname()}:{os.getpid()}"
        # The lock proves that whoever was sending is dead.
        orphans = adopt_orphans(utc_now())
        if orphans:
            log.warning("a process died while sending; reading back", extra={"deliveries": orphans})
        yield worker
    finally:
        lock.release()
