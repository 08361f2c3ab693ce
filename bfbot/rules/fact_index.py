"""The statistics of a revision, sorted by what the rules look for: worked out once for each state of the files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Final

from bfbot.domain.fact import Fact, FactStatus
from bfbot.domain.revision import Revision
from bfbot.rules.reading import plain

GREW: Final = r"(?:ris(?:e|es|en|ing)|rose|increas\w+|growth|gr[eo]wn?|jump\w*|surg\w+|soar\w*|climb\w*|up)"
_GREW: Final = re.compile(rf"\b{GREW}\b")
_CHANGE: Final = re.compile(
    r"\b(?:rise|increase|growth|fall|drop|decrease|reduction)\b|^(?:more|fewer|extra) ",
)

Pairs = tuple[tuple[Fact, Fact], ...]


@dataclass(frozen=True)
class FactIndex:
    """`by_value` leaves out what the team keeps to itself, `shares` are those that say a part of a whole.

    `rising` say by how many per cent something rose; `baseless` how many more there are, not out of how many.
    `wholes` are (part, whole); `two_owners` pairs of different organisations, by the sum of both.
    """

    by_value: Mapping[Decimal, tuple[Fact, ...]]
    shares: tuple[tuple[Fact, Decimal], ...]
    rising: tuple[Fact, ...]
    baseless: tuple[Fact, ...]
    wholes: Pairs
    two_owners: Mapping[Decimal, Pairs]


def unit_of(fact: Fact) -> str:
    """Without the time that a rate is for."""
    return fact.unit.partition("/")[0].strip()


def fact_index(revision: Revision) -> FactIndex:
    """Kept with the revision itself: a frozen one still has room for what follows from it."""
    kept: dict[str, FactIndex] = vars(revision)
    if "fact_index" not in kept:
        kept["fact_index"] = _made(revision.facts)
    return kept["fact_index"]


def _made(facts: Mapping[str, Fact]) -> FactIndex:
    by_value: defaultdict[Decimal, list[Fact]] = defaultdict(list)
    totals: defaultdict[Decimal, list[tuple[Fact, Fact]]] = defaultdict(list)
    for one in facts.values():
        if one.status is not FactStatus.INTERNAL:
            by_value[one.value].append(one)
    owners = {one.id: plain(one.owner) for one in facts.values()}
    for one, other in combinations(facts.values(), 2):
        if owners[one.id] != owners[other.id] and unit_of(one) == unit_of(other):
            totals[one.value + other.value].append((one, other))
    rising = tuple(one for one in facts.values() if one.unit == "per cent" and _GREW.search(one.measure.lower()))
    return FactIndex(
        by_value={value: tuple(found) for value, found in by_value.items()},
        shares=tuple((one, share) for one in facts.values() if (share := _share(one, rising)) is not None),
        rising=rising,
        baseless=tuple(
            one for one in facts.values() if unit_of(one) != "per cent" and _CHANGE.search(plain(one.measure))
        ),
        wholes=tuple((one, facts[one.part_of]) for one in facts.values() if one.part_of and one.part_of in facts),
        two_owners={value: tuple(found) for value, found in totals.items()},
    )


def _share(fact: Fact, rising: tuple[Fact, ...]) -> Decimal | None:
    if fact.status is FactStatus.INTERNAL or fact in rising:
        return None
    if fact.unit == "per cent" and 0 < fact.value <= 100:
        return fact.value / 100
    return 1 / fact.value if fact.unit == "1 in N" and fact.value > 0 else None
