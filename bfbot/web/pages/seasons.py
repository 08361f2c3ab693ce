"""Pre-election periods: what each affects, and what an approver keeps by name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from bfbot.desk import seasons as desk
from bfbot.desk.season_effects import Affected, Sort, affected, period_named
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.domain.season import Period
from bfbot.errors import BfbotError
from bfbot.library import current_revision
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.shown import account_name
from bfbot.web.visitor import me, page

SORTS = {
    Sort.QUEUED: "Waiting to go out",
    Sort.RECURRING: "Evergreen posts that would come back",
    Sort.LIVE: "Live now, and naming or calling on politicians",
}


@never_cache
@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    """Every period that the files have, with where it stands."""
    now = datetime.now(UTC)
    periods = [(one, *_stands(one, now)) for one in current_revision(now).periods.values()]
    return render(request, "bfbot/seasons.html", {"periods": periods})


@never_cache
@require_safe
@page()
def show(request: HttpRequest, period_id: str) -> HttpResponse:
    return _page(request, period_id)


@require_POST
@page(Role.APPROVER)
def keep(request: HttpRequest, period_id: str) -> HttpResponse:
    """`subject` stays as it is, under the approver's name and word."""
    subject, said = request.POST.get("subject", "")[:200], request.POST.get("said", "")[:1000]
    return _decide(
        request,
        period_id,
        lambda actor, now: desk.keep(period_id, subject, actor=actor, now=now, said=said),
        "Kept under your name. An edit needs it again.",
        subject,
    )


@require_POST
@page(Role.AUTHOR)
def explain(request: HttpRequest, period_id: str) -> HttpResponse:
    """Write the explanatory post of one campaign, for an approver."""
    campaign = request.POST.get("campaign", "")[:100]
    return _decide(
        request,
        period_id,
        lambda actor, now: desk.explain(period_id, campaign=campaign, actor=actor, now=now),
        "Written, and sent for approval. It needs an approver’s name below, too.",
    )


def _decide(
    request: HttpRequest,
    period_id: str,
    act: Callable[[str, datetime], object],
    done: str,
    subject: str = "",
) -> HttpResponse:
    try:
        act(me(request).name, datetime.now(UTC))
    except BfbotError as error:
        return _page(request, period_id, refusal_of(error), subject)
    messages.success(request, done)
    return redirect("seasons-period", period_id=period_id)


def _page(request: HttpRequest, period_id: str, refusal: Refusal | None = None, subject: str = "") -> HttpResponse:
    now, looking = datetime.now(UTC), me(request)
    revision = current_revision(now)
    period = period_named(period_id, revision)
    found = [one for one in affected(period_id, now) if looking.may(Role.VIEWER, one.campaign)]
    word, tone = _stands(period, now)
    context = {
        "period": period,
        "word": word,
        "tone": tone,
        "areas": ", ".join(period.areas),
        "campaigns": [
            one
            for one in revision.campaigns.values()
            if period.is_about(one.id) and looking.may(Role.AUTHOR, one.id)
        ],
        "groups": [
            (title, rows)
            for sort, title in SORTS.items()
            if (rows := [_row(one, revision, subject) for one in found if one.sort is sort])
        ],
        "over": period.ends_at <= now,
        "refusal": refusal,
        "may_keep": looking.may(Role.APPROVER),
        "may_edit": looking.may(Role.AUTHOR),
        "said": request.POST.get("said", "") if refusal else "",
    }
    return render(request, "bfbot/season.html", context, status=refusal.status if refusal else 200)


def _row(one: Affected, revision: Revision, subject: str) -> dict[str, object]:
    campaign = revision.campaigns.get(one.campaign)
    return {
        "is": one,
        "id": one.subject.replace(":", "-"),
        "name": f"Post {one.number}" if one.number is not None else one.subject.partition(":")[2],
        "campaign": campaign.name if campaign else one.campaign,
        "accounts": ", ".join(account_name(account, revision) for account in one.accounts),
        "refused": one.subject == subject,
    }


def _stands(period: Period, now: datetime) -> tuple[str, str]:
    """Word and tone."""
    if period.runs_at(now):
        return "Now", "wait"
    return ("To come", "calm") if now < period.starts_at else ("Over", "")
