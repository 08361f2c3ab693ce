"""After a pause: one list, dealt with many at once; and feeds come back as drafts."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import backlog, standing, stops
from bfbot.desk.automatic import draft_from_release
from bfbot.domain.hold import Scope
from bfbot.domain.post import Post
from bfbot.domain.release import Release, ReleaseState
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import UsageError
from bfbot.ledger import approvals, posts, releases
from bfbot.library import current_revision
from tests.desk.steps import SOON, approved, drafted, set_state
from tests.workspace import APPROVER, AUTHOR, NOW

pytestmark = pytest.mark.django_db
LATER = SOON + timedelta(minutes=30)


def missed_in_a_pause(count: int) -> list[Post]:
    found = [approved(f"Family hub number {one} is open to everybody.") for one in range(count)]
    stops.pause(actor=AUTHOR, now=NOW, reason="Mourning.")
    stops.resume(actor=APPROVER, now=LATER)
    return found


def test_new_times_are_given_to_many_at_once_an_hour_apart_for_approval(home: Path) -> None:
    late = missed_in_a_pause(3)
    drafted("A draft is not late.")
    assert [one.id for one in backlog.not_sent()] == [one.id for one in late]
    first = LATER + timedelta(days=1)
    dealt = backlog.give_new_times([one.id for one in late], actor=AUTHOR, now=LATER, first=first)
    assert dealt.done == tuple(one.id for one in late)
    again = [posts.get(one.id) for one in late]
    assert [one.scheduled_for for one in again] == [first + timedelta(hours=step) for step in range(3)]
    assert {one.state for one in again} == {PostState.IN_REVIEW}
    assert {approvals.standing_on(one.id) for one in again} == {None}
    assert [one.first_planned_at for one in again] == [one.first_planned_at for one in late]
    assert backlog.not_sent() == []


def test_what_cannot_be_done_is_told_and_takes_no_time(home: Path) -> None:
    late = missed_in_a_pause(2)
    fine = approved("Libraries open early in the holidays.", at=SOON + timedelta(hours=9))
    first = LATER + timedelta(hours=2)
    ids = [late[0].id, fine.id, late[1].id, late[0].id]
    dealt = backlog.give_new_times(ids, actor=AUTHOR, now=LATER, first=first)
    assert (dealt.done, list(dealt.refused)) == ((late[0].id, late[1].id), [fine.id])
    assert posts.get(late[1].id).scheduled_for == first + timedelta(hours=1)


def test_all_are_cancelled_at_once(home: Path) -> None:
    late = missed_in_a_pause(2)
    dealt = backlog.cancel_all([one.id for one in late], actor=AUTHOR, now=LATER, reason="Out of place now.")
    assert len(dealt.done) == 2
    assert {posts.get(one.id).state for one in late} == {PostState.WITHDRAWN}


def test_no_burst_and_no_past(home: Path) -> None:
    late = [one.id for one in missed_in_a_pause(1)]
    with pytest.raises(UsageError):
        backlog.give_new_times(late, actor=AUTHOR, now=LATER, first=NOW)
    with pytest.raises(UsageError):
        backlog.give_new_times(late, actor=AUTHOR, now=LATER, first=LATER, apart=timedelta())


def test_what_was_missed_in_a_pause_comes_first(home: Path) -> None:
    slept = approved("A computer was asleep at its time.")
    set_state(slept, DeliveryState.MISSED, reason="too_late")
    late = missed_in_a_pause(1)
    assert [one.id for one in backlog.not_sent()] == [late[0].id, slept.id]


def _release() -> Release:
    return releases.add(
        "news",
        "guid:one",
        guid="one",
        link="https://news.example/one",
        title="Councils open new family hubs",
        summary="",
        published_at=NOW,
        content_digest="0",
        state=ReleaseState.NEW,
        why="",
        now=NOW,
    )


@pytest.mark.parametrize(
    ("scope", "scope_id", "back"),
    [
        (Scope.EVERYTHING, "", True),
        (Scope.CAMPAIGN, "bright", True),
        (Scope.FEED, "news", True),
        (Scope.ACCOUNT, "practice", True),
        (Scope.CAMPAIGN, "county", False),
    ],
)
def test_a_feeds_post_that_was_to_go_out_after_the_pause_waits_for_a_person(
    home: Path, scope: Scope, scope_id: str, back: bool
) -> None:
    """Its cancel window of 15 minutes is not over yet when the pause of two minutes is."""
    revision = current_revision(NOW)
    standing.sign_feed("news", actor=APPROVER, now=NOW, until=NOW.date() + timedelta(days=9))
    number = draft_from_release(_release(), revision.feeds["news"], revision, NOW)
    by_hand = approved("Libraries open early in the holidays.", at=SOON + timedelta(hours=9))
    assert posts.get(number).state is PostState.APPROVED
    stops.pause(actor=AUTHOR, now=NOW, reason="Mourning.", scope=scope, scope_id=scope_id)
    stops.resume(actor=APPROVER, now=NOW + timedelta(minutes=2))
    post = posts.get(number)
    assert post.state is (PostState.IN_REVIEW if back else PostState.APPROVED)
    assert ("There was a pause (Mourning.)" in post.note) is back
    assert posts.get(by_hand.id).state is PostState.APPROVED
