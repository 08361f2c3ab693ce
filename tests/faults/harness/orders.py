"""What a process is told, and what was written for it to publish. Plain data: it crosses between processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Orders:
    """`trap`: kill or stop itself at step number `at`. `passes`: seconds that go by before each of them.

    `beside`: others that live publish too, so it neither takes the workspace's lock nor adopts what they send.
    `keyless`: it is known of the network that it ignores keys.
    """

    account: str
    passes: tuple[float, ...] = (0.0,)
    trap: str = ""
    at: int = 0
    beside: bool = False
    keyless: bool = False


@dataclass(frozen=True)
class Planned:
    """One post to write: its parts, its moment and window in seconds from now, and what is decided about it."""

    parts: tuple[str, ...]
    at: float
    window: float
    decided: str = "approved"  # or: clicked twice, not approved, edited, withdrawn


@dataclass(frozen=True)
class Written:
    """A post as the desk left it. `may_go_out` by its approval."""

    post: int
    delivery: int
    parts: tuple[str, ...]
    due_at: datetime
    closes_at: datetime
    may_go_out: bool
