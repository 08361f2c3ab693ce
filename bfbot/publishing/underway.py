"""What this process is sending now: a thread that is only slow, or was stopped, is not dead."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_now: set[int] = set()
_turn = threading.Lock()


@contextmanager
def marked(delivery_id: int) -> Iterator[None]:
    """While inside, nobody in this process may take that delivery for left behind."""
    with _turn:
        _now.add(delivery_id)
    try:
        yield
    finally:
        with _turn:
            _now.discard(delivery_id)


def ids() -> frozenset[int]:
    with _turn:
        return frozenset(_now)
