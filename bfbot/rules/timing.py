"""Useful-after and useless-after: the window of a post, and the days for which an evergreen post is meant."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.rules.base import ALWAYS, Case, Rule
from bfbot.rules.reading import CONTENT, day_out, long_date

HOUSE = (
    "Government Communication Service guidance: the right message at the right time; late is not a smaller fault"
)


def _window(case: Case) -> Iterator[Finding]:
    """The window is half-open: its first moment is inside, its last one is not."""
    for one in case.deliveries:
        if one.closes_at <= one.due_at:
            yield Finding(
                WINDOW.id,
                Level.REFUSE,
                f"The time for {one.account} ends at {_clock(case, one.closes_at)}, before it begins.",
                "Give the post an end that is later than its start.",
                account=one.account,
            )
        elif case.now >= one.closes_at:
            yield Finding(
                WINDOW.id,
                Level.HOLD if case.moment is Moment.SEND else Level.REFUSE,
                f"It is too late for {one.account}: this post was of use until {_clock(case, one.closes_at)}.",
                "Give it a new time and have it approved again, or cancel it.",
                account=one.account,
            )
        elif case.moment is Moment.SEND and case.now < one.due_at:
            yield Finding(
                WINDOW.id,
                Level.HOLD,
                f"It is too early for {one.account}: this post is planned for {_clock(case, one.due_at)}.",
                "Nothing to do: it goes out at its time.",
                account=one.account,
            )


def _valid(case: Case) -> Iterator[Finding]:
    """Both days are included; accounts that share their day share the finding."""
    message = case.message
    if message is None:
        return
    for one in case.deliveries:
        day = day_out(case, one)
        if message.valid_from is not None and day < message.valid_from:
            why, mend = f"is meant for {long_date(message.valid_from)} and after", "Plan it for a later day"
        elif message.valid_until is not None and day > message.valid_until:
            why, mend = (
                f"was meant for {long_date(message.valid_until)} and before",
                "Choose another evergreen post",
            )
        else:
            continue
        yield Finding(
            VALID.id,
            Level.REFUSE,
            f"The evergreen post {message.id} {why}; it would go out on {long_date(day)}.",
            f"{mend}, or change its dates in messages/ if it still holds.",
            about=f"{message.id} {why}",
        )


def _clock(case: Case, moment: datetime) -> str:
    return f"{local(moment, case.campaign.zone):%H:%M on %-d %B %Y}"


WINDOW = Rule(
    "window",
    "Posts go out at their time",
    HOUSE,
    "Plan the post for a time that is still to come.",
    ALWAYS,
    _window,
)
VALID = Rule(
    "message-dates",
    "Evergreen posts keep to their dates",
    HOUSE,
    "Use an evergreen post between the dates that stand with it.",
    CONTENT,
    _valid,
)
