"""The port between the clock and whatever runs the work: one process today, many machines later."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Unit:
    """A piece of work with a name. Two of one key never run at once; each is safe to run twice."""

    key: str
    run: Callable[[], None]


class Engine(Protocol):
    """Takes units and runs each soon."""

    def submit(self, unit: Unit) -> None:
        """Hand a unit over. While one of its key waits, it is that one; while one runs, it runs once more."""

    def stop(self, within_seconds: float) -> bool:
        """Take nothing new, let running units end; False when some still ran at the end of that time."""
