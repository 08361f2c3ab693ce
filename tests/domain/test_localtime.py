"""Wall-clock times on ordinary days and on the two nights when the clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.localtime import local, typed_time, wall_to_utc
from bfbot.errors import UsageError

LONDON = "Europe/London"
ZONES = st.sampled_from([LONDON, "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "UTC"])
DAYS = st.dates(date(2024, 1, 1), date(2035, 12, 31))
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))


@pytest.mark.parametrize(
    ("day", "at", "utc"),
    [
        (date(2026, 7, 25), time(8, 30), "2026-07-25T07:30"),  # summer time
        (date(2026, 12, 25), time(8, 30), "2026-12-25T08:30"),
        (date(2026, 3, 29), time(0, 59), "2026-03-29T00:59"),  # the last minute before the gap
        (date(2026, 3, 29), time(1, 0), "2026-03-29T01:00"),  # in the gap: the first moment after it
        (date(2026, 3, 29), time(1, 30), "2026-03-29T01:00"),
        (date(2026, 3, 29), time(2, 0), "2026-03-29T01:00"),  # the first moment after it, as such
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30"),  # twice: the first
        (date(2026, 10, 25), time(2, 0), "2026-10-25T02:00"),
    ],
)
def test_a_posting_time_in_london(day: date, at: time, utc: str) -> None:
    assert wall_to_utc(day, at, LONDON) == datetime.fromisoformat(utc + "+00:00")


@given(day=DAYS, at=TIMES, zone=ZONES)
def test_a_wall_time_comes_back_as_itself_or_just_after_a_gap(day: date, at: time, zone: str) -> None:
    moment = wall_to_utc(day, at, zone)
    wished = datetime.combine(day, at)
    here = local(moment, zone).replace(tzinfo=None)
    assert moment.tzinfo is UTC
    if here != wished:
        assert wished < here <= wished + timedelta(hours=1), "only a gap moves it, and only forward"
        before = local(moment - timedelta(minutes=1), zone).replace(tzinfo=None)
        assert before < wished, "the very first moment after the gap"


@given(day=DAYS, early=TIMES, later=TIMES, zone=ZONES)
def test_later_on_the_wall_is_never_earlier_in_the_world(day: date, early: time, later: time, zone: str) -> None:
    early, later = sorted((early, later))
    first = datetime.combine(day, early, ZoneInfo(zone))
    if first.replace(fold=0).utcoffset() == first.replace(fold=1).utcoffset():
        assert wall_to_utc(day, early, zone) <= wall_to_utc(day, later, zone)


def test_a_typed_time_without_offset_is_the_campaigns() -> None:
    assert typed_time(" 2026-07-25T08:30 ", LONDON) == datetime(2026, 7, 25, 7, 30, tzinfo=UTC)
    assert typed_time("2026-07-25 08:30", "UTC") == datetime(2026, 7, 25, 8, 30, tzinfo=UTC)
    assert typed_time("2026-10-25T01:30+00:00", LONDON) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2026-03-29T01:30", "does not exist"),
        ("2026-10-25T01:30", "happens twice"),
        ("2026-10-25", "no time"),
        ("tomorrow", "not a time"),
        ("2026-02-30T10:00", "not a time"),
    ],
)
def test_a_doubtful_time_is_refused_with_its_mend(text: str, words: str) -> None:
    with pytest.raises(UsageError, match=words) as refused:
        typed_time(text, LONDON)
    assert refused.value.mend
