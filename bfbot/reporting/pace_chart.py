"""How much of each goal is reached, beside an even pace. Pure."""

from __future__ import annotations

from typing import Any

from bfbot.reporting.chart_frame import INK, NAMES_AXIS, Chart, Table, specification
from bfbot.reporting.goals import GoalProgress
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.wording import NAMES, number, part, total


def pace_chart(report: WeeklyReport) -> Chart | None:
    """None for a campaign without a goal that has begun."""
    if not report.goals:
        return None
    names = [f"{NAMES[one.goal.measure]}: {number(one.goal.target)}" for one in report.goals]
    values = [
        {
            "goal": name,
            "share": one.share,
            "pace": one.expected_share,
            "end": max(one.share or 0, one.expected_share),
            "label": f"{_reached(one)}, even pace {part(one.expected_share)}",
        }
        for name, one in zip(names, report.goals, strict=True)
    ]
    most = max(1.0, *(one.share or 0 for one in report.goals))

    def share(field: str) -> dict[str, Any]:
        return {
            "field": field,
            "type": "quantitative",
            "scale": {"zero": True, "domain": [0, most]},
            "axis": {"title": "Share of the goal", "format": ".0%", "tickCount": 5},
        }

    y = {
        "field": "goal",
        "type": "nominal",
        "sort": names,
        "axis": {**NAMES_AXIS, "labelFontSize": 12},
    }
    bars = {"mark": {"type": "bar", "color": "#7ea3c7", "height": 16}, "encoding": {"x": share("share")}}
    ticks = {
        "mark": {"type": "tick", "color": INK, "thickness": 3, "size": 26},
        "encoding": {"x": share("pace")},
    }
    labels = {
        "mark": {"type": "text", "align": "left", "dx": 8, "fontSize": 11.5, "color": INK},
        "encoding": {"x": share("end"), "text": {"field": "label"}},
    }
    told = "; ".join(f"{one['goal']}: {one['label']}" for one in values)
    return Chart(
        name="pace",
        title="Pace to the goal: the bar is what is reached, the line an even pace",
        description=f"Bar chart. {told}.",
        spec=specification(len(names) * 34, values, [bars, ticks, labels], encoding={"y": y}),
        table=Table(
            ("Goal", "Reached", "Target", "Share", "At an even pace"),
            tuple(
                (
                    f"{NAMES[one.goal.measure]}, {one.goal.from_day:%B %Y} to {one.goal.until_day:%B %Y}",
                    total(one.reached),
                    number(one.goal.target),
                    part(one.share),
                    part(one.expected_share),
                )
                for one in report.goals
            ),
        ),
    )


def _reached(goal: GoalProgress) -> str:
    return f"{part(goal.share)} reached" if goal.share is not None else "not known"
