"""Dates of feeds, read with our own table of zones and believed only within a range.

feedparser reads BST and CET as UTC and accepts the year 1795; a release's date decides whether it is posted.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone

OLDEST = timedelta(days=30)
AHEAD = timedelta(hours=1)
EARLIEST_YEAR = 1995  # no feed is older; an earlier date is a fault, not an old release

UNKNOWN = "the date is missing or cannot be believed"
LONG_AGO = "it is dated more than 30 days ago"

_HOURS = {
    **dict.fromkeys(("z", "ut", "utc", "gmt", "wet"), 0.0),
    **dict.fromkeys(("bst", "cet", "west", "met", "mez"), 1.0),
    **dict.fromkeys(("cest", "eet", "mest", "mesz"), 2.0),
    **dict.fromkeys(("eest", "msk"), 3.0),
    **{"est": -5.0, "edt": -4.0, "cst": -6.0, "cdt": -5.0, "mst": -7.0, "mdt": -6.0, "pst": -8.0, "pdt": -7.0},
    **{"akst": -9.0, "akdt": -8.0, "hst": -10.0, "aest": 10.0, "aedt": 11.0, "nzst": 12.0, "nzdt": 13.0},
}
"""Hours east of Greenwich. IST is left out: Irish, Indian and Israel time share it."""

_MONTHS = {
    **{"jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6},
    **{"jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
_MAIL = re.compile(
    r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})[\s-]([a-z]{3,9})\.?[\s-](\d{4})"
    r"(?:,?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([a-z]{1,5}|[+-]\d{2}:?\d{2})?(?:\s*\([^)]*\))?)?",
    re.I,
)


@dataclass(frozen=True)
class Dated:
    """`moment` in UTC, or None with the reason: UNKNOWN (ask a person) or LONG_AGO (no news)."""

    moment: datetime | None
    warning: str = ""


def believed(raw: str, now: datetime) -> Dated:
    """The moment `raw` names, if it lies from 30 days before `now` (aware) to one hour after it."""
    moment = read(raw)
    if moment is None or moment.year < EARLIEST_YEAR or moment > now + AHEAD:
        return Dated(None, UNKNOWN)
    if moment < now - OLDEST:
        return Dated(None, LONG_AGO)
    return Dated(moment)


def read(raw: str) -> datetime | None:
    """An ISO 8601 or mail date as an aware UTC datetime; None when it is neither, or names no real day or zone.

    Without a zone it is read as UTC.
    """
    text = raw.strip()[:80]
    try:
        return _iso(text) or _mail(text)
    except (ValueError, OverflowError):
        return None


def _iso(text: str) -> datetime | None:
    if not re.match(r"\d{4}-\d{2}-\d{2}", text):
        return None
    moment = datetime.fromisoformat(re.sub(r"\s+(?=[+-]\d{2}:?\d{2}$|Z$)", "", text))
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)


def _mail(text: str) -> datetime | None:
    match = _MAIL.fullmatch(text)
    if not match:
        return None
    day, month, year, hour, minute, second, zone = match.groups()
    offset = _offset(zone)
    if offset is None:
        return None
    return datetime(
        int(year),
        _MONTHS.get(month[:3].lower(), 0),
        int(day),
        int(hour or 0),
        int(minute or 0),
        min(int(second or 0), 59),
        tzinfo=timezone(offset),
    ).astimezone(UTC)


def _offset(zone: str | None) -> timedelta | None:
    """None for a zone that is not in the table."""
    if not zone:
        return timedelta(0)
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        size = timedelta(hours=int(digits[:2]), minutes=int(digits[2:]))
        return -size if zone[0] == "-" else size
    hours = _HOURS.get(zone.lower())
    return None if hours is None else timedelta(hours=hours)
