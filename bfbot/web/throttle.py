"""Slows down guessing of passwords: failures are counted for each account and for each address.

Counted in this process alone, under a lock: the pages run in one process, a restart forgets, and a guesser
cannot restart it. A correct password clears the account's count and leaves the address's.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from datetime import datetime, timedelta
from threading import Lock

WINDOW = timedelta(minutes=15)
ACCOUNT_FAILURES = 8
ADDRESS_FAILURES = 30
MOST_KEYS = 10_000  # a guesser with many names must not fill the memory


class Throttle:
    """Failures of the last 15 minutes by key. `now` is aware, UTC."""

    def __init__(self) -> None:
        self._failures: dict[str, deque[datetime]] = {}
        self._lock = Lock()

    def wait(self, account: str, address: str, now: datetime) -> timedelta | None:
        """How long this account or this address has to wait before its next try; None when it need not."""
        with self._lock:
            waits = [self._wait(key, most, now) for key, most in _keys(account, address)]
        longest = max(waits, default=timedelta(0))
        return longest if longest > timedelta(0) else None

    def failed(self, account: str, address: str, now: datetime) -> None:
        with self._lock:
            if len(self._failures) >= MOST_KEYS:
                self._forget(now)
            for key, most in _keys(account, address):
                self._failures.setdefault(key, deque(maxlen=most)).append(now)

    def succeeded(self, account: str) -> None:
        with self._lock:
            self._failures.pop(f"account:{account.casefold()}", None)

    def _wait(self, key: str, most: int, now: datetime) -> timedelta:
        failures = self._failures.get(key)
        if failures is None:
            return timedelta(0)
        while failures and failures[0] <= now - WINDOW:
            failures.popleft()
        if not failures:
            del self._failures[key]
        return failures[0] + WINDOW - now if len(failures) >= most else timedelta(0)

    def _forget(self, now: datetime) -> None:
        """Drop what is over; if that is not enough, the oldest half."""
        for key in [one for one, failures in self._failures.items() if failures[-1] <= now - WINDOW]:
            del self._failures[key]
        if len(self._failures) >= MOST_KEYS:
            for key in sorted(self._failures, key=lambda one: self._failures[one][-1])[: MOST_KEYS // 2]:
                del self._failures[key]


def _keys(account: str, address: str) -> Iterable[tuple[str, int]]:
    return (f"account:{account.casefold()}", ACCOUNT_FAILURES), (f"address:{address}", ADDRESS_FAILURES)


throttle = Throttle()
