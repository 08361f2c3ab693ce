"""An approval that holds for more than the post's own day: what it covers, what ends it, who may give it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import pairs, review, writing
from bfbot.desk.binding import AHEAD, last_day
from bfbot.desk.judging import check_at_send
from bfbot.domain.approval import Approval
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import NotAllowed, UsageError
from bfbot.ledger import approvals, audit, models, posts
from tests.desk.steps import SOON, TEXT, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OWN, FRIDAY = date(2026, 11, 23), date(2026, 11, 27)
ZONE = "Europe/London"


def approved_until(until: date | None = FRIDAY, *, confirmed: str = "", text: str = TEXT) -> Post:
    post = in_review(text)
    return review.approve(post.id, actor=APPROVER, now=NOW, good_until=until, confirmed=confirmed)


def given(post: Post) -> Approval:
    found = approvals.standing_on(post.id)
    assert found is not None
    return found


def now_is(post: Post) -> tuple[PostState, bool]:
    """Its state, and whether an approval stands on it."""
    return posts.get(post.id).state, approvals.standing_on(post.id) is not None


def test_it_is_for_its_own_day_unless_somebody_says_otherwise(home: Path) -> None:
    for until, last in ((None, OWN), (OWN, OWN), (FRIDAY, FRIDAY), (OWN + AHEAD, OWN + AHEAD)):
        approval = given(approved_until(until, text=f"{TEXT} And {last:%A}, {until is None}."))
        assert last_day(approval, ZONE) == last
        midnight = datetime(last.year, last.month, last.day, tzinfo=UTC) + DAY
        assert approval.until == midnight
        assert approval.covers(approval.signature, midnight - timedelta(seconds=1))
        assert not approval.covers(approval.signature, midnight)
        assert approval.from_time == datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.parametrize("until", [OWN - DAY, OWN + AHEAD + DAY, date(9999, 12, 31), date.min])
def test_a_day_before_its_own_or_far_ahead_is_refused(home: Path, until: date) -> None:
    post = in_review()
    with pytest.raises(UsageError):
        review.approve(post.id, actor=APPROVER, now=NOW, good_until=until)
    assert now_is(post) == (PostState.IN_REVIEW, False)


def test_a_late_evening_and_a_short_day_end_where_they_should(home: Path) -> None:
    """Two hours past midnight belong to the day before; a day of 23 hours is a day."""
    late = in_review(at=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    review.approve(late.id, actor=APPROVER, now=NOW)
    assert given(late).until == datetime(2026, 11, 24, 1, 30, tzinfo=UTC)
    assert last_day(given(late), ZONE) == OWN
    spring = in_review(f"{TEXT} In spring.", at=datetime(2027, 3, 27, 23, 30, tzinfo=UTC))
    review.approve(spring.id, actor=APPROVER, now=NOW, good_until=date(2027, 3, 28))
    assert given(spring).until == datetime(2027, 3, 28, 23, tzinfo=UTC)
    assert last_day(given(spring), ZONE) == date(2027, 3, 28)


@pytest.mark.parametrize("state", [DeliveryState.MISSED, DeliveryState.FAILED])
def test_a_second_try_within_the_days_goes_out_without_another_approval(home: Path, state: DeliveryState) -> None:
    post = approved_until()
    set_state(post, state, reason="too_late")
    thursday = SOON + 3 * DAY
    again = review.retry(post.id, actor=AUTHOR, now=thursday - timedelta(hours=1), at=thursday)
    assert now_is(post) == (PostState.APPROVED, True)
    assert check_at_send(again.deliveries[0], thursday) == ()
    set_state(post, state, reason="too_late")
    saturday = SOON + 5 * DAY
    review.retry(post.id, actor=AUTHOR, now=thursday, at=saturday)
    assert now_is(post) == (PostState.IN_REVIEW, False)


def test_without_the_word_the_next_day_takes_another_approval(home: Path) -> None:
    post = approved_until(None)
    set_state(post, DeliveryState.MISSED, reason="too_late")
    review.retry(post.id, actor=AUTHOR, now=NOW + DAY, at=SOON + DAY)
    assert now_is(post) == (PostState.IN_REVIEW, False)


def test_what_was_missed_in_a_pause_is_approved_anew_within_the_days_too(home: Path) -> None:
    post = approved_until()
    set_state(post, DeliveryState.MISSED, reason="paused")
    review.retry(post.id, actor=AUTHOR, now=NOW + DAY, at=SOON + DAY)
    assert now_is(post) == (PostState.IN_REVIEW, False)
    post = approved_until(text=f"{TEXT} Again.")
    set_state(post, DeliveryState.MISSED, reason="paused")
    writing.rewrite(post.id, actor=AUTHOR, now=NOW + DAY, at=SOON + DAY)
    assert now_is(post) == (PostState.DRAFT, False)


def test_a_move_within_the_days_keeps_the_approval_and_is_on_record(home: Path) -> None:
    post = approved_until()
    at = SOON + 3 * DAY
    moved = writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=at, wording=post.wording, accounts=[PRACTICE])
    assert now_is(post) == (PostState.APPROVED, True)
    assert (moved.scheduled_for, moved.deliveries[0].due_at) == (at, at)
    assert (moved.signature, moved.author) == (post.signature, AUTHOR)
    assert check_at_send(moved.deliveries[0], at) == ()
    newest, before = audit.entries(f"post:{post.id}")[:2]
    assert (newest.action, newest.actor) == ("moved", AUTHOR)
    assert newest.detail["at"] == at.isoformat()
    assert (before.action, before.detail["good_until"]) == ("approved", FRIDAY.isoformat())
    assert before.detail["until"] == "2026-11-28T00:00:00+00:00"


EDITS: dict[str, Callable[[Post], object]] = {
    "out of the days": lambda post: writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=SOON + 5 * DAY),
    "before its day": lambda post: writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=SOON - DAY),
    "other words": lambda post: writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Other words.")),
    "both": lambda post: writing.rewrite(
        post.id, actor=APPROVER, now=NOW, wording=Wording("Other words."), at=SOON + DAY
    ),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_a_move_out_of_the_days_and_any_edit_void_it(home: Path, edit: Callable[[Post], object]) -> None:
    post = approved_until()
    edit(post)
    assert now_is(post) == (PostState.DRAFT, False)


def test_another_day_voids_it_once_its_approver_is_none_any_more(home: Path) -> None:
    post = approved_until()
    models.Membership.objects.filter(user__name=APPROVER).delete()
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=SOON + DAY)
    assert now_is(post) == (PostState.DRAFT, False)
    other = in_review(f"{TEXT} Again.")
    review.approve(other.id, actor=SECOND, now=NOW, good_until=FRIDAY)
    models.Membership.objects.filter(user__name=SECOND).delete()
    set_state(other, DeliveryState.FAILED, reason="rejected")
    review.retry(other.id, actor=AUTHOR, now=NOW, at=SOON + DAY)
    assert now_is(other) == (PostState.IN_REVIEW, False)


@pytest.mark.parametrize("word", ["", "Agreed with them."])
@pytest.mark.parametrize("how", ["moved", "tried again"])
def test_a_day_that_asks_for_a_word_of_its_own_takes_another_approval(home: Path, word: str, how: str) -> None:
    """A word on something else is none on that."""
    post = approved_until(confirmed=word)
    line = "{id: other, name: Their days, campaigns: [bright], from: 2026-11-25, until: 2026-11-29}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")
    if how == "moved":
        writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=SOON + DAY)
        assert now_is(post) == (PostState.APPROVED, True), "the day before theirs"
        writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=SOON + 2 * DAY)
        assert now_is(post) == (PostState.DRAFT, False)
    else:
        set_state(post, DeliveryState.FAILED, reason="rejected")
        review.retry(post.id, actor=AUTHOR, now=NOW, at=SOON + 2 * DAY)
        assert now_is(post) == (PostState.IN_REVIEW, False)
        reasons = models.Approval.objects.filter(post_id=post.id).values_list("void_reason", flat=True)
        assert list(reasons) == ["the new day takes an approval of its own"]


def test_two_languages_hold_as_long_and_move_together(home: Path) -> None:
    english, welsh = in_review(), _welsh()
    pairs.pair(english.id, welsh.id, actor=AUTHOR, now=NOW)
    review.approve(english.id, actor=APPROVER, now=NOW, good_until=FRIDAY)
    writing.rewrite(welsh.id, actor=AUTHOR, now=NOW, at=SOON + DAY)
    for half in (english, welsh):
        assert now_is(half) == (PostState.APPROVED, True)
        assert posts.get(half.id).scheduled_for == SOON + DAY
    writing.rewrite(english.id, actor=AUTHOR, now=NOW, at=SOON + 5 * DAY)
    for half in (english, welsh):
        assert now_is(half) == (PostState.DRAFT, False)


def _welsh() -> Post:
    post = writing.write(
        campaign="bright",
        accounts=[PRACTICE],
        wording=Wording("Mae hybiau teulu ar agor i bawb y gaeaf hwn.", language="cy"),
        at=SOON,
        actor=AUTHOR,
        now=NOW,
        window=timedelta(hours=4),
    )
    return review.submit(post.id, actor=AUTHOR, now=NOW)


def test_an_author_approves_an_approvers_edit_for_its_own_day_only(home: Path) -> None:
    post = in_review()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(TEXT + " Today."))
    review.submit(post.id, actor=APPROVER, now=NOW)
    with pytest.raises(NotAllowed, match="its own day only"):
        review.approve(post.id, actor=AUTHOR, now=NOW, good_until=FRIDAY)
    assert review.approve(post.id, actor=AUTHOR, now=NOW).state is PostState.APPROVED
