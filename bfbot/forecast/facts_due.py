"""Statistics that come to their last day, or to their day of review, in the time looked at. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bfbot.domain.fact import Fact
from bfbot.domain.figures import figure_text
from bfbot.domain.revision import Revision
from bfbot.domain.wording import cited_in
from bfbot.forecast.outlook import FactDue, Fate, Line
from bfbot.rules.facts import unusable


def facts_due(lines: Sequence[Line], revision: Revision, first: date, last: date) -> tuple[FactDue, ...]:
    """Those that may be used today and end, or are to be looked at, by `last`; an overdue review too. By day."""
    named = {one.id: cited_in(one) for one in revision.messages.values()}
    found = []
    for fact in revision.facts.values():
        if unusable(fact, first):
            continue
        by = tuple(one for one, facts in named.items() if fact.id in facts)
        users = set(by)
        said = {(one.post, one.message, one.at) for one in lines if one.message in users}
        stopped = {(one.post, one.message, one.at) for one in lines if one.fate is Fate.STOPPED}
        for what, day in (("expires", fact.expires), ("review", fact.review_by)):
            if day is not None and day <= last:
                found.append(_due(fact, what, day, by, len(said - stopped)))
    return tuple(sorted(found, key=lambda one: (one.day, one.fact)))


def _due(fact: Fact, what: str, day: date, messages: tuple[str, ...], posts: int) -> FactDue:
    return FactDue(fact.id, what, day, figure_text(fact), fact.measure, fact.owner, messages, posts)
