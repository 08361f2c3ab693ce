"""Figures that were worked out by hand: a part added to its whole, two owners in one total, a made-up per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bfbot.domain.fact import Fact
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.fact_index import fact_index, unit_of
from bfbot.rules.facts import OSR, named
from bfbot.rules.figures_read import Figure
from bfbot.rules.matching import printed, same_figure
from bfbot.rules.reading import CONTENT, cited, plain, readings
from bfbot.rules.typed_figures import figures_shown, same_statistics

SUM_FROM: Final = 1000
"""Smaller totals come about by chance."""

_ADDING: Final = re.compile(
    r"\b(?:together|in total|altogether|combined|in all|add(?:s|ed)? up|a total of|in sum|plus)\b"
)


def _is_total(typed: Figure, one: Fact, other: Fact) -> bool:
    unit = unit_of(one)
    money = typed.unit == "GBP" or (typed.scaled and not typed.unit)
    fits = money if unit == "GBP" else not typed.unit and unit not in {"per cent", "times", "1 in N"}
    return fits and unit == unit_of(other) and typed.value == one.value + other.value >= SUM_FROM


def _with_whole(case: Case) -> Iterator[Finding]:
    pairs = fact_index(case.revision).wholes
    for account, text, typed in figures_shown(case) if pairs else ():
        for part, whole in pairs:
            if _is_total(typed, part, whole) and not same_statistics(typed, text, case.revision):
                yield _added(f"“{typed.text}” is {named(part)} added to {named(whole)}", part, account)
    named_here = set(cited(case)) if pairs else set()
    for part, whole in pairs:
        if {part.id, whole.id} <= named_here:
            for account, text in readings(case):
                word = _ADDING.search(plain(text))
                if word:
                    yield _added(f"“{word[0]}” adds {named(part)} to {named(whole)}", part, account)


def _added(what: str, part: Fact, account: str) -> Finding:
    return Finding(
        WHOLE.id,
        Level.REFUSE,
        f"{what}, in which it is counted already.",
        f"Give the whole alone, or say that {part.id} is a part of it.",
        account=account,
    )


def _of_two_owners(case: Case) -> Iterator[Finding]:
    totals = fact_index(case.revision).two_owners
    for account, text, typed in figures_shown(case):
        pairs = [(one, other) for one, other in totals.get(typed.value, ()) if _is_total(typed, one, other)]
        if not pairs or same_statistics(typed, text, case.revision):
            continue
        for one, other in pairs:
            yield Finding(
                OWNERS.id,
                Level.REFUSE,
                f"“{typed.text}” adds {named(one)} of {one.owner} to {named(other)} of {other.owner}.",
                "Give each organisation's figure in a post of its own; they are never added.",
                account=account,
            )


def _derived(case: Case) -> Iterator[Finding]:
    """A rise in numbers gives no per cent unless one knows from where it rose."""
    shown = figures_shown(case)
    for account, text, typed in shown:
        if typed.unit != "per cent":
            continue
        beside = [one for _, other, one in shown if other == text and one.sentence == typed.sentence]
        if len(beside) < 2 or same_statistics(typed, text, case.revision):
            continue
        for fact in fact_index(case.revision).baseless:
            if any(one.value == fact.value and _is_the(one, fact, text) for one in beside):
                yield Finding(
                    DERIVED.id,
                    Level.REFUSE,
                    f"“{typed.text}” stands beside {named(fact)}, but no per cent can be worked out from that: "
                    "its source gives no figure to start from.",
                    "Leave the per cent out, or add it to messages/facts.yaml with a source of its own.",
                    account=account,
                )


def _is_the(one: Figure, fact: Fact, text: str) -> bool:
    """Named by its id, or typed."""
    return (one.value, one.unit, one.out_of) in printed(fact) or same_figure(one, fact, text)


WHOLE = Rule(
    "part-whole-sum",
    "No sum of a part and its whole",
    OSR,
    "Never add a figure to another in which it is counted.",
    CONTENT,
    _with_whole,
)
OWNERS = Rule(
    "owner-total",
    "No total over two organisations",
    OSR,
    "Keep the figures of each organisation apart, in sums too.",
    CONTENT,
    _of_two_owners,
)
DERIVED = Rule(
    "per-cent-derived",
    "No per cent without its base",
    OSR,
    "Use per cent only where the source gives it.",
    CONTENT,
    _derived,
)
