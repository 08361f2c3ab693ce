"""What every chart of the report is built in: its words, its table, its looks. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

INK, MUTED, RULE = "#1f2a37", "#5b6672", "#d9dee4"
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


NAMES_AXIS: dict[str, Any] = {
    "title": None,
    "labelLimit": 200,
    "labelColor": INK,
    "labelPadding": 6,
    "ticks": False,
    "domain": False,
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


def specification(
    height: int, values: list[dict[str, Any]], layers: list[dict[str, Any]], **more: Any
) -> dict[str, Any]:
    """A whole Vega-Lite specification; `height` in pixels, `more` beside the usual keys."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": 560,
        "height": height,
        "data": {"values": values},
        "config": _CONFIG,
        "layer": layers,
        **more,
    }
