"""The weekly report as numbers: what every format is made from. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bfbot.domain.campaign import Campaign
from bfbot.domain.localtime import local
from bfbot.domain.week import Week
from bfbot.reporting.channels import ChannelWeek, TakenAt, channel_week, taken_at
from bfbot.reporting.comparing import Compared, compare, week_values
from bfbot.reporting.gains import Rate, Total, measured_in, week_rate, week_total
from bfbot.reporting.goals import GoalProgress, progress
from bfbot.reporting.material import Material, Pause, Unsent
from bfbot.reporting.ranking import Ranking, rank
from bfbot.reporting.themes import ThemeWeek, theme_weeks

WEEKS_SHOWN = 8


@dataclass(frozen=True)
class DayAhead:
    """Posts planned for a local day of the week after."""

    day: date
    approved: int
    waiting: int


@dataclass(frozen=True)
class SeriesPoint:
    """A week in a chart; `value` None is unknown and drawn as a gap."""

    week: Week
    value: int | None
    known: int = 0
    of: int = 0


@dataclass(frozen=True)
class WeeklyReport:
    """Everything the report says, unworded. Times are aware, UTC; the week knows its zone."""

    campaign: Campaign
    week: Week
    as_at: datetime
    sample: bool
    left_out: tuple[str, ...]
    comment: str
    commented_by: str
    taken: TakenAt
    measures: tuple[Compared, ...]
    rate: Rate
    rate_before: Rate
    channels: tuple[ChannelWeek, ...]
    goals: tuple[GoalProgress, ...]
    themes: tuple[ThemeWeek, ...]
    ranking: Ranking
    unsent: tuple[Unsent, ...]
    deleted: int
    pauses: tuple[Pause, ...]
    ahead: tuple[DayAhead, ...]
    impressions_by_week: Mapping[str, tuple[SeriesPoint, ...]]  # by account

    @property
    def over(self) -> bool:
        """Whether the week has ended: before that its gains cannot be known."""
        return self.as_at >= self.week.closes

    @property
    def complete_channels(self) -> int:
        return sum(one.complete for one in self.channels)

    def measure(self, name: str) -> Compared:
        return next(one for one in self.measures if one.measure == name)

    def goal(self, measure: str) -> GoalProgress | None:
        return next((one for one in self.goals if one.goal.measure == measure), None)


def build(material: Material) -> WeeklyReport:
    """Work out the report of `material.week`. Practice and real figures never meet in it."""
    material = _one_kind(material)
    week = material.week
    channels = tuple(channel_week(material, one, week) for one in material.channels)
    shown = [week.back(weeks) for weeks in range(WEEKS_SHOWN - 1, -1, -1)]
    return WeeklyReport(
        campaign=material.campaign,
        week=week,
        as_at=material.now,
        sample=material.sample,
        left_out=material.left_out,
        comment=material.comment,
        commented_by=material.commented_by,
        taken=taken_at(material),
        measures=compare(material),
        rate=_rate(material, week),
        rate_before=_rate(material, week.back(1)),
        channels=channels,
        goals=progress(material),
        themes=theme_weeks(material),
        ranking=rank(material),
        unsent=tuple(sorted(material.unsent, key=lambda one: one.due_at)),
        deleted=sum(one.deleted for one in channels),
        pauses=tuple(material.pauses),
        ahead=_ahead(material),
        impressions_by_week={
            one.account: tuple(_point(material, one.account, past) for past in shown)
            for one in material.channels
            if one.publishes("impressions")
        },
    )


def _one_kind(material: Material) -> Material:
    """Real channels alone make the report where there are any; a figure of the other kind is dropped."""
    real = [one for one in material.channels if not one.practice]
    kept = real or list(material.channels)
    left_out = tuple(one.label for one in material.channels if one.practice) if real else ()
    accounts = {one.account: one for one in kept}
    sent = [
        replace(
            one,
            snapshots=tuple(taken for taken in one.snapshots if taken.practice == accounts[one.account].practice),
        )
        for one in material.sent
        if one.account in accounts
    ]
    return replace(
        material,
        channels=kept,
        sent=sent,
        unsent=[one for one in material.unsent if one.account in accounts],
        left_out=(*material.left_out, *left_out),
        sample=material.sample or (bool(kept) and not real),
    )


def _rate(material: Material, week: Week) -> Rate:
    return week_rate([one for one in material.sent if measured_in(one, week)], week)


def _point(material: Material, account: str, week: Week) -> SeriesPoint:
    if week_values(material, "posts", week) is None:
        return SeriesPoint(week, None)
    total: Total = week_total(material.sent, {account: material.by_account[account]}, "impressions", week)
    return SeriesPoint(week, total.value, total.known, total.of)


def _ahead(material: Material) -> tuple[DayAhead, ...]:
    zone = material.campaign.zone
    approved: Counter[date] = Counter()
    waiting: Counter[date] = Counter()
    for one in material.coming:
        (approved if one.approved else waiting)[local(one.scheduled_for, zone).date()] += 1
    monday = material.week.monday + timedelta(days=7)
    days = [monday + timedelta(days=number) for number in range(7)]
    return tuple(DayAhead(day, approved[day], waiting[day]) for day in days)
