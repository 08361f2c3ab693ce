"""When figures are due: in time, once, and never as if they were of another age."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.snapshot import PostFigures
from bfbot.domain.week import Week
from bfbot.measuring.adding import whole_post
from bfbot.measuring.occasions import AGES, WEEK_GRACE, YOUNG, due_day, due_occasions, spans

LONDON = "Europe/London"
OUT = datetime(2026, 11, 17, 9, tzinfo=UTC)  # a Tuesday
moments = st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001 - hypothesis adds the zone


@pytest.mark.parametrize("age", AGES, ids=lambda age: age.name)
def test_an_age_is_due_from_its_moment_to_the_end_of_its_grace(age: object) -> None:
    assert isinstance(age, type(AGES[0]))
    second = timedelta(seconds=1)
    due = [
        age.name in due_occasions(OUT, (), OUT + when, LONDON)
        for when in (age.after - second, age.after, age.after + age.grace - second, age.after + age.grace)
    ]
    assert due == [False, True, True, False]
    assert age.name not in due_occasions(OUT, {age.name}, OUT + age.after, LONDON)


def test_a_week_closes_on_the_campaigns_clock() -> None:
    summer = datetime(2026, 6, 24, 9, tzinfo=UTC)
    close = datetime(2026, 6, 28, 23, tzinfo=UTC)  # midnight in London
    assert "week:2026-W26" not in due_occasions(summer, (), close - timedelta(seconds=1), LONDON)
    assert "week:2026-W26" in due_occasions(summer, (), close, LONDON)
    assert "week:2026-W26" not in due_occasions(summer, (), close, "America/New_York")


def test_a_close_that_was_slept_through_is_taken_late_and_then_not_at_all() -> None:
    close = Week(2026, 47).closes
    assert "week:2026-W47" in due_occasions(OUT, (), close + timedelta(hours=33), LONDON)
    assert "week:2026-W47" not in due_occasions(OUT, (), close + WEEK_GRACE, LONDON)


@given(moments, st.integers(0, 60 * 24 * 60), st.sampled_from([LONDON, "America/New_York"]))
def test_what_is_due_lies_in_one_of_the_spans_that_are_looked_at(out: datetime, minutes: int, zone: str) -> None:
    now = out + timedelta(minutes=minutes)
    looked_at = {one.occasion for one in spans(now, [LONDON, zone]) if one.first <= out <= one.last}
    assert set(due_occasions(out, (), now, zone)) <= looked_at


@given(moments, st.integers(0, 60 * 24 * 60))
def test_only_young_posts_are_measured_at_a_close_and_only_after_it(out: datetime, minutes: int) -> None:
    now = out + timedelta(minutes=minutes)
    for name in due_occasions(out, (), now, LONDON):
        if name.startswith("week:"):
            close = Week.parse(name.removeprefix("week:")).closes
            assert close <= now < close + WEEK_GRACE
            assert timedelta(0) < close - out < YOUNG


@settings(deadline=None, max_examples=10)
@given(moments)
def test_a_clock_that_ticks_every_quarter_of_an_hour_misses_nothing(out: datetime) -> None:
    taken: set[str] = set()
    now = out
    for _ in range(36 * 24 * 4):
        taken.update(due_occasions(out, taken, now, LONDON))
        now += timedelta(minutes=15)
    closes = [Week.of(out, LONDON).back(-number) for number in range(6)]
    weeks = {f"week:{week}" for week in closes if week.closes - out < YOUNG}
    assert taken == {age.name for age in AGES} | weeks


def test_an_account_is_measured_once_a_local_day() -> None:
    midnight = datetime(2026, 6, 28, 23, 30, tzinfo=UTC)
    assert due_day(None, midnight, LONDON) == date(2026, 6, 29)
    assert due_day(date(2026, 6, 28), midnight, LONDON) == date(2026, 6, 29)
    assert due_day(date(2026, 6, 29), midnight, LONDON) is None


maybe = st.none() | st.integers(0, 10**6)


@given(st.lists(st.builds(PostFigures, *[maybe] * 7), min_size=2, max_size=5))
def test_a_threads_figures_add_where_all_are_known_and_reach_never_does(parts: list[PostFigures]) -> None:
    ids = [str(number) for number in range(len(parts))]
    whole = whole_post(ids, dict(zip(ids, parts, strict=True)))
    assert whole is not None
    assert whole.reach is None
    views = [one.impressions for one in parts]
    assert whole.impressions == (None if None in views else sum(one or 0 for one in views))


def test_one_part_keeps_its_reach_and_an_unknown_post_has_no_figures() -> None:
    figures = PostFigures(impressions=0, reach=7)
    assert whole_post(["a"], {"a": figures}) == figures
    assert whole_post(["a"], {}) is None
    assert whole_post(["a", "b"], {"a": figures}) == PostFigures()
