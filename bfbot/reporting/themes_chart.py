"""Each theme's share of the week's posts beside its share of what came of them. Pure."""

from __future__ import annotations

from bfbot.reporting.chart_frame import INK, NAMES_AXIS, Chart, Table, specification
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.wording import part


def themes_chart(report: WeeklyReport) -> Chart | None:
    """None for a week without posts."""
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
        "axis": NAMES_AXIS,
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
        spec=specification(
            len(rows) * len(names) * 15 + 10, values, [bars, labels], encoding={"y": y, "yOffset": offset, "x": x}
        ),
        table=table,
    )
