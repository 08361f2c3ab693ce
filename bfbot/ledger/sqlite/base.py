"""SQLite as Django knows it; the threads of this process write one after the other.

SQLite takes one writer at a time. Others ask it again and again and sleep longer in between, so that under load
one may sleep until its patience is over while those that came later are served. Here they queue up and sleep until
the door is free. Other processes queue up at SQLite as ever.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from django.db.backends.sqlite3 import base

_doors: dict[str, threading.Lock] = {}
_PASS = ("SELECT", "PRAGMA", "EXPLAIN", "BEGIN")
"""Statements that only read; and BEGIN, before which the door was asked for already."""


class DatabaseWrapper(base.DatabaseWrapper):
    """A transaction holds the door from its BEGIN to its end; a statement outside of one while it runs."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self._held: threading.Lock | None = None
        self.execute_wrappers.append(self._in_turn)

    # The four below are Django's own, which its type stubs leave out.

    def _start_transaction_under_autocommit(self) -> None:
        self._enter()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]  # see above
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]  # see above
        self._leave()

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # see above
        self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]  # see above
        finally:
            self._leave()

    def _in_turn(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if self.in_atomic_block or sql.lstrip()[:8].upper().startswith(_PASS):
            return execute(sql, params, many, context)
        self._enter()
        try:
            return execute(sql, params, many, context)
        finally:
            self._leave()

    def _enter(self) -> None:
        """As patient as SQLite itself; who waited in vain asks SQLite, which says that it is locked."""
        door = _doors.setdefault(str(self.settings_dict["NAME"]), threading.Lock())
        if door.acquire(timeout=float(self.settings_dict["OPTIONS"].get("timeout", 5))):
            self._held = door

    def _leave(self) -> None:
        held, self._held = self._held, None
        if held is not None:
            held.release()
