"""The parts of Today, each gathered by itself because each is refreshed by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bfbot.desk.mended import mended_for
from bfbot.desk.muted import muted_accounts
from bfbot.desk.sitting import coming
from bfbot.domain.hold import Hold
from bfbot.domain.person import Role
from bfbot.domain.post import Origin, Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.domain.week import Week
from bfbot.ledger import account_states, holds, posts, releases, reports
from bfbot.web.accounts_muted import accounts_muted
from bfbot.web.empty_times import empty_times
from bfbot.web.itself import itself
from bfbot.web.quotes_due import quotes_due
from bfbot.web.rights_due import rights_due
from bfbot.web.shown import ShownPost, account_name, shown
from bfbot.web.sign_offs_due import sign_offs_due
from bfbot.web.statistics_due import statistics_due
from bfbot.web.verdicts import verdicts
from bfbot.web.visitor import Visitor

AHEAD = 4
JUST_OUT = 5
EMPTY = 2
STUCK = 5
RELEASES = 4
WAITING = 3
REFUSED = 2
_STILL = {DeliveryState.PLANNED, DeliveryState.DUE, DeliveryState.SENDING}


@dataclass(frozen=True)
class Seen:
    """What a section is gathered from. `patience` (seconds) is spent on evergreen posts not yet checked."""

    visitor: Visitor
    revision: Revision
    holds: tuple[Hold, ...]
    now: datetime
    patience: float
    muted: frozenset[str] = frozenset()

    def may_see(self, campaign: str) -> bool:
        return self.visitor.may(Role.VIEWER, campaign)

    def show(self, post: Post, wrote_before: bool = False) -> ShownPost:
        person, muted = self.visitor.person, self.muted
        return shown(post, self.revision, person, self.holds, muted=muted, wrote_before=wrote_before)


def seen(visitor: Visitor, revision: Revision, now: datetime, patience: float) -> Seen:
    return Seen(visitor, revision, tuple(holds.standing(now)), now, patience, muted_accounts(revision))


def next_out(at: Seen) -> Mapping[str, Any]:
    """The approved posts whose time comes next; the first in full."""
    found = [
        one
        for one in posts.listing(states=[PostState.APPROVED])
        if at.may_see(one.campaign) and any(delivery.state in _STILL for delivery in one.deliveries)
    ]
    empty = empty_times(at.visitor, at.revision, at.now)
    times = {"empty": empty[:EMPTY], "empty_more": max(0, len(empty) - EMPTY)}
    if not found:  # then what would come next if somebody approved it
        in_line = [
            one
            for one in posts.listing(states=[PostState.IN_REVIEW], from_time=at.now)
            if at.may_see(one.campaign)
        ]
        return {"first": at.show(in_line[0]) if in_line else None, "unapproved": True, **times}
    coming = [at.show(one) for one in found[:AHEAD]]
    return {"first": coming[0] if coming else None, "then": coming[1:], "more": len(found) - len(coming), **times}


def needs_you(at: Seen) -> Mapping[str, Any]:
    """What does not move on without a person."""
    every = posts.listing(states=OPEN_POST)
    mine = [one for one in every if at.may_see(one.campaign)]
    checked = verdicts(at.revision, at.now, at.patience)
    refused = [
        {"message": at.revision.messages[key], "why": one.why}
        for key, one in checked.items()
        if one.word == "refused" and at.may_see(at.revision.messages[key].campaign)
    ]
    review = [one for one in mine if one.state is PostState.IN_REVIEW]
    stuck = [one for one in mine if any(d.needs_a_person for d in one.deliveries)]
    held = _kept_back(at, mine)
    news = [one for one in review if one.origin is Origin.RELEASE]
    others = [one for one in review if one.origin is not Origin.RELEASE]
    mended = mended_for(review, at.visitor.name)
    found = [one for one in mine if one.author.startswith("feed:") and one.state is PostState.DRAFT]
    return {
        "stuck": [at.show(one) for one in stuck[:STUCK]],
        "stuck_more": max(0, len(stuck) - STUCK),
        "held": held[:STUCK],
        "held_more": max(0, len(held) - STUCK),
        "to_decide": len(stuck),
        "releases": [at.show(one, one.id in mended) for one in news[:RELEASES]],
        "waiting": [at.show(one, one.id in mended) for one in others[:WAITING]],
        "waiting_more": max(0, len(news) - RELEASES) + max(0, len(others) - WAITING),
        "to_approve": len(review),
        "this_week": len(coming(review, at.revision, at.now)),
        "found": [at.show(one) for one in found],
        "refused": refused[:REFUSED],
        "refused_more": max(0, len(refused) - REFUSED),
        "unchecked": len(at.revision.messages) - len(checked),
        "stopped": _stopped(at),
        "muted": accounts_muted(at.visitor, at.revision, at.muted),
        "feeds": [one for one in releases.memories().values() if one.last_error or one.disabled_reason],
        **itself(at.visitor, at.revision, at.now),
        **statistics_due(at.visitor, at.revision, review, at.now),
        **rights_due(at.visitor, at.revision, review, at.now),
        **quotes_due(at.visitor, mine, at.now),
        **sign_offs_due(at.visitor, every, at.revision, at.now),
    }


def _kept_back(at: Seen, mine: Iterable[Post]) -> list[ShownPost]:
    """By a rule, at their time: a person can mend that until the window closes. What a pause or a muted account
    holds is told by those."""
    kept = (one for one in mine if one.state is PostState.APPROVED and any(d.kept_back for d in one.deliveries))
    return [one for one in map(at.show, kept) if not one.held]


def _stopped(at: Seen) -> list[dict[str, Any]]:
    """Accounts that their network refuses until a person has mended them."""
    accounts = at.revision.accounts
    return [
        {
            "id": one.account,
            "name": account_name(one.account, at.revision),
            "why": one.stopped_reason,
            "since": one.stopped_at,
            "may_start": at.visitor.may(Role.APPROVER),
        }
        for one in account_states.stopped()
        if one.account not in accounts or any(at.may_see(campaign) for campaign in accounts[one.account].campaigns)
    ]


def just_out(at: Seen) -> Mapping[str, Any]:
    """The last posts that went out, newest first, one line an account."""
    lately = posts.listing(
        states=[PostState.APPROVED, PostState.CLOSED],
        from_time=at.now - timedelta(days=14),
        newest_first=True,
        most=40,
    )
    lines = [
        (delivery.delivery.published_at, post, delivery)
        for post in map(at.show, lately)
        if at.may_see(post.post.campaign)
        for delivery in post.deliveries
        if delivery.delivery.state is DeliveryState.PUBLISHED and delivery.delivery.published_at
    ]
    lines.sort(key=lambda line: line[0], reverse=True)
    return {"lines": lines[:JUST_OUT]}


def last_week(at: Seen) -> Mapping[str, Any]:
    """Each campaign's report of the week before this one, in a few figures.

    Early on a Monday that is not drafted yet: then the one before it stands there, and says so.
    """
    found = []
    for campaign in at.revision.campaigns.values():
        if not at.may_see(campaign.id):
            continue
        week = Week.of(at.now, campaign.zone).back(1)
        report = reports.find(campaign.id, str(week))
        earlier = None if report else reports.find(campaign.id, str(week.back(1)))
        to_come = week if earlier else None
        found.append(
            {
                "campaign": campaign,
                "week": week.back(1) if earlier else week,
                "to_come": to_come,
                "report": report or earlier,
                **_figures(report or earlier),
            }
        )
    return {"weeks": found}


def _figures(report: reports.StoredReport | None) -> dict[str, Any]:
    """The week's count of each measure, None where it is unknown, and the report's own first sentence."""
    numbers = report.numbers if report else {}
    weeks = {one["measure"]: one["week"] for one in numbers.get("measures", [])}
    return {"figures": weeks, "changed": numbers.get("what_changed", "")}


def stops(at: Seen) -> Mapping[str, Any]:
    """What is paused; it stands above every page."""
    return {"stops": at.holds}


SECTIONS: Mapping[str, Callable[[Seen], Mapping[str, Any]]] = {
    "stops": stops,
    "next": next_out,
    "needs": needs_you,
    "out": just_out,
    "week": last_week,
}
