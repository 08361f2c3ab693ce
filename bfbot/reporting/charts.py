"""The report's charts as Vega-Lite specifications, each with its words and its table. Pure.

Axes begin at zero. An unknown week is a gap. Nothing is told by colour alone: lines differ in dash and marker,
bars carry their figures, and the table under each chart says the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bfbot.domain.week import Week
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.wording import NAMES, UNKNOWN, number, part, short_day

INK, MUTED, RULE = "#1f2a37", "#5b6672", "#d9dee4"
COLOURS = ("#1d4e89", "#b5541c", "#2f7d57", "#6b4c9a", "#8a6d00", "#a3335b", "#3f7f93", "#4a4a4a")
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 4], [1, 3], [12, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "stroke")
MOST_LINES = len(COLOURS)
_CONFIG: dict[str, Any] = {
    "font": "sans-serif",
    "background": "white",
    "view": {"stroke": None},
    "axis": {
        "labelColor": MUTED,
        "titleColor": MUTED,
        "titleFontWeight": "normal",
        "labelFontSize": 12,
        "titleFontSize": 12,
        "gridColor": RULE,
        "domainColor": MUTED,
        "tickColor": RULE,
    },
    "legend": {"labelColor": INK, "labelFontSize": 12, "title": None, "orient": "top", "symbolSize": 90},
}


@dataclass(frozen=True)
class Table:
    """Rows of printed cells; the first column names the row, the first `words` columns are set as text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: int = 1


@dataclass(frozen=True)
class Chart:
    """`name` is its address; `description` says in words what the picture shows."""

    name: str
    title: str
    description: str
    spec: dict[str, Any]
    table: Table


def charts(report: WeeklyReport) -> tuple[Chart, ...]:
    """Those for which there is anything to draw."""
    drawn = [_views(report), _themes(report)]
    drawn += [_pace(report, index) for index in range(len(report.goals))]
    return tuple(one for one in drawn if one is not None)


def _week(week: Week) -> str:
    return short_day(week.monday).partition(" ")[2]


def _spec(height: int, values: list[dict[str, Any]], layers: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": height,
        "data": {"values": values},
        "config": _CONFIG,
        "layer": layers,
        **more,
    }


def _weeks_axis(weeks: list[str]) -> dict[str, Any]:
    return {
        "field": "week",
        "type": "ordinal",
        "scale": {"domain": weeks},
        "axis": {"title": "Week beginning", "labelAngle": 0, "grid": False},
    }


def _y(title: str, field: str = "value") -> dict[str, Any]:
    return {
        "field": field,
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": title, "format": ",d", "tickCount": 5, "tickMinStep": 1},
    }


def _views(report: WeeklyReport) -> Chart | None:
    rows = [one for one in report.channels if one.channel.account in report.impressions_by_week][:MOST_LINES]
    series = {one.channel.label: report.impressions_by_week[one.channel.account] for one in rows}
    if not any(point.value is not None for points in series.values() for point in points):
        return None
    weeks = [_week(point.week) for point in next(iter(series.values()))]
    names = list(series)
    values = [
        {
            "week": _week(point.week),
            "channel": name,
            "value": point.value,
            "whole": point.value if point.known == point.of else None,
        }
        for name, points in series.items()
        for point in points
    ]
    hue = {"field": "channel", "type": "nominal", "sort": names}
    colour = {**hue, "scale": {"domain": names, "range": list(COLOURS[: len(names)])}}
    dash = {**hue, "scale": {"domain": names, "range": list(DASHES[: len(names)])}}
    shape = {**hue, "scale": {"domain": names, "range": list(SHAPES[: len(names)])}}
    legend = {} if len(names) > 1 else {"legend": None}
    axis = _y("Views gained in the week")
    line = {
        "mark": {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-domains"},
        "encoding": {
            "y": {**axis, "field": "whole"},
            "color": {**colour, **legend},
            "strokeDash": {**dash, **legend},
        },
    }
    # A sum over some posts only would look like a fall: it stands alone, hollow.
    marks = [
        {
            "transform": [{"filter": f"isValid(datum.value) && isValid(datum.whole) == {known}"}],
            "mark": {"type": "point", "filled": known == "true", "size": 70, "opacity": 1, "strokeWidth": 2},
            "encoding": {"y": axis, "color": {**colour, **legend}, "shape": {**shape, **legend}},
        }
        for known in ("true", "false")
    ]
    encoding = {"x": _weeks_axis(weeks)}
    said = []
    for name, shown in series.items():
        told = [f"{_week(one.week)} {_partial(one.value, one.known, one.of, 'not known')}" for one in shown]
        said.append(f"{name}: {', '.join(told)}")
    table = Table(
        ("Week beginning", *weeks),
        tuple(
            (name, *(_partial(one.value, one.known, one.of) for one in points)) for name, points in series.items()
        ),
    )
    return Chart(
        name="views",
        title="Views by channel over eight weeks",
        description=f"Line chart, views gained each week. {'. '.join(said)}.",
        spec=_spec(210, values, [line, *marks], encoding=encoding),
        table=table,
    )


def _partial(value: int | None, known: int, of: int, unknown: str = UNKNOWN) -> str:
    if value is None:
        return unknown
    return number(value) if known == of else f"{number(value)} ({known} of {of})"


def _themes(report: WeeklyReport) -> Chart | None:
    rows = report.themes
    if not any(one.posts for one in rows):
        return None
    kinds = {
        "Posts": [one.posts_share for one in rows],
        "Views": [one.impressions_share for one in rows],
        "Interactions": [one.engagements_share for one in rows],
    }
    kinds = {name: shares for name, shares in kinds.items() if any(share is not None for share in shares)}
    values = [
        {"theme": one.name, "kind": name, "share": share, "label": f"{name} {part(share)}"}
        for name, shares in kinds.items()
        for one, share in zip(rows, shares, strict=True)
        if share is not None and (one.posts or name == "Posts")
    ]
    themes, names = [one.name for one in rows], list(kinds)
    y = {
        "field": "theme",
        "type": "nominal",
        "sort": themes,
        "axis": {
            "title": None,
            "labelLimit": 200,
            "labelColor": INK,
            "labelPadding": 6,
            "ticks": False,
            "domain": False,
        },
        "scale": {"paddingInner": 0.25},
    }
    offset = {"field": "kind", "type": "nominal", "sort": names, "scale": {"domain": names}}
    x = {
        "field": "share",
        "type": "quantitative",
        "scale": {"zero": True, "domainMin": 0, "nice": True},
        "axis": {"title": "Share of the week", "format": ".0%", "tickCount": 5},
    }
    shades = {
        "field": "kind",
        "type": "nominal",
        "legend": None,
        "scale": {"domain": names, "range": ["#1d4e89", "#7ea3c7", "#d3dfeb"][: len(names)]},
    }
    bars = {"mark": {"type": "bar", "stroke": "#1d4e89", "strokeWidth": 0.6}, "encoding": {"color": shades}}
    labels = {
        "mark": {"type": "text", "align": "left", "dx": 4, "fontSize": 10.5, "color": INK},
        "encoding": {"text": {"field": "label"}},
    }
    head = ("Theme", *(f"Share of {name.lower()}" for name in names))
    table = Table(
        head, tuple((one.name, *(part(kinds[name][index]) for name in names)) for index, one in enumerate(rows))
    )
    told = "; ".join(
        f"{row[0]}: " + ", ".join(f"{name.lower()} {cell}" for name, cell in zip(names, row[1:], strict=True))
        for row in table.rows
    )
    return Chart(
        name="themes",
        title="Themes: share of posts against share of results",
        description=f"Bar chart. {told}.",
        spec=_spec(
            len(rows) * len(names) * 15 + 10, values, [bars, labels], encoding={"y": y, "yOffset": offset, "x": x}
        ),
        table=table,
    )


def _pace(report: WeeklyReport, index: int) -> Chart | None:
    points, goal = report.pace[index], report.goals[index].goal
    if not any(one.value is not None for one in points):
        return None
    name = NAMES[goal.measure].lower()
    weeks = [_week(one.week) for one in points]
    kinds = ["Reached", "Even pace to the goal"]
    values: list[dict[str, Any]] = [
        {"week": _week(one.week), "kind": kinds[0], "value": one.value} for one in points
    ] + [{"week": _week(one.week), "kind": kinds[1], "value": one.expected} for one in points]
    hue = {"field": "kind", "type": "nominal"}
    scale = {"domain": kinds, "range": [COLOURS[0], COLOURS[1]]}
    line = {
        "mark": {"type": "line", "strokeWidth": 2, "invalid": "break-paths-show-domains"},
        "encoding": {
            "color": {**hue, "scale": scale},
            "strokeDash": {**hue, "scale": {"domain": kinds, "range": [[1, 0], [6, 4]]}},
        },
    }
    marks = {
        "transform": [{"filter": "isValid(datum.value)"}],
        "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
        "encoding": {
            "color": {**hue, "scale": scale},
            "shape": {**hue, "scale": {"domain": kinds, "range": ["circle", "diamond"]}},
        },
    }
    table = Table(
        ("Week beginning", *weeks),
        (
            ("Reached at its close", *(number(one.value) for one in points)),
            (kinds[1], *(number(round(one.expected)) for one in points)),
        ),
    )
    told = "; ".join(f"{_week(one.week)}: {number(one.value)} of {number(round(one.expected))}" for one in points)
    return Chart(
        name=f"pace-{index + 1}",
        title=f"Pace to the goal of {number(goal.target)} {name}",
        description=f"Line chart, {name} reached against an even pace. {told}.",
        spec=_spec(
            180,
            values,
            [line, marks],
            encoding={"x": _weeks_axis(weeks), "y": _y(f"{NAMES[goal.measure]} since the goal began")},
        ),
        table=table,
    )
