"""What is printed: a line a kind of network, then all of them, then one JSON object."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict

from tests.faults.harness.judge import Tally

COLUMNS = [name for name in asdict(Tally()) if name != "why"]


def table(by_kind: Mapping[str, Tally]) -> str:
    head = ["network", *(name.replace("unknown_", "") for name in COLUMNS)]
    rows = [[kind, *(str(asdict(one)[name]) for name in COLUMNS)] for kind, one in by_kind.items()]
    rows.append(["all", *(str(asdict(total(by_kind))[name]) for name in COLUMNS)])
    widths = [max(len(row[index]) for row in [head, *rows]) for index in range(len(head))]
    return "\n".join(
        "  ".join(cell.rjust(wide) for cell, wide in zip(row, widths, strict=True)) for row in [head, *rows]
    )


def as_json(by_kind: Mapping[str, Tally]) -> str:
    said = asdict(total(by_kind))
    return json.dumps({name: said[name] for name in COLUMNS})


def total(by_kind: Mapping[str, Tally]) -> Tally:
    every = Tally()
    for one in by_kind.values():
        every.add(one)
    return every
