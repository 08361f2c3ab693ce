"""Requests made again, by bfbot's own record: on what ground, and how each doubt came to its end.

After a request that may have been carried out, the next one about the same part needs a ground: the list was
looked at twice and did not show it; a person said so; or the network makes no second post of the same key or id.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

DOUBTFUL = {"", "duplicate", "unknown", "interrupted"}
LOOKS = 2


@dataclass
class _Part:
    """What is on record of one part so far. `looks`: how many since the last request did not find it."""

    in_doubt: bool = False
    said_absent: bool = False
    looks: int = 0


@dataclass
class Resent:
    """How often a doubt was ended by the key or by the list, and which requests had no ground."""

    by_key: int = 0
    by_read_back: int = 0
    blind: list[str] = field(default_factory=list)


def judge_resent(tries: Sequence[Any], *, keyed: bool) -> Resent:
    """`tries` as they are kept, oldest first; `keyed`: bfbot takes the network for one that knows keys or ids."""
    told = Resent()
    parts: dict[tuple[int, int], _Part] = {}
    for one in tries:
        part = parts.setdefault((one["delivery_id"], one["part"]), _Part())
        if one["action"] == "find":
            part.looks += one["outcome"] == "absent"
            continue
        if one["action"] != "publish":
            continue
        outcome = one["outcome"]
        if one["worker"] != "bfbot restore" and outcome != "not_made":
            told.blind += _without_ground(part, keyed, one)
        told.by_read_back += outcome in {"found", "absent"}
        told.by_key += outcome == "published" and part.in_doubt
        doubtful = outcome in DOUBTFUL
        part.in_doubt = doubtful or (part.in_doubt and outcome != "published")
        part.said_absent = outcome == "absent"
        part.looks = 0
    return told


def _without_ground(part: _Part, keyed: bool, one: Any) -> Iterator[str]:
    if part.in_doubt and not keyed:
        yield f"sent again, though it might be live: request {one['id']}"
    if part.said_absent and part.looks < LOOKS:
        yield f"sent again after {part.looks} looks that did not find it: request {one['id']}"
