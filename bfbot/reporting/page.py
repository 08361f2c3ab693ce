"""The report in the team's words, ready to print: a template only sets it. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from bfbot.domain.localtime import local
from bfbot.reporting.annex import Section, annex
from bfbot.reporting.channels import ChannelWeek
from bfbot.reporting.chart_frame import Table
from bfbot.reporting.comparing import WEEKS_BACK, Compared
from bfbot.reporting.gains import Rate
from bfbot.reporting.headline import what_changed, what_to_do
from bfbot.reporting.ranking import Ranked
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.wording import (
    NAMES,
    OUTCOMES,
    UNKNOWN,
    count,
    excerpt,
    listed,
    moment,
    number,
    part,
    rate,
    reach,
    short_day,
    span,
    total,
)


@dataclass(frozen=True)
class Line:
    """A labelled line of page one."""

    label: str
    text: str


@dataclass(frozen=True)
class Page:
    """Page one, and the sections after it."""

    campaign: str
    owner: str
    week: str
    span: str
    as_at: str
    stamp: str
    changed: str
    to_do: tuple[str, ...]
    comment: str
    commented_by: str
    table: Table
    notes: tuple[str, ...]
    people: tuple[Line, ...]
    lines: tuple[Line, ...]
    contact: str
    link: str
    sections: tuple[Section, ...]


def page(report: WeeklyReport) -> Page:
    """Everything as printed."""
    return Page(
        campaign=report.campaign.name,
        owner=report.campaign.owner,
        week=f"Week {report.week.number} of {report.week.year}",
        span=span(report.week),
        as_at=_as_at(report),
        stamp="SAMPLE: practice figures. Nobody saw these posts." if report.sample else "",
        changed=what_changed(report),
        to_do=tuple(what_to_do(report)),
        comment=report.comment,
        commented_by=report.commented_by,
        table=_table(report),
        notes=_notes(report),
        people=tuple(_people(one) for one in report.channels),
        lines=tuple(_lines(report)),
        contact=report.campaign.contact,
        link=report.campaign.link,
        sections=annex(report),
    )


def _as_at(report: WeeklyReport) -> str:
    zone = report.week.zone
    complete = f"Accounts complete: {report.complete_channels} of {len(report.channels)}."
    if not report.over:
        return f"The week is not over. Made {moment(report.as_at, zone)}. Times are {zone}."
    first, last = report.taken.first, report.taken.last
    if first is None or last is None:
        return f"No figures were read at the week’s close. {complete} Times are {zone}."
    read = moment(last, zone)
    if moment(first, zone) != read:
        last_there, first_there = local(last, zone), local(first, zone)
        same_day = last_there.date() == first_there.date()
        read = f"{moment(first, zone)} to " + (f"{last_there:%H:%M}" if same_day else read)
    late = f" Read late for {count(report.taken.late, 'post')}." if report.taken.late else ""
    return f"Figures as at {read}.{late} {complete} Times are {zone}."


def _table(report: WeeklyReport) -> Table:
    rows = [_row(report, one) for one in report.measures]
    rows.insert(3, ("Interaction rate", _rate_cell(report.rate), _rate_cell(report.rate_before), UNKNOWN, UNKNOWN))
    return Table(("", "This week", "Week before", f"Median of {WEEKS_BACK} weeks", "Goal"), tuple(rows))


def _row(report: WeeklyReport, one: Compared) -> tuple[str, ...]:
    goal = report.goal(one.measure)
    middle = number(one.median)
    if one.median is not None and one.median_of < WEEKS_BACK:
        middle += f" ({count(one.median_of, 'week')})"
    aim = f"{part(goal.share)} of {number(goal.goal.target)}" if goal else UNKNOWN
    return (NAMES[one.measure], total(one.now), total(one.before) if one.before else UNKNOWN, middle, aim)


def _rate_cell(value: Rate) -> str:
    return f"{rate(value)} ({value.known} of {value.of})" if value.value is not None else UNKNOWN


def _notes(report: WeeklyReport) -> tuple[str, ...]:
    notes = ["“5 of 7” tells for how many of the posts a figure is known."] if _partial(report) else []
    silent: dict[str, list[str]] = {}
    for name in ("impressions", "clicks"):
        for one in report.channels:
            if not one.channel.publishes(name):
                silent.setdefault(one.channel.label, []).append(NAMES[name].lower())
    notes += [f"{channel} publishes no {' or '.join(names)}." for channel, names in silent.items()]
    if report.left_out:
        notes.append(f"{listed(list(report.left_out))} is practice and is not part of this report.")
    return tuple(notes)


def _partial(report: WeeklyReport) -> bool:
    """Whether the table of page one holds a figure that is known for some posts only."""
    totals = [one.now for one in report.measures] + [one.before for one in report.measures if one.before]
    return any(one.value is not None and not one.complete for one in totals)


def _people(one: ChannelWeek) -> Line:
    told = reach(one.reach)
    if one.reach.figure is None and one.reach.least is None:
        return Line(one.channel.label, "not available for this week.")
    return Line(one.channel.label, f"{told} people ({one.reach.window}).")


def _lines(report: WeeklyReport) -> list[Line]:
    lines = []
    ranking, zone = report.ranking, report.week.zone
    if ranking.best:
        lines.append(Line("Best post", _post(ranking.best[0], zone)))
    worst = (*ranking.weakest, *ranking.best[1:][::-1])
    if worst:
        lines.append(Line("Weakest post", _post(worst[0], zone)))
    if not ranking.best and ranking.of:
        lines.append(Line("Best post", "No post of the week can be compared yet at 72 hours."))
    lines.append(Line("Not sent or stopped", _not_sent(report)))
    if report.pauses:
        told = []
        for one in report.pauses:
            ended = f"to {moment(one.ended_at, zone)}" if one.ended_at else "and still on"
            told.append(f"{moment(one.starts_at, zone)} {ended}, by {one.placed_by}: {one.reason}")
        lines.append(Line("Paused", "; ".join(told)))
    lines.append(Line("Next week", _ahead(report)))
    return lines


def _post(one: Ranked, zone: str) -> str:
    there = local(one.sent.published_at, zone)
    shown = (
        f"{part(one.rate, 2)} interaction rate on {count(one.impressions or 0, 'view')}"
        if one.rate is not None
        else count(one.engagements, "interaction")
    )
    return f"“{excerpt(one.sent.text, 90)}” {one.channel.label}, {short_day(there.date())}: {shown} at 72 hours."


def _not_sent(report: WeeklyReport) -> str:
    counted = Counter(one.outcome for one in report.unsent)
    told = [f"{counted[outcome]:,} {words}" for outcome, words in OUTCOMES.items() if counted[outcome]]
    if report.deleted:
        told.append(f"{report.deleted:,} deleted after publication")
    return f"{'; '.join(told)}." if told else "Nothing."


def _ahead(report: WeeklyReport) -> str:
    every = sum(one.approved + one.waiting for one in report.ahead)
    if not every:
        return "Nothing is planned yet."
    days = ", ".join(
        f"{one.day:%a} {one.approved + one.waiting}" for one in report.ahead if one.approved + one.waiting
    )
    waiting = sum(one.waiting for one in report.ahead)
    more = f" {waiting:,} still to approve." if waiting else ""
    return f"{count(every, 'post')} planned ({days}).{more}"
