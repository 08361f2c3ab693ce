"""Null is not zero, whatever the figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.snapshot import PostFigures, Snapshot
from bfbot.reporting.channels import week_reach
from bfbot.reporting.comparing import change_between
from bfbot.reporting.gains import Total, add_up, gain, measured_in, published_in, week_rate
from bfbot.reporting.json_shape import shape
from bfbot.reporting.material import Sent
from bfbot.reporting.report import build
from tests.reporting.worked_example import MATERIAL, SENT, WEEK, X, at

maybe = st.none() | st.integers(0, 10**9)
figures = st.builds(PostFigures, *[maybe] * 7)


def _sent(closing: PostFigures | None, opening: PostFigures | None, *, new: bool) -> Sent:
    shots = [
        Snapshot(1, WEEK.closes if name == WEEK else WEEK.opens, f"week:{name}", taken)
        for name, taken in ((WEEK.back(1), opening), (WEEK, closing))
        if taken is not None
    ]
    return Sent(1, 1, "lga-x", at(17) if new else at(10), snapshots=tuple(shots))


@given(st.lists(maybe))
def test_a_sum_holds_what_is_known_and_nothing_else(values: list[int | None]) -> None:
    total = add_up(values)
    known = [one for one in values if one is not None]
    assert total.value == (sum(known) if known else None)
    assert (total.known, total.of) == (len(known), len(values))


@given(figures)
def test_a_missing_start_is_unknown_unless_the_post_is_new(closing: PostFigures) -> None:
    assert gain(_sent(closing, None, new=False), "impressions", WEEK) is None
    assert gain(_sent(closing, None, new=True), "impressions", WEEK) == closing.impressions
    assert gain(_sent(None, closing, new=False), "impressions", WEEK) is None


@given(figures, figures)
def test_a_gain_is_the_difference_or_unknown(opening: PostFigures, closing: PostFigures) -> None:
    found = gain(_sent(closing, opening, new=False), "clicks", WEEK)
    if opening.clicks is None or closing.clicks is None:
        assert found is None
    else:
        assert found == closing.clicks - opening.clicks
        assert add_up([found]).restated == min(found, 0)


@given(figures, figures)
def test_interactions_of_unlike_kinds_have_no_difference(opening: PostFigures, closing: PostFigures) -> None:
    found = gain(_sent(closing, opening, new=False), "engagements", WEEK)
    names = ("reactions", "comments", "shares", "saves")
    same = all((getattr(opening, name) is None) == (getattr(closing, name) is None) for name in names)
    assert (found is not None) == (same and closing.engagements is not None)


@given(st.lists(figures, min_size=1, max_size=6))
def test_a_rate_is_sum_by_sum_over_posts_that_have_both(every: list[PostFigures]) -> None:
    rate = week_rate([_sent(one, None, new=True) for one in every], WEEK)
    both = [one for one in every if one.engagements is not None and one.impressions is not None]
    assert (rate.known, rate.of) == (len(both), len(every))
    shown = sum(one.impressions or 0 for one in both)
    assert rate.value == (round(sum(one.engagements or 0 for one in both) / shown, 4) if shown else None)


@given(st.lists(figures, min_size=1, max_size=6))
def test_reach_is_a_range_and_never_a_sum(every: list[PostFigures]) -> None:
    reach = week_reach([_sent(one, None, new=True) for one in every], None, WEEK)
    known = [one.reach for one in every if one.reach is not None]
    assert reach.figure is None
    if len(known) < len(every):
        assert reach.least is None
        assert reach.most is None
    else:
        assert (reach.least, reach.most) == (max(known), sum(known))


def test_no_reach_total_in_the_report() -> None:
    data = shape(build(MATERIAL))
    assert not any("reach" in one["measure"] for one in data["measures"])
    assert not any("reach" in key for key in data if key != "reached")


def test_a_post_belongs_to_the_week_from_its_first_moment_to_before_its_last() -> None:
    one = replace(SENT[0], published_at=WEEK.opens)
    assert published_in(one, WEEK)
    assert not published_in(replace(one, published_at=WEEK.closes), WEEK)
    assert measured_in(replace(one, published_at=WEEK.closes - timedelta(days=35) + timedelta(seconds=1)), WEEK)
    assert not measured_in(replace(one, published_at=WEEK.closes - timedelta(days=35)), WEEK)
    deleted = replace(one, deleted_at=at(18))
    assert not published_in(deleted, WEEK)
    assert not measured_in(deleted, WEEK)


def test_deleted_posts_are_counted_apart() -> None:
    gone = (replace(SENT[0], deleted_at=at(18)), *SENT[1:])
    report = build(replace(MATERIAL, sent=gone))
    assert (report.channels[0].posts, report.channels[0].deleted, report.deleted) == (3, 1, 1)


def test_what_may_be_claimed_of_a_change() -> None:
    def known(value: int) -> Total:
        return Total(value, 1, 1)

    assert change_between(known(12), known(10), True) == (2, 20.0, False)
    assert change_between(known(12), known(10), False) == (2, None, False)  # under 5 posts
    assert change_between(known(12), known(0), True) == (12, None, True)  # new, not infinite
    assert change_between(known(0), known(0), True) == (0, None, False)
    assert change_between(Total(12, 1, 2), known(10), True) == (None, None, False)  # incomplete
    assert change_between(known(12), None, True) == (None, None, False)


def test_figures_of_the_other_kind_are_dropped() -> None:
    mixed = tuple(
        replace(one, snapshots=tuple(replace(taken, practice=True) for taken in one.snapshots)) for one in SENT
    )
    report = build(replace(MATERIAL, sent=mixed))
    assert report.channels[0].channel == X
    assert report.measure("impressions").now.value is None
