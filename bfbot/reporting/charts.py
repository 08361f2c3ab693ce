"""The report's charts as Vega-Lite specifications, each with its words and its table. Pure.

Axes begin at zero. An unknown week is a gap. Nothing is told by colour alone: lines differ in dash and marker,
bars carry their figures, and the table under each chart says the same.
"""

from __future__ import annotations

from bfbot.reporting.chart_frame import Chart
from bfbot.reporting.pace_chart import pace_chart
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.themes_chart import themes_chart
from bfbot.reporting.views_chart import views_chart


def charts(report: WeeklyReport) -> tuple[Chart, ...]:
    """Those for which there is anything to draw."""
    drawn = (views_chart(report), themes_chart(report), pace_chart(report))
    return tuple(one for one in drawn if one is not None)
