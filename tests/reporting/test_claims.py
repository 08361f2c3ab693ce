"""What the report says in words, and the rankings and goals behind them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from bfbot.domain.campaign import Goal
from bfbot.domain.snapshot import PostFigures, Snapshot
from bfbot.domain.week import Week
from bfbot.reporting.goals import even_share
from bfbot.reporting.headline import what_changed, what_to_do
from bfbot.reporting.material import Material, Sent, Unsent
from bfbot.reporting.page import page
from bfbot.reporting.report import build
from bfbot.reporting.wording import excerpt, listed, number, signed, span
from tests.reporting.worked_example import CAMPAIGN, MASTODON, MATERIAL, NOW, WEEK, X, at


def _week_of(week: Week, views: list[int], first: int) -> list[Sent]:
    """Posts of one week, each with its figures at the close of that week and of the next one, unchanged."""
    posts = []
    for index, shown in enumerate(views):
        out = week.opens + timedelta(hours=8 + index)
        figures = PostFigures(impressions=shown, reactions=shown // 50, comments=0, shares=0, saves=0, clicks=1)
        taken = (
            Snapshot(first + index, out + timedelta(hours=72), "3d", figures),
            Snapshot(first + index, week.closes, f"week:{week}", figures),
            Snapshot(first + index, week.back(-1).closes, f"week:{week.back(-1)}", figures),
        )
        posts.append(Sent(first + index, first + index, "lga-x", out, text=f"Post {index}", snapshots=taken))
    return posts


def _two_weeks(before: list[int], now: list[int]) -> Material:
    sent = [*_week_of(WEEK.back(1), before, 100), *_week_of(WEEK, now, 200)]
    return Material(replace(CAMPAIGN, goals=()), WEEK, NOW, (X,), sent)


def test_five_posts_in_both_weeks_bear_a_percentage() -> None:
    said = what_changed(build(_two_weeks([100] * 5, [120] * 5)))
    assert said.startswith("5 posts went out, as many as the week before. Views rose by 100 (20%) to 600.")


def test_under_five_posts_bear_none() -> None:
    said = what_changed(build(_two_weeks([100] * 4, [120] * 5)))
    assert "Views rose by 200 to 600." in said
    assert "%" not in said


def test_a_first_week_and_a_new_measure() -> None:
    first = build(replace(_two_weeks([], [120] * 5), channels=(X,)))
    assert what_changed(first).startswith("5 posts went out, in the campaign’s first week. Views came to 600.")
    assert build(_two_weeks([0] * 5, [10] * 5)).measure("impressions").new


def test_no_posts_and_no_figures_are_said_plainly() -> None:
    empty = build(Material(CAMPAIGN, WEEK, NOW, (X,), ()))
    assert what_changed(empty) == "No posts went out."
    assert empty.measure("impressions").now.value is None
    unread = [replace(one, snapshots=()) for one in _week_of(WEEK, [1, 2], 1)]
    said = what_changed(build(Material(CAMPAIGN, WEEK, NOW, (X,), unread)))
    assert "Views are not known: no figures were read at the week’s close." in said
    silent = build(Material(CAMPAIGN, WEEK, NOW, (MASTODON,), ()))
    assert "No network here publishes views." in what_changed(silent)


def test_a_week_that_is_not_over_claims_nothing() -> None:
    report = build(replace(MATERIAL, now=WEEK.closes - timedelta(seconds=1)))
    assert what_changed(report).startswith("This week is not over.")
    assert page(report).as_at.startswith("The week is not over.")


def test_the_most_pressing_comes_first_and_nothing_is_nothing() -> None:
    unsent = [Unsent("lga-x", "text", one, at(18)) for one in ("unknown", "failed", "failed", "missed", "held")]
    done = what_to_do(build(replace(MATERIAL, unsent=unsent)))
    assert done[:3] == [
        "Check 1 post that may be live.",
        "Mend or cancel 2 posts that the network refused.",
        "Give 1 unsent post a new time, or cancel.",
    ]
    assert len(done) == 4
    quiet = replace(_two_weeks([100] * 5, [120] * 5), campaign=replace(CAMPAIGN, goals=(), pillars=()))
    assert what_to_do(build(quiet)) == []


def test_late_figures_are_said_to_be_late() -> None:
    late = WEEK.closes + timedelta(hours=9)
    sent = [
        replace(
            one,
            snapshots=tuple(
                replace(taken, taken_at=late) if taken.occasion == f"week:{WEEK}" else taken
                for taken in one.snapshots
            ),
        )
        for one in MATERIAL.sent
    ]
    report = build(replace(MATERIAL, sent=sent))
    assert report.taken.late == 9
    assert "Figures as at Mon 23 Nov, 09:00. Read late for 9 posts." in page(report).as_at


def test_best_and_weakest_never_share_a_post_and_small_audiences_are_left_out() -> None:
    views = [1000, 900, 800, 700, 600, 99]
    report = build(_two_weeks([], views))
    best, weakest = ([one.sent.id for one in part] for part in (report.ranking.best, report.ranking.weakest))
    assert len(best) == 3
    assert len(weakest) == 2
    assert not set(best) & set(weakest)
    assert report.ranking.small == 1
    seven = build(_two_weeks([], [500] * 7)).ranking
    assert [one.sent.id for one in seven.weakest] == [206, 205, 204]


def test_without_views_the_ranking_goes_by_interactions() -> None:
    ranking = build(replace(MATERIAL, channels=(MASTODON,))).ranking
    assert ranking.by == "engagements"
    assert [(one.sent.id, one.engagements, one.rate) for one in ranking.best] == [(8, 12, None), (9, 5, None)]


def test_an_even_pace_begins_at_nothing_and_ends_at_the_whole() -> None:
    goal = Goal("posts", 100, date(2026, 11, 16), date(2026, 11, 29))
    assert even_share(goal, WEEK.back(1)) == 0
    assert even_share(goal, WEEK) == 0.5
    assert even_share(goal, WEEK.back(-1)) == 1
    assert even_share(goal, WEEK.back(-5)) == 1
    report = build(replace(MATERIAL, campaign=replace(CAMPAIGN, goals=(goal,))))
    assert (report.goals[0].reached.value, report.goals[0].expected) == (6, 50)
    later = replace(goal, from_day=date(2026, 11, 23), until_day=date(2026, 12, 23))
    assert build(replace(MATERIAL, campaign=replace(CAMPAIGN, goals=(later,)))).goals == ()


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (Week(2026, 47), "Monday 16 to Sunday 22 November 2026"),
        (Week(2026, 49), "Monday 30 November to Sunday 6 December 2026"),
        (Week(2026, 53), "Monday 28 December 2026 to Sunday 3 January 2027"),
    ],
)
def test_the_week_in_words(week: Week, said: str) -> None:
    assert span(week) == said


def test_figures_in_words() -> None:
    assert [number(one) for one in (None, 0, 1234, -50, 2.5)] == ["–", "0", "1,234", "−50", "2.5"]
    assert [signed(one) for one in (3, 0, -3)] == ["+3", "0", "−3"]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert excerpt("one  two\nthree", 9) == "one two…"


def test_days_ahead_are_the_campaigns_own() -> None:
    late = datetime.fromisoformat("2026-06-28T23:30:00+00:00")  # Monday 00:30 in London
    report = build(
        replace(MATERIAL, week=Week(2026, 26), coming=(replace(MATERIAL.coming[0], scheduled_for=late),))
    )
    assert report.ahead[0].day == date(2026, 6, 29)
    assert report.ahead[0].approved == 1
