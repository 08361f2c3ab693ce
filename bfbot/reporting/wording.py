"""Figures and times as the report prints them. Unknown is a dash, never 0. Pure."""

from __future__ import annotations

from datetime import date, datetime

from bfbot.domain.localtime import local
from bfbot.domain.week import Week
from bfbot.reporting.channels import Reach
from bfbot.reporting.gains import Rate, Total

UNKNOWN = "–"
NAMES = {"posts": "Posts", "impressions": "Views", "engagements": "Interactions", "clicks": "Link clicks"}
OUTCOMES = {
    "failed": "refused by the network",
    "missed": "not sent: too late",
    "not_approved": "not sent: not approved in time",
    "paused": "not sent: paused",
    "held": "stopped",
    "unknown": "check: may be live",
    "withdrawn": "cancelled",
}


def number(value: float | None) -> str:
    """12,345; a median below 100 may end in .5; a fall has a real minus sign."""
    if value is None:
        return UNKNOWN
    shown = f"{abs(value):,.1f}".removesuffix(".0") if abs(value) < 100 else f"{abs(value):,.0f}"
    return f"−{shown}" if value < 0 else shown


def signed(value: int) -> str:
    return f"+{value:,}" if value > 0 else number(value)


def part(share: float | None, places: int = 0) -> str:
    """A share of 1 as per cent."""
    return UNKNOWN if share is None else f"{100 * share:,.{places}f}%"


def rate(value: Rate) -> str:
    return part(value.value, 2)


def total(value: Total) -> str:
    """The sum; where some posts are missing, of how many it is: 3,650 (5 of 7)."""
    if value.value is None or value.complete:
        return number(value.value)
    return f"{number(value.value)} ({value.known} of {value.of})"


def reach(value: Reach) -> str:
    """A network's own figure, or the range, or that there is none."""
    if value.figure is not None:
        return number(value.figure)
    if value.least is None or value.most is None:
        return "not available"
    if value.least == value.most:
        return number(value.least)
    return f"{number(value.least)} to {number(value.most)}"


def count(many: int, one: str, more: str = "") -> str:
    """1 post, 2 posts."""
    return f"{many:,} {one if many == 1 else more or one + 's'}"


def day(value: date) -> str:
    """Monday 16 November."""
    return f"{value:%A} {value.day} {value:%B}"


def short_day(value: date) -> str:
    """Mon 16 Nov."""
    return f"{value:%a} {value.day} {value:%b}"


def moment(value: datetime, zone: str) -> str:
    """Mon 23 Nov, 00:04, on the campaign's clock."""
    there = local(value, zone)
    return f"{short_day(there.date())}, {there:%H:%M}"


def span(week: Week) -> str:
    """Monday 16 to Sunday 22 November 2026, naming month and year twice only where they differ."""
    first, last = week.monday, date.fromisocalendar(week.year, week.number, 7)
    start = f"{first:%A} {first.day}"
    if first.month != last.month:
        start += f" {first:%B}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start} to {last:%A} {last.day} {last:%B} {last.year}"


def excerpt(text: str, most: int = 110) -> str:
    """The beginning of a post, cut at a word, on one line."""
    line = " ".join(text.split())
    if len(line) <= most:
        return line
    cut = line[:most].rsplit(" ", 1)[0].rstrip(",;:.–- ")
    return f"{cut}…"


def listed(items: list[str]) -> str:
    """a, b and c."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""
