"""Charts: zero axes, gaps for what is unknown, words for those who hear them, and a child that ends."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from bfbot.errors import BfbotError
from bfbot.reporting import drawing
from bfbot.reporting.charts import charts
from bfbot.reporting.html import html_document, html_fragment
from bfbot.reporting.report import build
from tests.reporting.worked_example import MATERIAL

REPORT = build(MATERIAL)


def test_the_three_charts() -> None:
    assert [one.name for one in charts(REPORT)] == ["views", "themes", "pace"]


@pytest.mark.parametrize("chart", charts(REPORT), ids=lambda one: one.name)
def test_every_axis_begins_at_zero_and_every_chart_has_words_and_a_table(chart: Any) -> None:
    encoding = chart.spec["encoding"]
    every = [encoding, *(layer["encoding"] for layer in chart.spec["layer"])]
    quantities = [one for some in every for one in some.values() if one.get("type") == "quantitative"]
    assert quantities
    assert all(one["scale"]["zero"] is True for one in quantities)
    assert chart.title
    assert chart.description.endswith(".")
    assert all(len(row) == len(chart.table.head) for row in chart.table.rows)
    assert "None" not in chart.description


def test_an_unknown_week_is_a_gap_not_zero() -> None:
    views = charts(REPORT)[0]
    values = {one["week"]: one["value"] for one in views.spec["data"]["values"]}
    assert values == {
        "28 Sep": None, "5 Oct": None, "12 Oct": None, "19 Oct": None, "26 Oct": None, "2 Nov": None,
        "9 Nov": 4200, "16 Nov": 3650,
    }  # fmt: skip
    assert views.table.rows[0][6:] == ("–", "4,200 (2 of 3)", "3,650 (5 of 7)")


def test_a_week_known_in_part_stands_alone_and_hollow() -> None:
    views = charts(REPORT)[0]
    assert [one["whole"] for one in views.spec["data"]["values"]] == [None] * 8
    line, whole, partial = views.spec["layer"]
    assert line["encoding"]["y"]["field"] == "whole"
    assert (whole["mark"]["filled"], partial["mark"]["filled"]) == (True, False)
    assert "16 Nov 3,650 (5 of 7)" in views.description


def test_lines_differ_by_more_than_colour() -> None:
    line, points, _ = charts(REPORT)[0].spec["layer"]
    assert "strokeDash" in line["encoding"]
    assert "shape" in points["encoding"]


def test_drawn_once_in_a_child_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    specs = [one.spec for one in charts(REPORT)]
    drawn = drawing.draw(specs, root=tmp_path)
    assert len(drawn) == 3
    assert len(list(tmp_path.glob("*.svg"))) == 3
    monkeypatch.setattr(drawing, "_in_child", lambda _: pytest.fail("drawn again"))
    assert drawing.draw(specs, root=tmp_path) == drawn
    for one, svg in zip(charts(REPORT), drawn, strict=True):
        root = ElementTree.fromstring(drawing.labelled(svg, one.title, "<b> & co"))
        assert root.get("role") == "img"
        assert root[0].text == one.title
        assert root[1].text == "<b> & co"
        assert "<script" not in svg


def test_a_failed_drawing_is_one_clear_error_and_keeps_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing.sys, "executable", "/nowhere/python")
    with pytest.raises(BfbotError, match="could not be drawn"):
        drawing.draw([{"mark": "bar"}], root=tmp_path)
    assert not list(tmp_path.iterdir())


def test_the_document_stands_alone_and_the_fragment_needs_no_inline_style() -> None:
    document = html_document(REPORT, {"views": "<svg xmlns='http://www.w3.org/2000/svg'></svg>"})
    assert document.count("data:image/svg+xml;base64,") == 1
    assert "The picture could not be drawn" in document  # the other two: their tables stay
    assert "http://" not in document.replace("http://bad.example", "")
    fragment = html_fragment(REPORT)
    assert 'src="/reports/bright-futures/2026-W47/chart/views.svg"' in fragment
    assert "<style" not in fragment
    assert "<script" not in fragment
