"""A process that publishes as bfbot does: lock, adopt, then look back, release and send, pass by pass.

It is the product's own code. Added are the traps: at any step (see steps.py) it may kill or stop itself, or find
the disk full; and the clock, which is the run's.
"""

from __future__ import annotations

import logging
import os
import resource
import signal
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import DatabaseError, close_old_connections, connection  # noqa: E402 - after Django

import bfbot.http  # noqa: E402
from bfbot.config import config  # noqa: E402
from bfbot.domain.limits import Idempotency  # noqa: E402
from bfbot.engine.lock import WorkspaceLock  # noqa: E402
from bfbot.errors import ConfigurationError  # noqa: E402
from bfbot.platforms import mastodon, x  # noqa: E402, F401 - loaded before the fork
from bfbot.platforms.base import Platform  # noqa: E402 - after Django
from bfbot.publishing import door, drain, reconcile  # noqa: E402
from bfbot.publishing.release import release_due  # noqa: E402
from tests.faults.harness.moments import Moments  # noqa: E402
from tests.faults.harness.orders import Orders  # noqa: E402
from tests.faults.harness.steps import each_step, tell_time  # noqa: E402
from tests.simulators.records_adapter import make_known  # noqa: E402

make_known()

REFUSED, NO_ROOM = 3, 4
"""Exit codes: the workspace was taken; the disk was full before it could start."""


def publish(orders: Orders) -> None:
    logging.disable()
    assert Path(bfbot.__file__).is_relative_to(os.environ.get("EXPECTED_CODE", "/")), "the wrong copy of bfbot"
    moments = Moments(config().home)
    bfbot.http.session = partial(bfbot.http.session, (1.0, 1.0))  # type: ignore[assignment]  # with less patience
    if orders.trap:
        _set_traps(orders)
    tell_time(moments.machine)
    if orders.known_as:
        _as_known(KNOWN[orders.known_as])
    lock = WorkspaceLock(config().var)
    if not orders.beside:
        try:
            lock.take()
            reconcile.adopt_orphans(moments.machine())
        except ConfigurationError:
            raise SystemExit(REFUSED) from None
        except DatabaseError:
            raise SystemExit(NO_ROOM) from None
    run(orders, moments)


def run(orders: Orders, moments: Moments) -> None:
    """What one unit of work raises about the database is the end of that unit, as in bfbot's own engine."""
    clock: Callable[[], datetime] = moments.machine
    worker = f"worker-{os.getpid()}"
    for seconds in orders.passes:
        _pass_time(moments, seconds)
        for unit in (
            lambda: reconcile.rescue(clock, worker),
            lambda: release_due(clock()),
            lambda: _drain(orders.accounts, clock, worker),
        ):
            try:
                close_old_connections()
                unit()
            except DatabaseError:
                if orders.trap != "full":
                    raise


def _drain(accounts: tuple[str, ...], clock: Callable[[], datetime], worker: str) -> None:
    """All at once, as bfbot's engine does: what they write may share a commit."""

    def one(account: str) -> None:
        try:
            close_old_connections()
            drain.drain(account, clock, worker)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(accounts)) as pool:
        for done in [pool.submit(one, account) for account in accounts]:
            done.result()


def _pass_time(moments: Moments, seconds: float) -> None:
    """The run's clock is a file too, on another disk than bfbot's."""
    soft, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    moments.on(seconds)
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, most))


def _set_traps(orders: Orders) -> None:
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if orders.trap == "full":
            _room(not orders.at <= passed < orders.at + orders.lasts)
        elif passed == orders.at:
            os.kill(os.getpid(), signal.SIGKILL if orders.trap == "kill" else signal.SIGSTOP)

    each_step(step)
    step()


def _room(there: bool) -> None:
    """Without room no file grows any more, as on a full disk."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most if there else 0, most))


class Listless:
    """A network that cannot be listed."""

    def __init__(self, seen: Platform) -> None:
        self.name, self.label, self.limits = seen.name, seen.label, seen.limits
        self.length, self.render, self.publish = seen.length, seen.render, seen.publish


class KeylessAndListless(Listless):
    """A network that is known to ignore keys, and cannot be listed."""

    def __init__(self, seen: Platform) -> None:
        super().__init__(seen)
        self.limits = replace(seen.limits, idempotency=Idempotency.NONE)


class Keyless(KeylessAndListless):
    """A network that is known to ignore keys."""

    def __init__(self, seen: Any) -> None:
        super().__init__(seen)
        self.find = seen.find


KNOWN: dict[str, Callable[[Any], Any]] = {
    "keyless": Keyless,
    "listless": Listless,
    "keyless and listless": KeylessAndListless,
}


def _as_known(kind: Callable[[Any], Any]) -> None:
    whole = door.platform_of
    door.platform_of = lambda account, now: kind(whole(account, now))  # type: ignore[assignment]  # in this process
