"""The report as HTML: a fragment for the desk's pages, and one file that stands alone.

The fragment has no script and no inline style, so that a strict content security policy holds; its charts are
pictures at an address. The file carries its style and its pictures in itself.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from django.template import Context, Engine

from bfbot.reporting.page import page
from bfbot.reporting.report import WeeklyReport

_FOLDER = Path(__file__).parent / "templates" / "reporting"


def chart_address(report: WeeklyReport) -> Callable[[str], str]:
    """Where the desk serves a chart of this report."""
    return lambda name: f"/reports/{report.campaign.id}/{report.week}/chart/{name}.svg"


def html_fragment(report: WeeklyReport, address: Callable[[str], str | None] | None = None) -> str:
    """The report's article; `address` gives a chart's URL, None where there is no picture (its table stays)."""
    address = address or chart_address(report)
    shown = page(report)
    sections = [
        {
            "title": section.title,
            "blocks": [
                {"block": block, "picture": address(block.chart.name) if block.chart else None}
                for block in section.blocks
            ],
        }
        for section in shown.sections
    ]
    return _render("report.html", {"page": shown, "sections": sections})


def html_document(report: WeeklyReport, drawings: Mapping[str, str]) -> str:
    """One file with everything in it. `drawings` maps a chart's name to its SVG; a missing one is left out."""
    urls = {
        name: f"data:image/svg+xml;base64,{b64encode(svg.encode()).decode()}" for name, svg in drawings.items()
    }
    context = {
        "title": f"{report.campaign.name}: weekly reach report, {report.week}",
        "body": html_fragment(report, urls.get),
        "style": stylesheet(),
    }
    return _render("document.html", context)


def stylesheet() -> str:
    """The CSS of the fragment; every rule begins with .report."""
    return (_FOLDER / "report.css").read_text(encoding="utf-8")


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(_FOLDER)], autoescape=True)


def _render(name: str, context: Mapping[str, object]) -> str:
    return str(_engine().get_template(name).render(Context(dict(context))))
