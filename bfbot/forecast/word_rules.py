"""Rules about words answer alike from day to day, until something expires: they are asked where that may turn.

An answer that is the same on the first and on the last day of a stretch is taken for all of it; where the two
differ, the stretch is halved until each turn is found. Stretches end where a statistic or an ask of the post does,
so that two turns cannot hide behind each other.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from datetime import date, time, timedelta

from bfbot.domain.finding import Finding
from bfbot.domain.localtime import wall_to_utc
from bfbot.rules import fold_and_share, one_figure, people_shown, variants
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.reading import cited_facts, day_out
from bfbot.rules.steady import STEADY, still

MORE = frozenset({one_figure.QUEUE.id, variants.QUEUE.id, fold_and_share.FOLD.id, people_shown.SHOWN.id})
"""Rules about words that look at more than those before a post goes out: at the queue, or at a list of names."""

WORDS = tuple(one for one in RULES if one.id in STEADY - MORE)
MOVING = tuple(one for one in RULES if one.id not in STEADY - MORE)

Found = tuple[Finding, ...]


class WordRules:
    """What the rules about words say of each text between two days, both included."""

    def __init__(self, first: date, last: date) -> None:
        self._first, self._last = first, last
        self._spans: dict[Hashable, list[tuple[date, date, Found]]] = {}
        self._days: dict[tuple[Hashable, date], Found] = {}

    def findings(self, case: Case, name: Hashable) -> Found:
        """`name` stands for everything of the case but its days: cases of one name differ in nothing else."""
        day = day_out(case, case.deliveries[0])
        spans = self._spans.setdefault(name, [])
        for low, high, found in spans:
            if low <= day <= high:
                return found
        low, high = self._stretch(case, day)
        while low < high:
            if (found := self._on(case, name, low)) == self._on(case, name, high):
                spans.append((low, high, found))
                return found
            middle = low + (high - low) // 2
            low, high = (low, middle) if day <= middle else (middle + timedelta(days=1), high)
        return self._on(case, name, day)

    def _stretch(self, case: Case, day: date) -> tuple[date, date]:
        """The days around `day` in which nothing that the post names ends."""
        if not self._first <= day <= self._last:
            return day, day
        facts = cited_facts(case)
        asks = [case.revision.asks.get(one) for one in (case.message.asks if case.message else ())]
        ends = {end for one in facts for end in (one.expires, one.review_by) if end is not None}
        ends |= {one.until for one in asks if one is not None and one.until is not None}
        low = max((end + timedelta(days=1) for end in ends if end < day), default=self._first)
        high = min((end for end in ends if end >= day), default=self._last)
        return max(low, self._first), min(high, self._last)

    def _on(self, case: Case, name: Hashable, day: date) -> Found:
        if (name, day) not in self._days:
            self._days[name, day] = judge(still(moved(case, day)), WORDS)
        return self._days[name, day]


def moved(case: Case, day: date) -> Case:
    """The same case with everything of it on the noon of another day."""
    noon = wall_to_utc(day, time(12), case.campaign.zone)
    post = replace(case.post, first_planned_at=noon, scheduled_for=noon)
    deliveries = tuple(
        replace(one, due_at=noon, not_before=noon, closes_at=noon + (one.closes_at - one.due_at))
        for one in case.deliveries
    )
    return replace(case, now=noon, post=post, deliveries=deliveries)
