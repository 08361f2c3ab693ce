"""Views by channel over eight weeks: a line each, told apart by dash and marker. Pure."""

from __future__ import annotations

from typing import Any

from bfbot.domain.week import Week
from bfbot.reporting.chart_frame import Chart, Table, specification
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.wording import UNKNOWN, number, short_day

COLOURS = ("#1d4e89", "#b5541c", "#2f7d57", "#6b4c9a", "#8a6d00", "#a3335b", "#3f7f93", "#4a4a4a")
DASHES: tuple[list[int], ...] = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3], [10, 4], [4, 4], [1, 3], [12, 3])
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "stroke")
MOST_LINES = len(COLOURS)


def views_chart(report: WeeklyReport) -> Chart | None:
    """None where no week's views are known."""
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
        spec=specification(210, values, [line, *marks], encoding=encoding),
        table=table,
    )


def _partial(value: int | None, known: int, of: int, unknown: str = UNKNOWN) -> str:
    if value is None:
        return unknown
    return number(value) if known == of else f"{number(value)} ({known} of {of})"


def _week(week: Week) -> str:
    return short_day(week.monday).partition(" ")[2]


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
