"""The days ahead are filled once, whoever plans and however often."""

from __future__ import annotations

import shutil
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bfbot.config import config
from bfbot.desk import review, standing, writing
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.ledger import models, occurrences, posts
from bfbot.library import current_revision
from bfbot.planning.plan import NOTHING_FREE, gaps, plan_ahead
from tests.desk.steps import at_once
from tests.filed import database_in
from tests.workspace import APPROVER, AUTHOR, NOW, change, clear, small_workspace

WEEK = timedelta(days=7)
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    yield small_workspace(config().home)
    clear(config().home)


def _planned() -> list[Post]:
    return [one for one in posts.listing() if one.message]


@pytest.mark.django_db
def test_a_week_is_planned_for_every_schedule_and_only_once(home: Path) -> None:
    assert plan_ahead(NOW) == 13
    slots = Counter(one.occurrence.partition("@")[0] for one in _planned() if one.occurrence)
    assert slots == {"morning": 4, "evening": 7, "county-noon": 2}  # on Monday 08:30 is over
    assert {one.author for one in _planned()} == {"planner"}
    assert plan_ahead(NOW) == 0
    assert plan_ahead(NOW + timedelta(hours=1)) == 0
    assert len(_planned()) == 13
    assert all(NOW <= one.scheduled_for < NOW + WEEK for one in _planned())


@pytest.mark.django_db
def test_rest_is_kept_on_the_account_over_weeks(home: Path) -> None:
    for day in (0, 6, 12):
        plan_ahead(NOW + timedelta(days=day))
    _rested()


def _rested() -> None:
    for message in current_revision(NOW).messages.values():
        moments = [one.scheduled_for for one in _planned() if one.message == message.id]
        assert all(b - a >= timedelta(days=message.rest_days) for a, b in pairwise(moments)), message.id


@pytest.mark.django_db
def test_what_a_person_said_by_hand_rests_too(home: Path) -> None:
    text = "A long bus ride should never stand between a child and support."
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    writing.write(
        campaign="county",
        accounts=["practice-county"],
        wording=Wording(text),
        at=noon - timedelta(hours=2),
        actor=AUTHOR,
        now=NOW,
    )
    plan_ahead(NOW)
    assert noon not in {one.scheduled_for for one in _planned() if one.campaign == "county"}


@pytest.mark.django_db
def test_a_withdrawn_post_leaves_its_posting_time_empty_and_its_text_free(home: Path) -> None:
    plan_ahead(NOW, timedelta(hours=10))
    (post,) = _planned()
    review.withdraw(post.id, actor=AUTHOR, now=NOW)
    assert plan_ahead(NOW, timedelta(hours=10)) == 0
    assert post.text.split()[0] not in {use.text.split()[0] for use in occurrences.uses(NOW)}


@pytest.mark.django_db
def test_a_posting_time_that_nothing_fills_is_tried_again_and_then_shown_as_empty(home: Path) -> None:
    change(home, "kind: action, campaign: county", "kind: video, campaign: county")
    noon = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    plan_ahead(NOW)
    assert not [one for one in _planned() if one.campaign == "county"]
    assert [one.moment for one in gaps(NOW) if one.slot.id == "county-noon"] == [noon, noon + timedelta(days=2)]
    assert occurrences.starved(NOW, NOW + WEEK) == []
    plan_ahead(noon - timedelta(seconds=30))
    (empty,) = occurrences.starved(NOW, NOW + WEEK)
    assert (empty.slot, empty.moment, empty.outcome) == ("county-noon", noon, NOTHING_FREE)
    change(home, "kind: video, campaign: county", "kind: action, campaign: county")
    plan_ahead(noon - timedelta(seconds=20))
    assert [one.scheduled_for for one in _planned() if one.campaign == "county"] == [noon + timedelta(days=2)]


@pytest.mark.django_db
def test_a_refused_message_gives_its_turn_to_the_next(home: Path) -> None:
    change(home, "A long bus ride should never stand between a child and support.", "The gap is {fact:gap}.")
    plan_ahead(NOW)
    assert not [one for one in _planned() if one.campaign == "county"]
    assert [one for one in _planned() if one.campaign == "bright"]


@pytest.mark.django_db
def test_quiet_times_are_passed_over(home: Path) -> None:
    change(home, 'at: "18:00"', 'at: "22:00"')
    plan_ahead(NOW)
    assert gaps(NOW) == []
    assert "evening" not in {(one.occurrence or "").partition("@")[0] for one in _planned()}


@pytest.mark.django_db
@pytest.mark.parametrize("monday", [date(2026, 10, 19), date(2027, 3, 22)])
def test_over_a_clock_change_each_posting_time_comes_once_at_its_wall_time(home: Path, monday: date) -> None:
    files = home / "messages" / "all.yaml"
    files.write_text(files.read_text().replace("rest_days: 3", "rest_days: 2"))
    start = datetime(monday.year, monday.month, monday.day, tzinfo=UTC)
    for day in range(0, 14, 4):
        plan_ahead(start + timedelta(days=day))
    here = [
        one.scheduled_for.astimezone(ZoneInfo("Europe/London")) for one in _planned() if one.campaign == "bright"
    ]
    evenings = [one for one in here if one.hour > 12]
    assert {f"{one:%H:%M}" for one in here} == {"08:30", "18:00"}
    assert all((b.date() - a.date()).days == 1 for a, b in pairwise(evenings))


@pytest.mark.django_db
def test_what_is_approved_for_repeat_is_planned_as_approved_until_it_lapses(home: Path) -> None:
    for message in current_revision(NOW).messages:
        standing.sign_message(message, actor=APPROVER, now=NOW, until=date(2026, 12, 31))
    plan_ahead(NOW)
    assert {one.state for one in _planned()} == {PostState.APPROVED}
    change(home, "should never stand between", "must never stand between")
    plan_ahead(NOW)
    assert {one.state for one in _planned() if one.campaign == "county"} == {PostState.IN_REVIEW}
    assert {one.state for one in _planned() if one.campaign == "bright"} == {PostState.APPROVED}
    assert all("must never" in one.text for one in _planned() if one.campaign == "county")


@pytest.mark.django_db(transaction=True)
def test_two_planners_at_once_fill_each_posting_time_once(transactional_db: None, tmp_path: Path) -> None:
    with database_in(tmp_path):
        small_workspace(config().home)
        current_revision(NOW)
        counts: list[int] = []
        assert at_once(*[lambda: counts.append(plan_ahead(NOW))] * 3) == []
        assert sum(counts) == len(_planned()) == 13
        assert len({one.occurrence for one in _planned()}) == 13
        _rested()
        assert models.Occurrence.objects.count() == 13
        clear(config().home)


@pytest.mark.django_db
def test_a_week_of_both_shipped_campaigns_is_planned_in_two_seconds(db: None) -> None:
    home = config().home
    clear(home)
    for folder in ("messages", "schedules"):
        shutil.copytree(ROOT / folder, home / folder)
    try:
        current_revision(NOW)
        began = time.process_time()
        assert plan_ahead(NOW) >= 20
        took = time.process_time() - began
        began = time.process_time()
        assert plan_ahead(NOW) == 0
        assert time.process_time() - began < 0.3
        assert took < 2
    finally:
        clear(home)
