"""The weekly reach report: made, drafted on Monday morning, commented, exported.

weekly_report(campaign, week, now) -> WeeklyReport
draft_due(now) -> list[str]             the campaigns whose draft was made
comment(campaign, week, text, ...)      the owner's signed word
export(report, format) -> bytes         html, csv or json
chart_svg(report, name) -> str
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, time, timedelta

from django.db import transaction

from bfbot.desk.people import require
from bfbot.domain.campaign import Campaign
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.domain.week import Week
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import audit, holds, reports
from bfbot.library import current_revision
from bfbot.reporting.charts import charts
from bfbot.reporting.drawing import draw, labelled
from bfbot.reporting.gathering import gather
from bfbot.reporting.html import html_document
from bfbot.reporting.json_shape import shape
from bfbot.reporting.report import WeeklyReport, build
from bfbot.reporting.spreadsheet import to_csv

log = logging.getLogger(__name__)

DRAFT_AT = time(7)
WEEKS_BACK = 8
FORMATS = {"html": "text/html", "csv": "text/csv", "json": "application/json"}
"""What a report can be exported as, with its media type; each is UTF-8."""


def weekly_report(
    campaign_id: str, week: Week, now: datetime, *, revision: Revision | None = None
) -> WeeklyReport:
    """The report of a week as the ledger knows it at `now`. Raises UsageError for an unknown campaign."""
    revision = revision or current_revision(now)
    return build(gather(_campaign(campaign_id, revision), week, now, revision))


def last_week(campaign: Campaign, now: datetime) -> Week:
    """The week that closed last, on the campaign's clock."""
    return Week.of(now, campaign.zone).back(1)


def draft_due(now: datetime, *, revision: Revision | None = None) -> list[str]:
    """From Monday 07:00 on the campaign's clock, make and store last week's report where there is none yet.

    A campaign that had nothing to send yet gets none, and one that is paused waits: its drafts are made when the
    pause is over, those of earlier weeks too. Returns the ids of the campaigns that got one.
    """
    revision = revision or current_revision(now)
    stops = holds.everything()
    made = []
    for campaign in revision.campaigns.values():
        if _paused(campaign, stops, now):
            continue
        for week in (last_week(campaign, now), *_kept_back(campaign, stops, now)):
            if now < _opens(week, campaign) or reports.find(campaign.id, str(week)) is not None:
                continue
            # A post's moment and its deliveries' may differ by a retry. Without any, there is nothing to gather.
            if not reports.has_posts(campaign.id, week.closes + timedelta(days=1)):
                continue
            material = gather(campaign, week, now, revision)
            if (material.sent or material.unsent) and _store(build(material)):
                made.append(campaign.id)
    return made


def _opens(week: Week, campaign: Campaign) -> datetime:
    return wall_to_utc(local(week.closes, campaign.zone).date(), DRAFT_AT, campaign.zone)


def _paused(campaign: Campaign, stops: Iterable[Hold], at: datetime) -> bool:
    """Whether everything or this campaign was paused at that moment."""
    pausing = {(Scope.EVERYTHING, ""), (Scope.CAMPAIGN, campaign.id)}
    return any(
        (one.scope, one.scope_id) in pausing
        and one.starts_at <= at
        and all(end is None or at < end for end in (one.until, one.lifted_at))
        for one in stops
    )


def _kept_back(campaign: Campaign, stops: Iterable[Hold], now: datetime) -> list[Week]:
    """Weeks before the last one whose Monday morning fell into a pause."""
    earlier = [last_week(campaign, now).back(one) for one in range(1, WEEKS_BACK + 1)]
    return [one for one in earlier if _paused(campaign, stops, _opens(one, campaign))]


def comment(
    campaign_id: str,
    week: Week,
    text: str,
    *,
    actor: str,
    now: datetime,
    revision: Revision | None = None,
) -> None:
    """Put the owner's comment on a report, signed by `actor`; an empty text takes it away.

    Raises NotAllowed unless the actor is an author of the campaign.
    """
    revision = revision or current_revision(now)
    campaign = _campaign(campaign_id, revision)
    require(actor, Role.AUTHOR, campaign_id)
    week = replace(week, zone=campaign.zone)
    said = text.strip()
    with transaction.atomic():
        if reports.find(campaign_id, str(week)) is None:
            _store(build(gather(campaign, week, now, revision)))
        reports.comment(campaign_id, str(week), said, actor if said else "")
        audit.record(actor, "report commented", f"report:{campaign_id}:{week}", now, {"text": said})


def export(report: WeeklyReport, format: str) -> bytes:
    """The report in one of FORMATS; the same numbers in each. Raises UsageError for another format."""
    if format == "json":
        return (json.dumps(shape(report), ensure_ascii=False, indent=2) + "\n").encode()
    if format == "csv":
        return to_csv(report).encode("utf-8-sig")  # spreadsheets read UTF-8 only with its mark
    if format == "html":
        return html_document(report, _drawings(report)).encode()
    raise UsageError(f"“{format}” is no format of the report.", mend=f"Choose one of: {', '.join(FORMATS)}.")


def chart_names(report: WeeklyReport) -> tuple[str, ...]:
    """The charts that this report has."""
    return tuple(one.name for one in charts(report))


def chart_svg(report: WeeklyReport, name: str) -> str:
    """One chart as SVG. Raises UsageError when the report has none of that name, BfbotError if drawing fails.

    All charts of the report are drawn at once, because starting the drawing is what takes time.
    """
    every = charts(report)
    names = [one.name for one in every]
    if name not in names:
        raise UsageError(f"This report has no chart “{name}”.", mend=f"It has: {', '.join(names) or 'none'}.")
    svg = draw([one.spec for one in every])[names.index(name)]
    chart = every[names.index(name)]
    return labelled(svg, chart.title, chart.description)


def _drawings(report: WeeklyReport) -> dict[str, str]:
    """Every chart by name; none if drawing fails, because the tables say the same."""
    every = charts(report)
    try:
        drawn = draw([one.spec for one in every])
    except BfbotError as error:
        log.warning("%s", error)
        return {}
    return {one.name: labelled(svg, one.title, one.description) for one, svg in zip(every, drawn, strict=True)}


def _store(report: WeeklyReport) -> bool:
    return reports.add(report.campaign.id, str(report.week), report.as_at, shape(report), report.sample)


def _campaign(campaign_id: str, revision: Revision) -> Campaign:
    campaign = revision.campaigns.get(campaign_id)
    if campaign is None:
        raise UsageError(
            f"There is no campaign “{campaign_id}”.",
            mend=f"There are: {', '.join(revision.campaigns) or 'none yet'}.",
        )
    return campaign
