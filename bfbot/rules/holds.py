"""Holds: a pause, an embargo, a quiet time. What falls under one waits, and people are told why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.hold import Hold
from bfbot.domain.localtime import local
from bfbot.domain.post import Delivery
from bfbot.domain.sending import RESTORE
from bfbot.rules.base import ALWAYS, Case, Rule


def covers(hold: Hold, case: Case, delivery: Delivery) -> bool:
    post = case.post
    return hold.covers(campaign=post.campaign, account=delivery.account, post=post.id, automatic=post.automatic)


def _held(case: Case) -> Iterator[Finding]:
    """At send a hold stops; before that it is shown where it would still stand when the post is due."""
    for delivery in case.deliveries:
        moment = case.now if case.moment is Moment.SEND else max(case.now, delivery.due_at)
        for hold in case.holds:
            if hold.stands_at(moment) and covers(hold, case, delivery):
                yield _finding(case, hold, delivery)


def _finding(case: Case, hold: Hold, delivery: Delivery) -> Finding:
    sending = case.moment is Moment.SEND
    since = _clock(case, hold.starts_at)
    until = f"until {_clock(case, hold.until)}" if hold.until else "until a person lifts it"
    asks = "" if hold.placed_by == RESTORE else f"; {hold.placed_by} can say when"
    return Finding(
        HELD.id,
        Level.HOLD if sending else Level.WARN,
        f"{'Held' if sending else 'This would be held'} on {delivery.account}: {hold.reason or 'no reason given'} "
        f"({hold.placed_by}, since {since}, {until}).",
        f"An approver resumes posting when the reason has passed{asks}.",
        account=delivery.account,
        meant=True,
    )


def _clock(case: Case, moment: datetime) -> str:
    return f"{local(moment, case.campaign.zone):%H:%M on %-d %B %Y}"


HELD = Rule(
    "hold",
    "Nothing goes out through a pause",
    "Code of Recommended Practice on Local Authority Publicity, and the team's own pauses",
    "Wait for the end of the pause, or ask the person who placed it.",
    ALWAYS,
    _held,
)
