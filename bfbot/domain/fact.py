"""A fact ("statistic" on the screen): one figure of one measure, with its source and its dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Qualifier(StrEnum):
    """Part of the claim, never dropped in rendering; the value is how it is printed ("" prints nothing)."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    NEARLY = "nearly"
    ABOUT = "about"
    UP_TO = "up_to"
    POTENTIAL = "potential"


class FactStatus(StrEnum):
    USABLE = "usable"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"
    BLOCKED = "blocked"
    INTERNAL = "internal"


@dataclass(frozen=True)
class Source:
    """Where a figure was read. `name` is printed beside the figure."""

    name: str
    url: str = ""


@dataclass(frozen=True)
class Fact:
    """`measure` groups figures that contradict each other; `period` is printed, `period_ends` is judged.

    `expires` is the last day on which the figure may be used. `note` says why it is blocked, or how to word it.
    """

    id: str
    measure: str
    value: Decimal
    unit: str  # GBP | GBP/year | per cent | times | 1 in N | a noun such as "enquiries"
    qualifier: Qualifier
    period: str
    owner: str
    source: Source | None
    as_of: date
    status: FactStatus
    period_ends: date | None = None
    review_by: date | None = None
    expires: date | None = None
    supersedes: tuple[str, ...] = ()
    part_of: str | None = None
    conflicts_with: tuple[str, ...] = ()
    note: str = ""
