"""Weekly reports: the list, one on a page, its charts and downloads, and the owner's comment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from bfbot.domain.campaign import Campaign
from bfbot.domain.person import Role
from bfbot.domain.week import Week
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import reports
from bfbot.library import current_revision
from bfbot.reporting import weekly
from bfbot.reporting.html import html_fragment, stylesheet
from bfbot.reporting.report import WeeklyReport
from bfbot.web.refusals import Refusal, refusal_of
from bfbot.web.visitor import me, page

WEEKS = 8
"""How many weeks the list goes back."""


@require_safe
@page()
def listing(request: HttpRequest) -> HttpResponse:
    """This week as it runs, and the weeks before it, by campaign."""
    now = datetime.now(UTC)
    groups = [
        {"campaign": one, "weeks": _weeks(one, now)}
        for one in current_revision(now).campaigns.values()
        if me(request).may(Role.VIEWER, one.id)
    ]
    return render(request, "bfbot/reports.html", {"groups": groups})


@require_safe
@page()
def show(request: HttpRequest, campaign_id: str, week: str) -> HttpResponse:
    return _page(request, campaign_id, week)


@require_POST
@page(Role.AUTHOR)
def comment(request: HttpRequest, campaign_id: str, week: str) -> HttpResponse:
    """The owner's word on page one, signed."""
    campaign = _campaign(request, campaign_id)
    try:
        weekly.comment(
            campaign_id,
            _week(week, campaign),
            request.POST.get("comment", "")[:4000],
            actor=me(request).name,
            now=datetime.now(UTC),
        )
    except BfbotError as error:
        return _page(request, campaign_id, week, refusal_of(error))
    messages.success(request, "Your comment stands on page one.")
    return redirect("reports-week", campaign_id=campaign_id, week=week)


@require_safe
@page()
def download(request: HttpRequest, campaign_id: str, week: str, kind: str) -> HttpResponse:
    """The same numbers as a file."""
    if kind not in weekly.FORMATS:
        raise Http404(f"A report has no form {kind}.")
    answer = HttpResponse(
        weekly.export(_report(request, campaign_id, week), kind),
        content_type=f"{weekly.FORMATS[kind]}; charset=utf-8",
    )
    answer["Content-Disposition"] = f'attachment; filename="{campaign_id}-{week}.{kind}"'
    return answer


@require_safe
@page()
def chart(request: HttpRequest, campaign_id: str, week: str, name: str) -> HttpResponse:
    """One chart of a report, as a picture without script."""
    report = _report(request, campaign_id, week)
    if name not in weekly.chart_names(report):
        raise Http404(f"This report has no chart {name}.")
    return HttpResponse(weekly.chart_svg(report, name), content_type="image/svg+xml")


@require_safe
def style(request: HttpRequest) -> HttpResponse:
    """The report's own style, which it takes along as a file."""
    return HttpResponse(stylesheet(), content_type="text/css; charset=utf-8")


def _page(request: HttpRequest, campaign_id: str, week: str, refusal: Refusal | None = None) -> HttpResponse:
    report = _report(request, campaign_id, week)
    context: dict[str, Any] = {
        "campaign": report.campaign,
        "week": report.week,
        "fragment": html_fragment(report),
        "stored": reports.find(campaign_id, week),
        "may_comment": me(request).may(Role.AUTHOR, campaign_id),
        "refusal": refusal,
    }
    return render(request, "bfbot/report.html", context, status=refusal.status if refusal else 200)


def _report(request: HttpRequest, campaign_id: str, week: str) -> WeeklyReport:
    campaign = _campaign(request, campaign_id)
    return weekly.weekly_report(campaign_id, _week(week, campaign), datetime.now(UTC))


def _week(text: str, campaign: Campaign) -> Week:
    try:
        return Week.parse(text, campaign.zone)
    except UsageError as error:
        raise Http404(str(error)) from error


def _campaign(request: HttpRequest, campaign_id: str) -> Campaign:
    campaign = current_revision(datetime.now(UTC)).campaigns.get(campaign_id)
    if campaign is None or not me(request).may(Role.VIEWER, campaign_id):
        raise Http404(f"There is no campaign {campaign_id}.")
    return campaign


def _weeks(campaign: Campaign, now: datetime) -> list[dict[str, Any]]:
    running = Week.of(now, campaign.zone)
    stored = {one.week: one for one in reports.listing(campaign.id)}
    back = [running.back(weeks) for weeks in range(WEEKS)]
    return [
        {
            "week": week,
            "sunday": week.monday + timedelta(days=6),
            "report": stored.get(str(week)),
            "running": week == running,
        }
        for week in back
        if week == running or week == running.back(1) or str(week) in stored
    ]
