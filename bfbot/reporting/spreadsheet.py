"""The report as CSV: one figure a row, so that a spreadsheet can filter and pivot it. Pure.

An unknown figure is an empty cell. Every row carries SAMPLE where the figures are practice. A text that a
spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers, falls included.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

from bfbot.reporting.json_shape import shape
from bfbot.reporting.report import WeeklyReport

HEAD = ("sample", "campaign", "week", "section", "item", "measure", "value", "known", "of", "note")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_Row = tuple[str, str, str, Any, Any, Any, str]  # section, item, measure, value, known, of, note


def to_csv(report: WeeklyReport) -> str:
    """Lines end in CRLF, as RFC 4180 has them."""
    data = shape(report)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEAD)
    stamp = "SAMPLE" if report.sample else ""
    for row in _rows(data):
        writer.writerow([safe(cell) for cell in (stamp, data["campaign"], data["week"], *row)])
    return out.getvalue()


def safe(cell: object) -> str:
    """A cell's text, neutralised if it could run as a formula; None is empty."""
    if cell is None:
        return ""
    text = str(cell)
    if _NUMBER.fullmatch(text):
        return text
    return f"'{text}" if text[:1] in {"\t", "\r"} or text.lstrip()[:1] in {"=", "+", "-", "@"} else text


def _rows(data: dict[str, Any]) -> Iterator[_Row]:
    about = ("from", "to", "timezone", "snapshot_from", "snapshot_at", "made_at", "owner", "what_changed")
    for name in about:
        yield ("about", "", name, data[name], None, None, "")
    complete = data["accounts_complete"]
    yield ("about", "", "accounts_complete", complete["known"], complete["known"], complete["of"], "")
    for left_out in data["practice_left_out"]:
        yield ("about", left_out, "practice_left_out", None, None, None, "practice figures are kept apart")
    if data["comment"]:
        yield ("about", data["comment"]["by"], "comment", data["comment"]["text"], None, None, "")
    for one in data["measures"]:
        of = one["week_of"]
        yield ("measures", "", one["measure"], one["week"], of["known"], of["of"], "new" if one["new"] else "")
        for name in ("last_week", "change", "change_per_cent", "median_of_four_weeks"):
            yield ("measures", "", f"{one['measure']} {name}", one[name], None, None, "")
    overall = data["engagement_rate"]
    yield ("measures", "", "engagement_rate", overall["value"], overall["known"], overall["of"], "")
    for goal in data["goals"]:
        of = goal["reached_of"]
        item = f"{goal['measure']} {goal['from']} to {goal['until']}"
        yield ("goals", item, "reached", goal["reached"], of["known"], of["of"], "")
        for name in ("target", "share", "expected", "expected_share"):
            yield ("goals", item, name, goal[name], None, None, "")
    yield from _channel_rows(data)
    for theme in data["pillars"]:
        for name in (
            "posts",
            "posts_share",
            "impressions",
            "impressions_share",
            "engagements",
            "engagements_share",
        ):
            yield ("pillars", theme["name"], name, theme[name], None, None, "")
    yield from _post_rows(data)
    for pause in data["pauses"]:
        ended = pause["until"] or "still stands"
        yield ("pauses", pause["by"], pause["reason"], None, None, None, f"{pause['from']} to {ended}")
    for ahead in data["next_week"]:
        yield ("next week", ahead["day"], "approved", ahead["approved"], None, None, "")
        yield ("next week", ahead["day"], "waiting", ahead["waiting"], None, None, "")


def _channel_rows(data: dict[str, Any]) -> Iterator[_Row]:
    for one in data["channels"]:
        item = one["account"]
        for name in ("posts", "deleted", "not_sent"):
            yield ("channels", item, name, one[name], None, None, "")
        for name in ("impressions", "engagements", "clicks", "engagement_rate"):
            known = one["known"][name]
            fall = one["restated"].get(name)
            note = f"restated by {fall}" if fall else ""
            yield ("channels", item, name, one[name], known["known"], known["of"], note)
        yield ("channels", item, "reach", one["reach"], None, None, one["reach_window"] or "not available")
        for name, bound in zip(("reach_at_least", "reach_at_most"), one["reach_range"] or (), strict=False):
            yield ("channels", item, name, bound, None, None, one["reach_window"] or "")
        yield ("channels", item, "followers", one["followers"], None, None, "potential audience, not reach")
    for account, points in data["impressions_by_week"].items():
        for point in points:
            yield ("eight weeks", account, f"impressions {point['week']}", point["impressions"], None, None, "")


def _post_rows(data: dict[str, Any]) -> Iterator[_Row]:
    for section in ("top", "bottom"):
        for one in data[section]:
            for name in ("impressions", "engagements", "engagement_rate"):
                yield (section, one["text"], name, one[name], None, None, f"{one['account']}, at 72 hours")
    for one in data["not_sent"]:
        yield ("not sent", one["text"], one["outcome"], None, None, None, f"{one['account']}, {one['due_at']}")
