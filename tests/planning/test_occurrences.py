"""Posting times by the wall clock: each local day once, whatever the clocks do that night."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.schedule import Slot
from bfbot.planning.occurrences import Occurrence, occurrences

ZONES = [
    "Europe/London",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",  # changes at midnight
    "Africa/Cairo",  # a gap at midnight
    "Australia/Lord_Howe",  # by half an hour
    "Pacific/Chatham",
    "Asia/Kolkata",
    "Pacific/Kiritimati",
    "UTC",
]
EVERY_DAY = frozenset(range(7))


def slot(at: time = time(8, 30), days: frozenset[int] = EVERY_DAY, **more: date | None) -> Slot:
    return Slot(
        id="morning",
        campaign="bright",
        days=days,
        at=at,
        kinds=frozenset({"ask"}),
        accounts=("practice",),
        window=timedelta(hours=2),
        **more,
    )


def moments(found: list[Occurrence]) -> list[datetime]:
    return [one.moment for one in found]


wall_times = st.times(min_value=time(0), max_value=time(23, 59)).map(
    lambda one: one.replace(second=0, microsecond=0)
)
days = st.dates(min_value=date(2025, 1, 1), max_value=date(2031, 12, 31))
zones = st.sampled_from(ZONES)


@given(at=wall_times, first=days, zone=zones, length=st.integers(1, 40))
def test_every_local_day_once_at_its_wall_time(at: time, first: date, zone: str, length: int) -> None:
    start = datetime.combine(first, time(0), UTC)
    found = occurrences(slot(at), zone, start, start + timedelta(days=length))
    here = [one.moment.astimezone(ZoneInfo(zone)) for one in found]
    assert moments(found) == sorted(set(moments(found)))
    assert len({one.key for one in found}) == len(found)
    assert len(found) in {length - 1, length, length + 1}
    for one, other in itertools.pairwise(here):
        assert (other.date() - one.date()).days == 1
    for one in here:
        wall = one.replace(tzinfo=None)
        wanted = datetime.combine(one.date(), at)
        assert wall == wanted or _is_gap(wanted, zone)


def _is_gap(wall: datetime, zone: str) -> bool:
    there = wall.replace(tzinfo=ZoneInfo(zone))
    return there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != wall


@given(at=wall_times, first=days, zone=zones, hours=st.lists(st.integers(1, 200), min_size=1, max_size=6))
def test_looked_at_in_pieces_they_are_the_same(at: time, first: date, zone: str, hours: list[int]) -> None:
    """Half-open ranges: none is lost and none comes twice where two looks meet."""
    start = datetime.combine(first, time(0), UTC)
    edges = [start]
    for one in hours:
        edges.append(edges[-1] + timedelta(hours=one))
    pieces = [found for a, b in itertools.pairwise(edges) for found in occurrences(slot(at), zone, a, b)]
    assert pieces == occurrences(slot(at), zone, edges[0], edges[-1])


@pytest.mark.parametrize(
    ("day", "at", "moment"),
    [
        (date(2026, 3, 28), time(1, 30), "2026-03-28T01:30"),
        (date(2026, 3, 29), time(1, 30), "2026-03-29T01:00"),  # 01:30 does not exist: the first moment after
        (date(2026, 3, 29), time(8, 30), "2026-03-29T07:30"),
        (date(2026, 10, 25), time(1, 30), "2026-10-25T00:30"),  # 01:30 comes twice: the first
        (date(2026, 10, 25), time(8, 30), "2026-10-25T08:30"),
    ],
)
def test_the_two_nights_in_london(day: date, at: time, moment: str) -> None:
    start = datetime.combine(day, time(0), ZoneInfo("Europe/London")).astimezone(UTC)
    found = occurrences(slot(at), "Europe/London", start, start + timedelta(hours=23))
    assert moments(found) == [datetime.fromisoformat(moment).replace(tzinfo=UTC)]
    assert found[0].key == f"morning@{day}T{at:%H:%M}"


def test_only_its_days_between_its_dates() -> None:
    start = datetime(2026, 11, 23, tzinfo=UTC)  # a Monday
    weekly = slot(days=frozenset({0, 4}), from_day=date(2026, 11, 24), until_day=date(2026, 12, 4))
    found = occurrences(weekly, "Europe/London", start, start + timedelta(days=30))
    assert [one.moment.date().isoformat() for one in found] == ["2026-11-27", "2026-11-30", "2026-12-04"]
