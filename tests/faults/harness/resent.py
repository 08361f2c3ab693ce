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
ALWAYS = "~"
"""Later than every time, as times are kept."""


@dataclass
class _Part:
    """What is on record of one part so far.

    `doubt_until`: when its last doubt ended, "" where there was none. `absent`: it ended with the word that the
    network does not have it. `looks`: how many since that request did not find it.
    """

    doubt_until: str = ""
    absent: bool = False
    looks: int = 0

    def in_doubt(self, moment: str) -> bool:
        """What is said of a request now may have been found out later than `moment`."""
        return self.doubt_until > moment


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
        key = one["delivery_id"], one["part"]
        part = parts.setdefault(key, _Part())
        if one["action"] == "find":
            part.looks += one["outcome"] == "absent"
            continue
        if one["action"] != "publish":
            continue
        outcome, started = one["outcome"], str(one["started_at"])
        if one["worker"] != "bfbot restore" and outcome != "not_made":
            told.blind += _without_ground(part, keyed, one)
        told.by_read_back += outcome in {"found", "absent"}
        told.by_key += outcome == "published" and part.in_doubt(started)
        if outcome in DOUBTFUL or outcome == "absent":
            absent = outcome == "absent"
            until = max(part.doubt_until, str(one["ended_at"]) if absent else ALWAYS)
            parts[key] = _Part(until, absent)
        elif outcome == "published":
            parts[key] = _Part()
        elif outcome in {"found", "settled"}:
            parts[key] = _Part(part.doubt_until)  # an earlier one that nobody ended is in doubt still
        # What certainly came to nothing changes nothing about a request before it.
    return told


def _without_ground(part: _Part, keyed: bool, one: Any) -> Iterator[str]:
    if part.in_doubt(str(one["started_at"])):
        if not keyed:
            yield f"sent again, though it might be live: request {one['id']}"
    elif part.absent and part.looks < LOOKS:
        yield f"sent again after {part.looks} looks that did not find it: request {one['id']}"
