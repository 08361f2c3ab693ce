"""A figure typed out by hand that is a refused statistic of the library: refused in the same way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bfbot.domain.fact import Fact, FactStatus
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.facts import OSR, instead, named, unusable
from bfbot.rules.figures_read import Figure, figures
from bfbot.rules.matching import same_figure, stems_of
from bfbot.rules.reading import CONTENT, cited, last_day_out, pictures, readings


def figures_shown(case: Case) -> Iterator[tuple[str, str, Figure]]:
    """(account, text, figure) over everything that goes out: the words, and what is said of the pictures."""
    for account, text in readings(case):
        for one in figures(text):
            yield account, text, one
    for account, media in pictures(case):
        for one in figures(media.alt):
            yield account, media.alt, one


def _refused(case: Case) -> Iterator[Finding]:
    """A figure that a usable statistic has as well is not refused: which one is meant cannot be told here.

    The Proof shows figures by id and a release's title too; what is named by id is left to the rules on ids.
    """
    day = last_day_out(case)
    by_id = set(cited(case))
    facts = case.revision.facts.values()
    for account, text, typed in figures_shown(case):
        same = same_statistics(typed, text, facts)
        if not same or not by_id.isdisjoint(one.id for one in same):
            continue
        refused = [(one, unusable(one, day)) for one in same]
        if all(why for _, why in refused):
            fact, why = refused[0]
            yield Finding(
                TYPED.id,
                Level.REFUSE,
                f"“{typed.text}” is a figure that may not be used: {named(fact)} {why}.",
                instead(fact, case.revision, day),
                account=account,
            )


def same_statistics(typed: Figure, text: str, facts: Iterable[Fact]) -> list[Fact]:
    """What the team keeps to itself is no statistic that others could have read."""
    stems = stems_of(text)
    return [one for one in facts if one.status is not FactStatus.INTERNAL and same_figure(typed, one, stems)]


TYPED = Rule(
    "typed-figure",
    "No retired figure by hand",
    OSR,
    "Leave the figure out, or name a current statistic by its id.",
    CONTENT,
    _refused,
)
