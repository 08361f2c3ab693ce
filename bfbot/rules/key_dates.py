"""Anniversaries and key dates: what is about a day of the year goes out on that day."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import ALWAYS, Case, Rule
from bfbot.rules.reading import day_out, long_date


def _kept(case: Case) -> Iterator[Finding]:
    message = case.message
    if message is None or message.when is None:
        return
    for day in dict.fromkeys(day_out(case, one) for one in case.deliveries):
        if not message.when.fits(day):
            yield Finding(
                DAY.id,
                Level.REFUSE,
                f"The evergreen post {message.id} is about {message.when}; it would go out on {long_date(day)}.",
                "Give it a time on its own day, or change “when:” in messages/ if it holds on others too.",
                about=f"{message.id} {message.when}",
            )


DAY = Rule(
    "key-date",
    "What is about a day goes out on it",
    "Government Communication Service guidance: the right message at the right time",
    "Plan posts about an anniversary or a key date for that day of the year.",
    ALWAYS,
    _kept,
)
