"""Campaigns in each other's way: on one account within minutes, or on days that belong to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Final

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.post import Delivery, Post
from bfbot.domain.states import OPEN_DELIVERY, DeliveryState
from bfbot.rules.base import ALWAYS, Case, Rule
from bfbot.rules.reading import day_out, long_date

HOUSE = "Government Communication Service guidance: one voice at a time, planned together on one grid"
NEAR: Final = timedelta(minutes=30)
"""Two campaigns on one account keep at least so far apart."""


def _near(case: Case) -> Iterator[Finding]:
    for delivery in case.deliveries:
        for post in case.others_near:
            close = [one.due_at for one in post.deliveries if _meets(case, post, one, delivery)]
            if close and post.campaign != case.post.campaign:
                there = local(close[0], case.campaign.zone)
                other = case.revision.campaigns.get(post.campaign)
                whose = other.name if other else post.campaign
                yield Finding(
                    APART.id,
                    Level.CONFIRM,
                    f"{whose} has post {post.id} on {delivery.account} at {there:%H:%M}, "
                    f"less than {NEAR.seconds // 60} minutes away.",
                    "Move one of the two; or an approver says in writing that both may stand together.",
                    account=delivery.account,
                    about=f"post {post.id}",
                )


def _meets(case: Case, post: Post, other: Delivery, mine: Delivery) -> bool:
    """At send the first of two goes out, and the one behind it asks: neither waits for the other."""
    if other.account != mine.account or abs(other.due_at - mine.due_at) >= NEAR:
        return False
    if case.moment is not Moment.SEND:
        return other.state in OPEN_DELIVERY
    first = (other.due_at, post.id) < (mine.due_at, case.post.id)
    return first and (other.state in OPEN_DELIVERY or other.state is DeliveryState.PUBLISHED)


def _declared(case: Case) -> Iterator[Finding]:
    for clash in case.revision.clashes.values():
        for delivery in case.deliveries:
            day = day_out(case, delivery)
            if clash.covers(case.post.campaign, delivery.account, day):
                days = f"{long_date(clash.first)} to {long_date(clash.last)}"
                yield Finding(
                    DECLARED.id,
                    Level.CONFIRM,
                    f"{long_date(day)} belongs to {clash.name} ({days}).",
                    "Choose another day; or an approver says in writing why this goes out all the same.",
                    account=delivery.account if len(case.deliveries) > 1 else "",
                    # one claim for all of its days: what slips past midnight within them was answered for already
                    about=f"{clash.id} {clash.first.isoformat()} {clash.last.isoformat()}",
                )


APART = Rule(
    "clash-account",
    "Two campaigns keep apart on one account",
    HOUSE,
    f"Leave {NEAR.seconds // 60} minutes between posts of two campaigns on the same account.",
    ALWAYS,
    _near,
)
DECLARED = Rule(
    "clash-declared",
    "Days that belong to another campaign",
    HOUSE,
    "Keep off the days that stand under clashes in schedules/, or let an approver say why not.",
    ALWAYS,
    _declared,
)
