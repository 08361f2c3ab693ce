"""Dates of feeds."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.news.dates import LONG_AGO, UNKNOWN, Dated, believed, read

NOW = datetime(2026, 7, 10, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("raw", "hour"),
    [
        ("Thu, 09 Jul 2026 10:00:00 GMT", 10),
        ("Thu, 9 Jul 2026 10:00:00 BST", 9),
        ("Thu, 09 Jul 2026 10:00 CET", 9),
        ("09 July 2026 10:00:00 CEST", 8),
        ("Thu, 09 Jul 2026 10:00:00 EDT", 14),
        ("Thu, 09 Jul 2026 10:00:00 +0100", 9),
        ("Thu, 09 Jul 2026 10:00:00 -01:00 (comment)", 11),
        ("Thu, 09 Jul 2026 10:00:00", 10),
        ("2026-07-09T10:00:00Z", 10),
        ("2026-07-09T10:00:00+01:00", 9),
        ("2026-07-09 10:00:00 +0100", 9),
        ("2026-07-09T10:00:00.123Z", 10),
        ("2026-07-09", 0),
        ("09 Jul 2026", 0),
    ],
)
def test_dates_that_are_read(raw: str, hour: int) -> None:
    moment = read(raw)
    assert moment is not None
    assert (moment.date().isoformat(), moment.hour, moment.utcoffset()) == ("2026-07-09", hour, timedelta(0))


@pytest.mark.parametrize(
    "raw",
    [
        *("", "yesterday", "31 Feb 2026 10:00:00 GMT", "2026-02-31T10:00:00Z", "09 Foo 2026 10:00:00 GMT"),
        *("Thu, 09 Jul 2026 25:00:00 GMT", "Thu, 09 Jul 2026 10:00:00 IST", "Thu, 09 Jul 2026 10:00:00 +9999"),
        *("Fri, 01 Jan 1795 10:00:00 GMT", "Fri, 09 Jan 2099 10:00:00 GMT", "2026-07-10T13:00:01Z", "0001-01-01"),
    ],
)
def test_dates_that_cannot_be_believed_are_unknown(raw: str) -> None:
    assert believed(raw, NOW) == Dated(None, UNKNOWN)


def test_the_range() -> None:
    assert believed("2026-07-10T13:00:00Z", NOW).moment == NOW + timedelta(hours=1)
    assert believed("2026-06-10T12:00:00Z", NOW).moment == NOW - timedelta(days=30)
    assert believed("2026-06-10T11:59:59Z", NOW) == Dated(None, LONG_AGO)


@given(st.text(alphabet=st.characters(codec="utf-8") | st.sampled_from("0123456789:-+TZ ,JulGMT"), max_size=60))
def test_no_text_breaks_it_and_what_is_believed_lies_in_the_range(raw: str) -> None:
    moment = believed(raw, NOW).moment
    assert moment is None or NOW - timedelta(days=30) <= moment <= NOW + timedelta(hours=1)


@given(st.datetimes(min_value=datetime(2026, 6, 11), max_value=datetime(2026, 7, 10), timezones=st.just(UTC)))  # noqa: DTZ001 - hypothesis wants naive bounds
def test_iso_dates_come_back(moment: datetime) -> None:
    assert read(moment.isoformat()) == moment
