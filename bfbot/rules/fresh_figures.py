"""Old figures and changed figures: what was true when it was written may not be the latest when it is read."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from bfbot.domain.fact import Fact
from bfbot.domain.figures import figure_text
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.wording import fact_ids
from bfbot.rules.base import Case, Rule
from bfbot.rules.facts import OSR, named, unusable
from bfbot.rules.reading import CONTENT, cited_facts, last_day_out, long_date, plain

MONTHS = 24


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or that month's last day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def shows(text: str, fact: Fact) -> bool:
    """Whether a text carries the figure of a statistic as bfbot prints it, a capital at its start apart."""
    return re.search(rf"(?<![\w.,]){re.escape(plain(figure_text(fact)))}(?!\w)", plain(text)) is not None


def dated(fact: Fact, day: date) -> str:
    """That a statistic is old on `day`, as the end of a sentence; "" when it is not.

    One without a period is judged by the day it was read (`as_of`).
    """
    ends = fact.period_ends or fact.as_of
    if day <= months_after(ends, MONTHS):
        return ""
    return f"is for a period that ended on {long_date(ends)}, more than two years ago"


def _old(case: Case) -> Iterator[Finding]:
    day = last_day_out(case)
    for fact in cited_facts(case):
        if (old := dated(fact, day)) and not unusable(fact, day):
            yield Finding(
                LATEST.id,
                Level.CONFIRM,
                f"{named(fact)} {old}.",
                "An approver confirms in writing that it is the latest figure there is, or it is replaced.",
            )


def _changed(case: Case) -> Iterator[Finding]:
    """The stored text is what goes out, so a figure corrected since must not go out in its old form."""
    for account, wording in case.wordings.items():
        proof = case.proofs.get(account)
        if proof is None:
            continue
        for one in fact_ids(wording) if "{" in wording else ():
            fact = case.revision.facts.get(one)
            if fact is None or f"{{fact:{one}}}" not in wording or shows(proof.text, fact):
                continue
            yield Finding(
                UNCHANGED.id,
                Level.REFUSE,
                f"{named(fact)} has changed since this post was written out: its text does not show that figure.",
                "Send the post for review again, so that the new figure is seen and approved.",
                account=account,
            )


LATEST = Rule(
    "fact-latest",
    "Figures over two years old are confirmed",
    OSR,
    "Say in writing, when approving, that no later figure has been published.",
    CONTENT,
    _old,
)
UNCHANGED = Rule(
    "fact-unchanged",
    "The figure shown is the library's figure",
    OSR,
    "Review the post again after a statistic has been corrected.",
    frozenset({Moment.APPROVE, Moment.SEND}),
    _changed,
)
