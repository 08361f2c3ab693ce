"""A process that publishes as bfbot does: lock, adopt, then look back, release and send, pass by pass.

It is the product's own code. Added are the traps: before and after every step of a delivery it may kill or stop
itself; and the clock, which is the run's.
"""

from __future__ import annotations

import logging
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial, wraps
from pathlib import Path
from typing import Any

import django

django.setup()

import bfbot.http  # noqa: E402 - after Django
from bfbot.config import config  # noqa: E402
from bfbot.domain.limits import Idempotency  # noqa: E402
from bfbot.engine.lock import WorkspaceLock  # noqa: E402
from bfbot.errors import ConfigurationError  # noqa: E402
from bfbot.http import networks as wire  # noqa: E402
from bfbot.ledger import claims, doubts  # noqa: E402
from bfbot.platforms import mastodon, x  # noqa: E402, F401 - loaded before the fork
from bfbot.platforms.base import Platform  # noqa: E402 - after Django
from bfbot.publishing import door, drain, reconcile, send  # noqa: E402
from bfbot.publishing.release import release_due  # noqa: E402
from tests.faults.harness.moments import Moments  # noqa: E402
from tests.faults.harness.orders import Orders  # noqa: E402

REFUSED = 3
"""The exit code of a process that found the workspace taken."""

STEPS: tuple[tuple[Any, str], ...] = (
    (drain, "claim_next"),
    (drain, "send"),
    (reconcile, "send"),
    (reconcile, "claim_again"),
    (reconcile, "look"),
    (send, "_begin"),
    (send, "look"),
    (wire._GuardedAdapter, "send"),
    (claims, "record_part"),
    (claims, "keep_part"),
    (claims, "_close"),
    (claims, "finish"),
    (claims, "end"),
    (doubts, "record_look"),
    (doubts, "record_found"),
    (doubts, "record_absent"),
    (doubts, "resolve_doubt"),
    (doubts, "orphan"),
)


def publish(orders: Orders) -> None:
    logging.disable()
    assert Path(bfbot.__file__).is_relative_to(os.environ.get("EXPECTED_CODE", "/")), "the wrong copy of bfbot"
    moments = Moments(config().home)
    bfbot.http.session = partial(bfbot.http.session, (1.0, 1.0))  # type: ignore[assignment]  # with less patience
    if orders.trap:
        _set_traps(orders)
    if orders.account == "neither":
        _as_known(Keyless)
    if orders.keyless:
        _as_known(KeylessWithList)
    lock = WorkspaceLock(config().var)
    if not orders.beside:
        try:
            lock.take()
        except ConfigurationError:
            raise SystemExit(REFUSED) from None
        reconcile.adopt_orphans(moments.machine())
    run(orders, moments)


def run(orders: Orders, moments: Moments) -> None:
    clock: Callable[[], datetime] = moments.machine
    worker = f"worker-{os.getpid()}"
    for seconds in orders.passes:
        moments.on(seconds)
        reconcile.rescue(clock, worker)
        release_due(clock())
        drain.drain(orders.account, clock, worker)


def _set_traps(orders: Orders) -> None:
    passed = 0

    def step() -> None:
        nonlocal passed
        passed += 1
        if passed == orders.at:
            os.kill(os.getpid(), signal.SIGKILL if orders.trap == "kill" else signal.SIGSTOP)

    def trapped(act: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(act)
        def between(*given: Any, **named: Any) -> Any:
            step()
            done = act(*given, **named)
            step()
            return done

        return between

    for place, name in STEPS:
        setattr(place, name, trapped(getattr(place, name)))
    step()


class Keyless:
    """A network that is known to ignore keys."""

    def __init__(self, seen: Platform) -> None:
        self.name, self.label = seen.name, seen.label
        self.limits = replace(seen.limits, idempotency=Idempotency.NONE)
        self.length, self.render, self.publish = seen.length, seen.render, seen.publish


class KeylessWithList(Keyless):
    def __init__(self, seen: Any) -> None:
        super().__init__(seen)
        self.find = seen.find


def _as_known(kind: Callable[[Any], Any]) -> None:
    whole = door.platform_of
    door.platform_of = lambda account, now: kind(whole(account, now))  # type: ignore[assignment]  # in this process
