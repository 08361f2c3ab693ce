"""Where a process can be struck: before each statement that writes, around each commit, around each request.

Taken where the product meets its database and the wire, so that no way through it is left out, however it is
written.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.utils import CursorWrapper

from bfbot.http import networks as wire

HANDED_OVER = "X-Handed-Over"
_WRITES = ("INSERT", "UPDATE", "DELETE", "BEGIN")


def each_step(step: Callable[[], None]) -> None:
    """In this process, from now on."""
    each_write(lambda sql: step())
    commit, send = BaseDatabaseWrapper._commit, wire._GuardedAdapter.send

    def around_commit(self: Any) -> Any:
        step()
        done = commit(self)
        step()
        return done

    def around_send(self: Any, *given: Any, **named: Any) -> Any:
        step()
        done = send(self, *given, **named)
        step()
        return done

    BaseDatabaseWrapper._commit = around_commit  # type: ignore[method-assign]  # of the process itself
    wire._GuardedAdapter.send = around_send  # type: ignore[method-assign]


def tell_time(clock: Callable[[], datetime]) -> None:
    """Each request says when it was handed to the wire: by the clock of the machine, and monotonic.

    Time leaps in a run: a network that is slow to take a request would find it hours late.
    """
    send = wire._GuardedAdapter.send

    def dated(self: Any, request: Any, *given: Any, **named: Any) -> Any:
        request.headers[HANDED_OVER] = f"{clock().isoformat()} {time.monotonic()}"
        return send(self, request, *given, **named)

    wire._GuardedAdapter.send = dated  # type: ignore[method-assign]  # in this process alone


def each_write(before: Callable[[str], None]) -> None:
    """`before` is given each statement that writes, when it is about to."""
    for name in ("execute", "executemany"):
        setattr(CursorWrapper, name, _watched(getattr(CursorWrapper, name), before))


def _watched(run: Callable[..., Any], before: Callable[[str], None]) -> Callable[..., Any]:
    def watched(self: Any, sql: Any, *params: Any) -> Any:
        if str(sql).lstrip().upper().startswith(_WRITES):
            before(str(sql))
        return run(self, sql, *params)

    return watched
