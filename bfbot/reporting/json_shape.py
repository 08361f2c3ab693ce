"""The report as JSON. The first keys are the shape that scripts rely on; unknown is null. Pure."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from bfbot.domain.localtime import local
from bfbot.reporting.channels import ChannelWeek
from bfbot.reporting.comparing import Compared
from bfbot.reporting.gains import Total
from bfbot.reporting.headline import what_changed, what_to_do
from bfbot.reporting.ranking import MINIMUM_VIEWS, Ranked
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.themes import ThemeWeek


def shape(report: WeeklyReport) -> dict[str, Any]:
    """Times are ISO 8601 with the campaign's offset; counts are the week's gain; rates and shares are 0 to 1."""
    zone = report.week.zone

    def at(moment: datetime | None) -> str | None:
        return local(moment, zone).isoformat() if moment is not None else None

    def ranked(one: Ranked) -> dict[str, Any]:
        return {
            "post": one.sent.post_id,
            "account": one.channel.account,
            "platform": one.channel.platform,
            "text": one.sent.text,
            "url": one.sent.url or None,
            "published_at": at(one.sent.published_at),
            "impressions": one.impressions,
            "engagements": one.engagements,
            "engagement_rate": one.rate,
        }

    ranking = report.ranking
    return {
        "campaign": report.campaign.id,
        "week": str(report.week),
        "from": at(report.week.opens),
        "to": at(report.week.closes),
        "timezone": zone,
        "snapshot_at": at(report.taken.last),
        "sample": report.sample,
        "channels": [_channel(one) for one in report.channels],
        "pillars": [_theme(one) for one in report.themes],
        "top": [ranked(one) for one in ranking.best],
        "press": None,
        "bottom": [ranked(one) for one in ranking.weakest],
        "ranking": {
            "at_age_hours": 72,
            "by": "engagement_rate" if ranking.by == "rate" else "engagements",
            "minimum_impressions": MINIMUM_VIEWS if ranking.by == "rate" else None,
            "ranked": ranking.ranked,
            "of": ranking.of,
            "not_yet_72_hours_old": ranking.young,
            "without_figures": ranking.unknown,
            "under_the_minimum": ranking.small,
            "network_without_impressions": ranking.no_views,
        },
        "campaign_name": report.campaign.name,
        "owner": report.campaign.owner,
        "made_at": at(report.as_at),
        "snapshot_from": at(report.taken.first),
        "snapshots_late": report.taken.late,
        "accounts_complete": {"known": report.complete_channels, "of": len(report.channels)},
        "practice_left_out": list(report.left_out),
        "what_changed": what_changed(report),
        "what_to_do": what_to_do(report),
        "comment": {"text": report.comment, "by": report.commented_by} if report.comment else None,
        "measures": [_compared(one) for one in report.measures],
        "engagement_rate": asdict(report.rate),
        "goals": [
            {
                "measure": one.goal.measure,
                "target": one.goal.target,
                "from": one.goal.from_day.isoformat(),
                "until": one.goal.until_day.isoformat(),
                "reached": one.reached.value,
                "reached_of": _of(one.reached),
                "share": one.share,
                "expected": one.expected,
                "expected_share": one.expected_share,
            }
            for one in report.goals
        ],
        "not_sent": [
            {
                "account": one.account,
                "text": one.text,
                "outcome": one.outcome,
                "due_at": at(one.due_at),
                "why": one.why or None,
            }
            for one in report.unsent
        ],
        "deleted": report.deleted,
        "pauses": [
            {
                "reason": one.reason,
                "by": one.placed_by,
                "from": at(one.starts_at),
                "until": at(one.ended_at),
            }
            for one in report.pauses
        ],
        "next_week": [
            {"day": one.day.isoformat(), "approved": one.approved, "waiting": one.waiting} for one in report.ahead
        ],
        "impressions_by_week": {
            account: [{"week": str(one.week), "impressions": one.value} for one in points]
            for account, points in report.impressions_by_week.items()
        },
    }


def _of(total: Total) -> dict[str, int]:
    return {"known": total.known, "of": total.of}


def _channel(one: ChannelWeek) -> dict[str, Any]:
    reach = one.reach
    return {
        "account": one.channel.account,
        "platform": one.channel.platform,
        "posts": one.posts,
        "impressions": one.impressions.value,
        "reach": reach.figure,
        "reach_window": reach.window or None,
        "engagements": one.engagements.value,
        "engagement_rate": one.rate.value,
        "clicks": one.clicks.value,
        "label": one.channel.label,
        "reach_range": [reach.least, reach.most] if reach.least is not None else None,
        "followers": one.followers,
        "complete": one.complete,
        "known": {
            "impressions": _of(one.impressions),
            "engagements": _of(one.engagements),
            "clicks": _of(one.clicks),
            "engagement_rate": {"known": one.rate.known, "of": one.rate.of},
        },
        "restated": {
            "impressions": one.impressions.restated,
            "engagements": one.engagements.restated,
            "clicks": one.clicks.restated,
        },
        "deleted": one.deleted,
        "not_sent": one.not_sent,
    }


def _theme(one: ThemeWeek) -> dict[str, Any]:
    return {
        "pillar": one.id,
        "name": one.name,
        "posts": one.posts,
        "posts_share": one.posts_share,
        "impressions": one.impressions.value,
        "impressions_share": one.impressions_share,
        "engagements": one.engagements.value,
        "engagements_share": one.engagements_share,
    }


def _compared(one: Compared) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "week": one.now.value,
        "week_of": _of(one.now),
        "last_week": one.before.value if one.before else None,
        "change": one.change,
        "change_per_cent": one.percent,
        "new": one.new,
        "median_of_four_weeks": one.median,
        "median_of": one.median_of,
    }
