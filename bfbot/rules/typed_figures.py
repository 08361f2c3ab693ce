"""A figure typed out by hand that is a refused statistic of the library: refused in the same way."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.fact import Fact
from bfbot.domain.finding import Finding, Level
from bfbot.domain.revision import Revision
from bfbot.rules.base import Case, Rule, once_per_case
from bfbot.rules.fact_index import fact_index
from bfbot.rules.facts import OSR, instead, named, refused
from bfbot.rules.figures_read import Figure, figures
from bfbot.rules.matching import same_figure
from bfbot.rules.reading import CONTENT, cited, last_day_out, told


@once_per_case
def figures_shown(case: Case) -> Iterator[tuple[str, str, Figure]]:
    """(account, text, figure) over everything that goes out."""
    for account, text in told(case):
        for one in figures(text):
            yield account, text, one


def same_statistics(typed: Figure, text: str, revision: Revision) -> list[Fact]:
    """What the team keeps to itself is no statistic that others could have read."""
    index = fact_index(revision)
    found = index.by_value.get(typed.value, ())
    if typed.unit in {"of", "share", "per cent"}:
        found = (*found, *(one for one, _ in index.shares if one not in found))
    return [one for one in found if same_figure(typed, one, text)]


def _refused(case: Case) -> Iterator[Finding]:
    """A figure that a usable statistic has as well is not refused: which one is meant cannot be told here.

    The Proof shows figures by id and a release's title too; what is named by id is left to the rules on ids.
    """
    day, by_id = last_day_out(case), set(cited(case))
    for account, text, typed in figures_shown(case):
        same = same_statistics(typed, text, case.revision)
        if not same or not by_id.isdisjoint(one.id for one in same):
            continue
        whys = [(one, refused(one, day)) for one in same]
        if all(why for _, why in whys):
            fact, why = whys[0]
            yield Finding(
                TYPED.id,
                Level.REFUSE,
                f"“{typed.text}” is a figure that may not be used: {named(fact)} {why}.",
                instead(fact, case.revision, day),
                account=account,
            )


TYPED = Rule(
    "typed-figure",
    "No retired figure by hand",
    OSR,
    "Leave the figure out, or name a current statistic by its id.",
    CONTENT,
    _refused,
)
