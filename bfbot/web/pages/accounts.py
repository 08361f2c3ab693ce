"""Accounts: which are muted, what each needs before it goes live, and the two people's buttons."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.accounts.connection import MISSING_SECRET, states
from bfbot.desk import going_live
from bfbot.domain.going_live import Need, to_meet
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError
from bfbot.library import current_revision
from bfbot.rules.approval import same_person
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import account_name, network_name
from bfbot.web.visitor import Visitor, me, page

NEEDS = {
    Need.STATISTICS: "Statistics reviewed",
    Need.PAUSE: "A pause tried",
    Need.FEEDS: "Feeds marked as seen",
    Need.FIRST_POST: "A first post by people",
    Need.TWO_PEOPLE: "Decided by two people",
}


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    """Every account of the campaigns that this visitor sees."""
    return _page(request)


@require_POST
@page(Role.APPROVER)
def reviewed(request: HttpRequest, account_id: str) -> HttpResponse:
    """An approver's word on the statistics."""
    return _decide(
        request, account_id, going_live.vouch, "Noted under your name, for the statistics as they are now."
    )


@require_POST
@page(Role.AUTHOR)
def ask(request: HttpRequest, account_id: str) -> HttpResponse:
    """The first of the two people."""
    return _decide(request, account_id, going_live.ask, "Asked. An approver other than you confirms it.")


@require_POST
@page(Role.APPROVER)
def confirm(request: HttpRequest, account_id: str) -> HttpResponse:
    """The second."""
    done = "It is live. What fell due before is listed under “Needs you”: nothing comes late by itself."
    return _decide(request, account_id, going_live.confirm, done)


@require_POST
@page(Role.APPROVER)
def mute(request: HttpRequest, account_id: str) -> HttpResponse:
    """Back again, by one person."""
    reason = request.POST.get("reason", "")[:1000]

    def act(account_id: str, *, actor: str, now: datetime) -> object:
        return going_live.mute(account_id, actor=actor, now=now, reason=reason)

    return _decide(request, account_id, act, "It is muted: nothing goes out on it by itself.")


def _decide(request: HttpRequest, account_id: str, act: Callable[..., object], done: str) -> HttpResponse:
    try:
        act(account_id, actor=me(request).name, now=datetime.now(UTC))
    except BfbotError as error:
        return _page(request, refusal_of(error), account_id)
    messages.success(request, done)
    return redirect(f"{reverse('accounts')}#{account_id}")


def _page(request: HttpRequest, refusal: Refusal | None = None, refused: str = "") -> HttpResponse:
    """`refused`: the account about which a refusal is told."""
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    problems = {one.id: one.problem for one in states(revision) if one.state == MISSING_SECRET}
    rows = [
        _row(one, revision, looking, problems.get(one.account.id, ""))
        for one in going_live.every_account(now)
        if any(looking.may(Role.VIEWER, campaign) for campaign in one.account.campaigns)
    ]
    context = {
        "rows": rows,
        "refusal": refusal,
        "refused": refused,
        "placed": any(row["is"].account.id == refused for row in rows),
        "reason": request.POST.get("reason", "") if refusal else "",
    }
    return render(request, "bfbot/accounts.html", context, status=refusal.status if refusal else 200)


def _row(one: going_live.Standing, revision: Revision, looking: Visitor, problem: str) -> dict[str, Any]:
    account, stage = one.account, one.stage
    everywhere = all(looking.may(Role.APPROVER, campaign) for campaign in account.campaigns)
    ready = one.muted and not to_meet(one.conditions)
    asked = bool(stage.asked_by) and one.muted
    own = asked and same_person(stage.asked_by, looking.name)
    word, tone = ("Muted", "wait") if one.muted else ("Practice", "calm") if one.practice else ("Live", "good")
    campaigns = (revision.campaigns.get(campaign) for campaign in account.campaigns)
    return {
        "is": one,
        "name": account_name(account.id, revision),
        "network": network_name(account.platform),
        "campaigns": ", ".join(campaign.name for campaign in campaigns if campaign),
        "word": word,
        "tone": tone,
        "problem": problem,
        "needs": [(NEEDS[need.need], need) for need in one.conditions],
        "may_review": everywhere and one.muted and not _met(one, Need.STATISTICS),
        "may_ask": ready and not asked and all(looking.may(Role.AUTHOR, each) for each in account.campaigns),
        "may_confirm": ready and asked and not own and everywhere,
        "own": own,
        "may_mute": (not one.practice and (not one.muted or asked))
        and any(looking.may(Role.APPROVER, campaign) for campaign in account.campaigns),
        "asked": asked,
    }


def _met(one: going_live.Standing, need: Need) -> bool:
    return any(each.met for each in one.conditions if each.need is need)
