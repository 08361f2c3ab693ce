"""What a process is told, and what was written for it to publish. Plain data: it crosses between processes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Orders:
    """`trap`: at step number `at` kill or stop itself, or let the disk be full for `lasts` steps.

    `accounts`: each is drained by a thread of its own. `passes`: seconds that go by before each of them.
    `beside`: others that live publish too, so it neither takes the workspace's lock nor adopts what they send.
    `known_as`: what is known of the network (see publisher); "" what its adapter says.
    """

    accounts: tuple[str, ...]
    passes: tuple[float, ...] = (0.0,)
    trap: str = ""  # or: kill, stop, full
    at: int = 0
    lasts: int = 0
    beside: bool = False
    known_as: str = ""


@dataclass(frozen=True)
class Planned:
    """One post to write: its parts, its moment and window in seconds from now, and what is decided about it."""

    account: str
    parts: tuple[str, ...]
    at: float
    window: float
    decided: str = "approved"  # or: clicked twice, clicked at once, not approved, edited, withdrawn


@dataclass(frozen=True)
class Written:
    """A post as the desk left it. `may_go_out` by its approval. `forgotten`: the restored backup is older."""

    post: int
    delivery: int
    parts: tuple[str, ...]
    due_at: datetime
    closes_at: datetime
    may_go_out: bool
    forgotten: bool = False


@dataclass(frozen=True)
class Window:
    """A time that somebody gave a delivery later."""

    delivery: int
    due_at: datetime
    closes_at: datetime
