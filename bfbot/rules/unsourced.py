"""A statistic typed by hand: held until an approver says where it is from, or it is named by its id.

Only what is nearly always a statistic is held here: per cent, large sums of money, nine in ten, eight-fold.
Dates, times, prices and counts in plain prose are left in peace.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.facts import OSR, unusable
from bfbot.rules.reading import CONTENT, cited, last_day_out, pictures, readings
from bfbot.rules.typed_figures import Typed, same_figure, typed_figures

LARGE_SUM: Final = Decimal(100_000)
"""From here on pounds are a budget and no longer a price or a fee."""


def _bare(case: Case) -> Iterator[Finding]:
    if case.confirmed.strip():
        return
    day = last_day_out(case)
    by_id = {case.revision.facts[one].value for one in cited(case) if one in case.revision.facts}
    texts = [*readings(case), *((account, media.alt) for account, media in pictures(case))]
    for account, text in texts:
        for typed in typed_figures(text):
            if not _is_statistic(typed) or typed.value in by_id:
                continue
            usable = [
                one.id
                for one in case.revision.facts.values()
                if same_figure(typed, one) and not unusable(one, day)
            ]
            offer = f" It looks like a statistic of yours: write {{fact:{usable[0]}}} instead." if usable else ""
            yield Finding(
                BARE.id,
                Level.CONFIRM,
                f"“{typed.text}” is a figure without a source.",
                f"An approver says in writing where it is from.{offer}",
                account=account,
            )


def _is_statistic(typed: Typed) -> bool:
    if typed.unit == "GBP":
        return typed.value >= LARGE_SUM
    return typed.unit in {"per cent", "of", "1 in N"} or (typed.unit == "times" and "fold" in typed.text.lower())


BARE = Rule(
    "figure-sourced",
    "Every figure has a source",
    OSR,
    "Name a statistic by its id, or let an approver write down the figure's source.",
    CONTENT,
    _bare,
)
