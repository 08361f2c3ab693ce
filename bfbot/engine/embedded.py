"""The default engine: a bounded pool of threads in this process, larger while many of them wait for answers."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque

from django.db import DatabaseError, close_old_connections, connections

from bfbot.engine.database import readable
from bfbot.engine.port import Unit
from bfbot.errors import BfbotError

log = logging.getLogger(__name__)

TELL_AGAIN = 300.0
"""Seconds until an error that goes on is logged once more: a full disk fails every unit, every second."""

LONG_WAIT = 5.0
"""A unit that has waited for so many seconds gets a thread of its own: the others all hang somewhere."""

MOST = 64
"""So many threads at most; those beyond the first few are started when networks hang, and kept."""


class EmbeddedEngine:
    """`size` threads, and up to `most` where those do not suffice.

    A unit that fails is logged and forgotten: the next tick finds its work again.
    """

    def __init__(self, size: int = 8, most: int = MOST) -> None:
        self._changed = threading.Condition()
        self._waiting: deque[tuple[Unit, float]] = deque()  # since when, by the monotonic clock
        self._waiting_keys: set[str] = set()
        self._running: set[str] = set()
        self._again: dict[str, Unit] = {}
        self._told: dict[str, float] = {}
        self._stopping = False
        self._threads: list[threading.Thread] = []
        self._most = max(size, most)
        for _ in range(size):
            self._start()

    def submit(self, unit: Unit) -> None:
        with self._changed:
            self._relieve()
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
        # Short sleeps, not a timed wait: those hang where the clock of the machine is simulated.
        ends = time.monotonic() + within_seconds
        while self._running and time.monotonic() < ends:
            time.sleep(0.02)
        return not self._running

    @property
    def stopping(self) -> bool:
        """Asked by long units between two of their steps."""
        return self._stopping

    @property
    def idle(self) -> bool:
        """Nothing waits, nothing runs."""
        with self._changed:
            return not (self._waiting or self._running)

    def _start(self) -> None:
        thread = threading.Thread(target=self._work, name=f"worker-{len(self._threads)}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _relieve(self) -> None:
        """Called with each unit that is handed over, so every second: one thread for each that waits too long."""
        now = time.monotonic()
        for place, (unit, since) in enumerate(self._waiting):
            if self._stopping or now - since < LONG_WAIT or len(self._threads) >= self._most:
                break
            self._waiting[place] = unit, now  # its thread is on the way
            self._start()

    def _put(self, unit: Unit) -> None:
        self._waiting.append((unit, time.monotonic()))
        self._waiting_keys.add(unit.key)
        self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopping)
                if self._stopping:
                    break
                unit, _ = self._waiting.popleft()
                self._waiting_keys.discard(unit.key)
                self._running.add(unit.key)
            try:
                self._run(unit)
            finally:
                with self._changed:
                    self._running.discard(unit.key)
                    again = self._again.pop(unit.key, None)
                    if again is not None and not self._stopping:
                        self._put(again)
        connections.close_all()

    def _run(self, unit: Unit) -> None:
        """The ledger is as it was before whatever failed: a unit is a row of transactions, each whole or not."""
        try:
            close_old_connections()
            unit.run()
        except BfbotError as error:
            self._tell(unit, "unit failed", str(error), logging.WARNING)
        except DatabaseError as error:
            self._tell(unit, "database refused", str(readable(error)), logging.ERROR)
        except OSError as error:
            self._tell(unit, "machine refused", str(error), logging.ERROR)
        except Exception as error:
            self._tell(unit, "unit broke", f"{type(error).__name__}: {error}", logging.ERROR, trace=True)

    def _tell(self, unit: Unit, what: str, why: str, level: int, *, trace: bool = False) -> None:
        """Once, and again while it lasts."""
        now = time.monotonic()
        with self._changed:
            last = self._told.get(why)
            if last is not None and now - last < TELL_AGAIN:
                return
            self._told = {text: at for text, at in self._told.items() if now - at < TELL_AGAIN} | {why: now}
        log.log(level, what, extra={"unit": unit.key, "error": why}, exc_info=trace)
