"""What an edit does to an approval, and whose the post is after it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, writing
from bfbot.desk.judging import Refused, check_at_send
from bfbot.domain.post import Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, NotAllowed
from bfbot.ledger import approvals, models, posts
from tests.desk.steps import TEXT, approved, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND, change

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_the_approver_who_edits_is_the_author_and_needs_another(home: Path) -> None:
    post = in_review()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(TEXT + " Today."))
    review.submit(post.id, actor=APPROVER, now=NOW)
    with pytest.raises(Refused):
        review.approve(post.id, actor=APPROVER, now=NOW)
    assert review.approve(post.id, actor=SECOND, now=NOW).author == APPROVER


def test_the_author_may_approve_an_approvers_edit_and_only_that(home: Path) -> None:
    post = in_review()
    with pytest.raises(NotAllowed):
        review.approve(post.id, actor=AUTHOR, now=NOW)
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(TEXT + " Today."))
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(TEXT + " Now."))
    review.submit(post.id, actor=APPROVER, now=NOW)
    assert review.approve(post.id, actor=AUTHOR, now=NOW).state is PostState.APPROVED
    other = in_review(text="Libraries open early in the holidays.")
    with pytest.raises(NotAllowed):
        review.approve(other.id, actor=AUTHOR, now=NOW)


def test_an_edit_voids_the_approval_and_what_was_written_out(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.DUE)
    edited = writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Something else altogether."))
    assert edited.state is PostState.DRAFT
    assert (edited.signature, edited.deliveries[0].proof) == ("", None)
    assert edited.deliveries[0].state is DeliveryState.PLANNED
    assert edited.text == "Something else altogether."
    assert approvals.standing_on(post.id) is None
    assert check_at_send(edited.deliveries[0], edited.scheduled_for) != ()


def test_moving_a_post_makes_nobody_its_author(home: Path) -> None:
    """Else its author could have somebody nudge it, and approve it."""
    post = in_review(author=APPROVER)
    moved = writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=NOW + 3 * HOUR)
    assert (moved.author, moved.first_planned_at) == (APPROVER, post.scheduled_for)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    with pytest.raises(Refused):
        review.approve(post.id, actor=APPROVER, now=NOW)


@pytest.mark.parametrize("name", [AUTHOR, APPROVER])
@pytest.mark.parametrize("later", [HOUR, 24 * HOUR, 24 * HOUR * 30])
def test_a_move_voids_the_approval_and_the_next_one_is_for_the_new_day(
    home: Path, name: str, later: timedelta
) -> None:
    post = approved()
    before = approvals.standing_on(post.id)
    at = post.scheduled_for + later
    moved = writing.rewrite(post.id, actor=name, now=NOW, at=at)
    assert (moved.state, approvals.standing_on(post.id)) == (PostState.DRAFT, None)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    assert check_at_send(posts.get(post.id).deliveries[0], at) != ()
    done = review.approve(post.id, actor=APPROVER, now=NOW)
    given = approvals.standing_on(post.id)
    assert before is not None
    assert given is not None
    assert given.signature == before.signature, "the same words, and yet another approval"
    assert given.covers(done.signature, at)
    assert before.covers(done.signature, at) is (later == HOUR)
    assert check_at_send(done.deliveries[0], at) == ()


def test_a_move_that_nobody_decided_does_not_go_out(home: Path) -> None:
    """Whatever wrote another time into the store: outside of its day an approval is none."""
    post = approved()
    late = post.scheduled_for + 24 * HOUR
    models.Post.objects.update(scheduled_for=late)
    models.Delivery.objects.update(due_at=late, not_before=late, closes_at=late + HOUR)
    found = check_at_send(posts.get(post.id).deliveries[0], late)
    assert "approval" in {one.rule for one in found}
    assert "only" in " ".join(one.message for one in found)


def test_an_edit_that_changes_nothing_is_none(home: Path) -> None:
    post = approved()
    assert writing.rewrite(post.id, actor=SECOND, now=NOW, wording=post.wording, accounts=[PRACTICE]) == post
    assert approvals.standing_on(post.id) is not None


def test_an_edited_failure_is_planned_again(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.FAILED, reason="rejected")
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Other words, which the network takes."))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    again = review.approve(post.id, actor=APPROVER, now=NOW).deliveries[0]
    assert (again.state, again.reason) == (DeliveryState.PLANNED, "")


def test_an_account_that_was_tried_is_cancelled_when_it_is_taken_off(home: Path) -> None:
    change(
        home,
        "id: practice-county, platform: rehearsal, campaigns: [county]",
        "id: practice-county, platform: rehearsal, campaigns: [county, bright]",
    )
    post = approved()
    set_state(post, DeliveryState.FAILED, attempts=1)
    moved = writing.rewrite(post.id, actor=AUTHOR, now=NOW, accounts=["practice-county"])
    states = {one.account: one.state for one in moved.deliveries}
    assert states == {PRACTICE: DeliveryState.WITHDRAWN, "practice-county": DeliveryState.PLANNED}
    with pytest.raises(ContentRefused, match="was cancelled"):
        writing.rewrite(post.id, actor=AUTHOR, now=NOW, accounts=[PRACTICE])
    review.submit(post.id, actor=AUTHOR, now=NOW)
    sent = review.approve(post.id, actor=APPROVER, now=NOW)
    assert check_at_send(sent.deliveries[1], sent.scheduled_for) == ()
