"""The reporting week: Monday to Sunday by the campaign's clock, half-open."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.week import Week
from bfbot.errors import UsageError

MOMENTS = st.integers(0, 15 * 366 * 24 * 3600).map(
    lambda seconds: datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
)
ZONES = st.sampled_from(["Europe/London", "America/New_York", "UTC"])


@given(moment=MOMENTS, zone=ZONES)
def test_every_moment_is_in_exactly_one_week(moment: datetime, zone: str) -> None:
    week = Week.of(moment, zone)
    assert moment in week
    assert moment not in week.back(1)
    assert moment not in week.back(-1)
    assert week.back(1).closes == week.opens


def test_the_weeks_in_which_the_clocks_change_are_an_hour_short_and_long() -> None:
    hours = {str(week): (week.closes - week.opens) / timedelta(hours=1) for week in _weeks("2026-W12", 34)}
    assert hours["2026-W13"] == 167
    assert hours["2026-W43"] == 169
    assert sorted(set(hours.values())) == [167, 168, 169]


def test_it_reads_what_it_writes() -> None:
    assert str(Week.parse("2026-w07")) == "2026-W07"
    assert Week.parse("2026-W53").monday.isoformat() == "2026-12-28"


@pytest.mark.parametrize("text", ["2026", "2026-W54", "2025-W53", "2026-W00", "last week", "2026-W1x"])
def test_what_is_no_week_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="not a week"):
        Week.parse(text)


def _weeks(first: str, many: int) -> list[Week]:
    start = Week.parse(first)
    return [start.back(-number) for number in range(many)]
