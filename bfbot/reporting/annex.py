"""The sections behind page one: goals, channels, themes, posts, next week and method. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from bfbot.domain.localtime import local
from bfbot.reporting import wording
from bfbot.reporting.channels import NO_REACH
from bfbot.reporting.chart_frame import Chart, Table
from bfbot.reporting.charts import charts
from bfbot.reporting.comparing import ENOUGH_POSTS, Compared
from bfbot.reporting.gains import Rate
from bfbot.reporting.ranking import MINIMUM_VIEWS, Ranked, Ranking
from bfbot.reporting.report import WeeklyReport


@dataclass(frozen=True)
class Block:
    """A chart, its figures as a table with a caption, and lines of text; in this order where several are set."""

    caption: str = ""
    table: Table | None = None
    chart: Chart | None = None
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Section:
    title: str
    blocks: tuple[Block, ...] = field(default_factory=tuple)


def annex(report: WeeklyReport) -> tuple[Section, ...]:
    drawn = {one.name: one for one in charts(report)}
    return (
        Section("Against last week and the goal", _figures(report, drawn)),
        Section("Channel by channel", _channels(report, drawn)),
        Section("Theme by theme", _themes(report, drawn)),
        Section("Best and weakest posts", _posts(report)),
        Section("Next week", _next_week(report)),
        Section("How this was measured", (Block(lines=_method(report)),)),
    )


def _figures(report: WeeklyReport, drawn: dict[str, Chart]) -> tuple[Block, ...]:
    rows = tuple(
        (wording.NAMES[one.measure], wording.total(one.now), _change(one), wording.number(one.median))
        for one in report.measures
    )
    blocks = [Block("The week", Table(("", "This week", "Change", "Median of 4 weeks"), rows))]
    if "pace" in drawn:
        blocks.append(Block("The goals so far", drawn["pace"].table, chart=drawn["pace"]))
    return tuple(blocks)


def _drawn(chart: Chart, note: str = "") -> Block:
    """A chart with its own figures under it."""
    return Block("The figures of this chart", chart.table, chart=chart, lines=(note,) if note else ())


def _change(one: Compared) -> str:
    if one.new:
        return "new"
    if one.change is None:
        return wording.UNKNOWN
    percent = f" ({signed_part(one.percent)})" if one.percent is not None else ""
    return f"{wording.signed(one.change)}{percent}"


def signed_part(value: float) -> str:
    return f"+{value:g}%" if value > 0 else f"−{abs(value):g}%" if value < 0 else "0%"


def _channels(report: WeeklyReport, drawn: dict[str, Chart]) -> tuple[Block, ...]:
    head = ("Channel", "Posts", "Views", "People reached", "Interactions", "Rate", "Link clicks", "Followers")
    rows = tuple(
        (
            one.channel.label,
            wording.number(one.posts),
            wording.total(one.impressions),
            wording.UNKNOWN if one.reach == NO_REACH else wording.reach(one.reach),
            wording.total(one.engagements),
            _rate(one.rate),
            wording.total(one.clicks),
            wording.number(one.followers),
        )
        for one in report.channels
    )
    lines = [
        "People reached is never added: the same people use several channels and read several posts.",
        "Followers are a potential audience, not people reached.",
    ]
    windows = [
        f"People reached on {one.channel.label}: {one.reach.window}."
        for one in report.channels
        if one.reach.window
    ]
    partial = any(
        one.value is not None and one.known < one.of
        for points in report.impressions_by_week.values()
        for one in points
    )
    hollow = "A hollow mark is a week whose views are known for some of its posts only." if partial else ""
    chart = (_drawn(drawn["views"], hollow),) if "views" in drawn else ()
    return (Block("The week by channel", Table(head, rows), lines=(*lines, *windows)), *chart)


def _rate(value: Rate) -> str:
    """The rate; where some posts lack one of the two figures, of how many posts it is."""
    if value.value is None or value.known == value.of:
        return wording.rate(value)
    return f"{wording.rate(value)} ({value.known} of {value.of})"


def _themes(report: WeeklyReport, drawn: dict[str, Chart]) -> tuple[Block, ...]:
    head = ("Theme", "Posts", "Share", "Views", "Share", "Interactions", "Share")
    rows = tuple(
        (
            one.name,
            wording.number(one.posts),
            wording.part(one.posts_share),
            wording.total(one.impressions) if one.posts else wording.UNKNOWN,
            wording.part(one.impressions_share) if one.posts else wording.UNKNOWN,
            wording.total(one.engagements) if one.posts else wording.UNKNOWN,
            wording.part(one.engagements_share) if one.posts else wording.UNKNOWN,
        )
        for one in report.themes
    )
    silent = [one.name for one in report.themes if not one.posts]
    lines = ["The week’s own posts. One text on several channels counts once."]
    if silent:
        lines.append(f"No posts this week: {wording.listed(silent)}.")
    return (Block("The week by theme", Table(head, rows), chart=drawn.get("themes"), lines=tuple(lines)),)


def _posts(report: WeeklyReport) -> tuple[Block, ...]:
    ranking = report.ranking
    several = len(report.channels) > 1  # the only channel need not be named in every row
    head = ("Post", *(("Channel",) if several else ()), "Sent", "Views", "Interactions", "Rate")
    blocks = []
    for caption, ranked in (("Best", ranking.best), ("Weakest", ranking.weakest)):
        if ranked:
            rows = tuple(_ranked(one, report.week.zone, several) for one in ranked)
            title = f"{caption} {len(ranked)}" if len(ranked) > 1 else caption
            blocks.append(Block(title, Table(head, rows, words=2 if several else 1)))
    return (*blocks, Block(lines=tuple(_rule(ranking))))


def _ranked(one: Ranked, zone: str, several: bool) -> tuple[str, ...]:
    return (
        wording.excerpt(one.sent.text),
        *((one.channel.label,) if several else ()),
        wording.short_day(local(one.sent.published_at, zone).date()),
        wording.number(one.impressions),
        wording.number(one.engagements),
        wording.part(one.rate, 2),
    )


def _rule(ranking: Ranking) -> list[str]:
    if ranking.by == "rate":
        by = f"interactions by views, among posts with at least {MINIMUM_VIEWS} views"
    else:
        by = "interactions, because no network of this week’s posts publishes views"
    compared = f"{ranking.ranked:,} of the week’s {wording.count(ranking.of, 'post')} could be compared"
    lines = [f"The rule: {by}, each with its figures 72 hours after it went out. {compared}."]
    why = [
        (ranking.young, "not 72 hours old yet"),
        (ranking.unknown, "without figures of that age"),
        (ranking.small, f"under {MINIMUM_VIEWS} views"),
        (ranking.no_views, "on a network that publishes no views"),
    ]
    left = [f"{many:,} {words}" for many, words in why if many]
    return [*lines, f"Left out: {', '.join(left)}."] if left else lines


def _next_week(report: WeeklyReport) -> tuple[Block, ...]:
    rows = tuple(
        (wording.short_day(one.day), wording.number(one.approved), wording.number(one.waiting))
        for one in report.ahead
    )
    blocks = [Block("Posts planned", Table(("Day", "Approved", "To approve"), rows))]
    if report.unsent:
        unsent = tuple(
            (
                wording.excerpt(one.text, 70),
                _label(report, one.account),
                wording.moment(one.due_at, report.week.zone),
                wording.OUTCOMES[one.outcome],
            )
            for one in report.unsent
        )
        head = ("Post", "Channel", "Was due", "What became of it")
        blocks.append(Block("Posts of this week that did not go out", Table(head, unsent, words=len(head))))
    return tuple(blocks)


def _label(report: WeeklyReport, account: str) -> str:
    return next((one.channel.label for one in report.channels if one.channel.account == account), account)


def _method(report: WeeklyReport) -> tuple[str, ...]:
    zone = report.week.zone
    week = f"{wording.moment(report.week.opens, zone)} to {wording.moment(report.week.closes, zone)}"
    lines = [
        f"The week runs from {week}, the end not included, in {zone}.",
        "A week’s figure is what a network said at this week’s close less what it said at the last one.",
        "Posts younger than 35 days are measured. Where a figure is missing it is unknown: a dash, never zero.",
        "Views are times shown, repeats included. Interactions are reactions, comments, shares and saves.",
        "The rate is the sum of interactions divided by the sum of views, over posts that have both.",
        "Networks count views each in their own way; added over channels they give an order of size.",
        f"A change in per cent is given where both weeks have at least {ENOUGH_POSTS} posts.",
        "A goal counts posts sent since it began, by their last known figures; an even pace spreads it by day.",
    ]
    if report.taken.late:
        lines.append(
            f"The figures of {wording.count(report.taken.late, 'post')} were read more than two hours after "
            "the close; what they gained in between counts in this week."
        )
    for one in report.channels:
        for name, value in (("views", one.impressions), ("interactions", one.engagements), ("clicks", one.clicks)):
            if value.restated:
                lines.append(
                    f"Restated: {one.channel.label} now gives {wording.number(-value.restated)} fewer {name} for "
                    "earlier posts than a week before. The fall is part of the week’s figure."
                )
    gaps = [one.channel.label for one in report.channels if not one.complete]
    if gaps and report.over:
        lines.append(f"Gaps: no figures at this week’s close for some posts on {wording.listed(gaps)}.")
    if report.left_out:
        lines.append(f"Left out because it is practice: {wording.listed(list(report.left_out))}.")
    lines.append(f"Made {wording.moment(report.as_at, zone)} by bfbot.")
    return tuple(lines)
