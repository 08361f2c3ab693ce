"""Sent back, cancelled, or tried again: what was approved before is approved still, or anew."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, writing
from bfbot.desk.binding import stored_signature
from bfbot.desk.judging import check_at_send
from bfbot.domain.post import Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, IllegalMove, UsageError
from bfbot.ledger import approvals, deliveries, models, posts
from tests.desk.steps import approved, set_state
from tests.workspace import APPROVER, AUTHOR, NOW, SECOND

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_sending_back_an_approved_post_calls_back_what_is_due(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.DUE)
    back = review.send_back(post.id, actor=SECOND, now=NOW, reason="Wait.")
    assert (back.state, back.note) == (PostState.DRAFT, "Wait.")
    assert back.deliveries[0].state is DeliveryState.PLANNED


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.PUBLISHED])
def test_what_has_gone_out_is_neither_edited_nor_sent_back_nor_cancelled(home: Path, state: DeliveryState) -> None:
    post = approved()
    set_state(post, state)
    with pytest.raises(ContentRefused):
        writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Other words."))
    with pytest.raises(ContentRefused):
        review.send_back(post.id, actor=APPROVER, now=NOW, reason="Too late.")
    with pytest.raises(ContentRefused, match="too late"):
        review.withdraw(post.id, actor=AUTHOR, now=NOW)
    assert posts.get(post.id).state is PostState.APPROVED


def test_withdrawing_ends_it(home: Path) -> None:
    post = review.withdraw(approved().id, actor=AUTHOR, now=NOW, reason="Overtaken.")
    assert post.state is PostState.WITHDRAWN
    assert post.deliveries[0].state is DeliveryState.WITHDRAWN
    assert approvals.standing_on(post.id) is None
    with pytest.raises(IllegalMove):
        review.withdraw(post.id, actor=AUTHOR, now=NOW)
    with pytest.raises(ContentRefused):
        writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Other words."))


def test_a_missed_post_of_another_day_goes_back_to_review(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.MISSED, reason="too_late")
    tomorrow = NOW + timedelta(days=1)
    moved = review.retry(post.id, actor=AUTHOR, now=tomorrow)
    assert moved.state is PostState.IN_REVIEW
    assert (moved.first_planned_at, moved.scheduled_for) == (post.scheduled_for, tomorrow)
    assert moved.deliveries[0].state is DeliveryState.PLANNED
    assert review.approve(post.id, actor=APPROVER, now=tomorrow).state is PostState.APPROVED
    assert check_at_send(posts.get(post.id).deliveries[0], tomorrow) == ()


def test_a_failed_post_keeps_its_approval_within_its_day(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.FAILED)
    moved = review.retry(post.id, actor=AUTHOR, now=NOW + 2 * HOUR)
    assert moved.state is PostState.APPROVED
    assert moved.deliveries[0].key == post.deliveries[0].key
    assert check_at_send(moved.deliveries[0], NOW + 2 * HOUR) == ()


def test_a_post_missed_in_a_pause_is_approved_again_even_on_its_day(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.MISSED, reason="paused")
    assert review.retry(post.id, actor=AUTHOR, now=NOW + 2 * HOUR).state is PostState.IN_REVIEW


def test_a_retry_into_the_past_is_wrong_usage(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.FAILED)
    with pytest.raises(UsageError):
        review.retry(post.id, actor=AUTHOR, now=NOW, at=NOW - timedelta(days=3))
    with pytest.raises(ContentRefused):
        review.retry(approved(text="Libraries open early.").id, actor=AUTHOR, now=NOW)


def test_a_sister_that_went_out_holds_up_no_second_try(home: Path) -> None:
    post = approved()
    set_state(post, DeliveryState.MISSED, reason="too_late")
    deliveries.add(post.id, "elsewhere", "x", post.scheduled_for, post.scheduled_for + HOUR)
    sister = models.Delivery.objects.get(account="elsewhere")
    proof = post.deliveries[0].proof
    assert proof is not None
    deliveries.give_proof(sister.pk, replace(proof, account="elsewhere"), NOW)
    models.Delivery.objects.filter(pk=sister.pk).update(state=DeliveryState.PUBLISHED)
    posts.sign(post.id, stored_signature(posts.get(post.id)), post.revision, NOW)
    tomorrow = NOW + timedelta(days=1)
    review.retry(post.id, actor=AUTHOR, now=NOW, at=tomorrow)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    again = review.approve(post.id, actor=APPROVER, now=NOW)
    assert [one.state for one in again.deliveries] == [DeliveryState.PLANNED, DeliveryState.PUBLISHED]
    assert check_at_send(again.deliveries[0], tomorrow) == ()
    with pytest.raises(ContentRefused):
        review.send_back(post.id, actor=APPROVER, now=NOW, reason="No.")
    assert review.withdraw(post.id, actor=AUTHOR, now=NOW).state is PostState.CLOSED
