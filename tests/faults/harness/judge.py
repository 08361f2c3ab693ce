"""What happened, by the networks' own ledgers, and whether bfbot's ledger says the same."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from tests.faults.harness.orders import Window, Written
from tests.faults.harness.resent import judge_resent

ENDED = {"published", "missed", "failed", "unknown", "withdrawn"}
ZERO = ("duplicates", "lost", "out_of_window", "after_hold", "unapproved", "blind", "stuck")
ON_THE_WAY = timedelta(seconds=1)
"""A request that was made just before a window closed arrives so much later at most."""


@dataclass(frozen=True)
class Pause:
    """Acknowledged and lifted at these moments (monotonic); deliveries that it said were on their way."""

    since: float
    until: float
    on_their_way: frozenset[int]


@dataclass
class Tally:
    """Numbers of a cycle or of a run. `races_before`: in which the post came before the pause was acknowledged.

    Zero must be the first five after `published`, `blind` (sent again without a ground) and `stuck` (no end).
    """

    cycles: int = 0
    kills: int = 0
    approved: int = 0
    published: int = 0
    duplicates: int = 0
    lost: int = 0
    out_of_window: int = 0
    after_hold: int = 0
    unapproved: int = 0
    blind: int = 0
    stuck: int = 0
    unknown_by_key: int = 0
    unknown_by_read_back: int = 0
    unknown_by_person: int = 0
    races: int = 0
    races_before: int = 0
    why: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        for one in fields(self):
            setattr(self, one.name, getattr(self, one.name) + getattr(other, one.name))

    @property
    def broken(self) -> int:
        return sum(getattr(self, name) for name in ZERO)


def judge(
    ledger: Path,
    written: Sequence[Written],
    live: Sequence[dict[str, Any]],
    pauses: Sequence[Pause],
    windows: Sequence[Window],
    *,
    keyed: bool,
) -> Tally:
    """`windows`: those that posts were given later, beside the ones they were written with.

    `keyed`: bfbot takes the network for one that makes no second post of the same key or id.
    """
    with closing(sqlite3.connect(ledger, timeout=5)) as kept:
        kept.row_factory = sqlite3.Row
        rows = {row["id"]: row for row in kept.execute("SELECT * FROM ledger_delivery")}
        tries = list(kept.execute("SELECT * FROM ledger_attempt ORDER BY id"))
    tally = Tally(cycles=1)
    owners = {part: one for one in written for part in one.parts}
    counts = Counter(entry["wrote"] for entry in live)
    for part, count in counts.items():
        if count > 1:
            tally.duplicates += count - 1
            tally.why.append(f"{count} times live: {part}")
    for entry in live:
        owner = owners.get(entry["wrote"])
        if owner is None:
            tally.unapproved += 1
            tally.why.append(f"nobody approved: {entry['wrote']}")
        else:
            later = [] if owner.forgotten else [one for one in windows if one.delivery == owner.delivery]
            first = Window(owner.delivery, owner.due_at, owner.closes_at)
            _judge_entry(tally, entry, owner, [first, *later], pauses)
    for one in written:
        if one.may_go_out and not one.forgotten:
            _judge_end(tally, one, rows[one.delivery]["state"], counts)
    resent = judge_resent(tries, keyed=keyed)
    tally.unknown_by_key, tally.unknown_by_read_back = resent.by_key, resent.by_read_back
    tally.blind = len(resent.blind)
    tally.why += resent.blind
    return tally


def _judge_entry(
    tally: Tally, entry: dict[str, Any], owner: Written, windows: Sequence[Window], pauses: Sequence[Pause]
) -> None:
    if not any(one.due_at <= entry["machine"] < one.closes_at + ON_THE_WAY for one in windows):
        tally.out_of_window += 1
        tally.why.append(f"outside of its window at {entry['machine']}: {entry['wrote']}")
    if not owner.may_go_out:
        tally.unapproved += 1
        tally.why.append(f"nobody approved: {entry['wrote']}")
    for pause in pauses:
        if pause.since < entry["began"] < pause.until and owner.delivery not in pause.on_their_way:
            tally.after_hold += 1
            tally.why.append(f"{entry['began'] - pause.since:.3f} s after a pause: {entry['wrote']}")


def _judge_end(tally: Tally, one: Written, state: str, live: Counter[str]) -> None:
    tally.approved += 1
    tally.published += state == "published"
    there = [part for part in one.parts if live[part]]
    if state not in ENDED:
        tally.why.append(f"never ended, {state}: {one.parts[0]}")
    elif state == "published" and len(there) < len(one.parts):
        tally.why.append(f"said to be published, but {len(there)} of {len(one.parts)} are live: {one.parts[0]}")
    elif state in {"missed", "failed", "withdrawn"} and len(there) == len(one.parts):
        tally.why.append(f"said to be {state}, but live: {one.parts[0]}")
    else:
        return
    tally.lost += 1
