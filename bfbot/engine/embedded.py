"""The default engine: a bounded pool of threads in this process."""

from __future__ import annotations

import logging
import threading
from collections import deque

from django.db import DatabaseError, close_old_connections, connections

from bfbot.engine.port import Unit
from bfbot.errors import BfbotError

log = logging.getLogger(__name__)


class EmbeddedEngine:
    """`size` threads. A unit that fails is logged and forgotten: the next tick finds its work again."""

    def __init__(self, size: int = 8) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[Unit] = deque()
        self._waiting_keys: set[str] = set()
        self._running: set[str] = set()
        self._again: dict[str, Unit] = {}
        self._stopping = False
        self._threads = [threading.Thread(target=self._work, name=f"worker-{n}", daemon=True) for n in range(size)]
        for thread in self._threads:
            thread.start()

    def submit(self, unit: Unit) -> None:
        with self._changed:
            if self._stopping or unit.key in self._waiting_keys:
                return
            if unit.key in self._running:
                self._again[unit.key] = unit
                return
            self._put(unit)

    def stop(self, within_seconds: float) -> bool:
        with self._changed:
            self._stopping = True
            self._waiting.clear()
            self._waiting_keys.clear()
            self._again.clear()
            self._changed.notify_all()
            return self._changed.wait_for(lambda: not self._running, within_seconds)

    @property
    def stopping(self) -> bool:
        """Asked by long units between two of their steps."""
        return self._stopping

    def _put(self, unit: Unit) -> None:
        self._waiting.append(unit)
        self._waiting_keys.add(unit.key)
        self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping:
                    break
                unit = self._waiting.popleft()
                self._waiting_keys.discard(unit.key)
                self._running.add(unit.key)
            _run(unit)
            with self._changed:
                self._running.discard(unit.key)
                again = self._again.pop(unit.key, None)
                if again is not None and not self._stopping:
                    self._put(again)
                self._changed.notify_all()
        connections.close_all()


def _run(unit: Unit) -> None:
    close_old_connections()
    try:
        unit.run()
    except BfbotError as error:
        log.warning("unit failed", extra={"unit": unit.key, "error": str(error)})
    except DatabaseError as error:
        # A full disk or a locked database: nothing was acknowledged, the ledger is as it was.
        log.error("database refused", extra={"unit": unit.key, "error": str(error)})
    except Exception:
        log.exception("unit broke", extra={"unit": unit.key})
