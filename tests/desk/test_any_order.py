"""Whatever people do to a post, in whatever order: two people, one approval, and only what they saw."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bfbot.desk import review, stops, writing
from bfbot.desk.binding import is_whole
from bfbot.desk.judging import check_at_send
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import BfbotError
from bfbot.ledger import approvals, audit, models, posts
from tests.desk.steps import SOON, TEXT, approved, drafted, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, NOW, SECOND

PEOPLE = [AUTHOR, APPROVER, SECOND]
DAY = timedelta(days=1)

Act = Callable[[int, str], object]
ACTS: dict[str, Act] = {
    "submit": lambda post, who: review.submit(post, actor=who, now=NOW),
    "approve": lambda post, who: review.approve(post, actor=who, now=NOW),
    "reject": lambda post, who: review.reject(post, actor=who, now=NOW, reason="No."),
    "send back": lambda post, who: review.send_back(post, actor=who, now=NOW, reason="No."),
    "withdraw": lambda post, who: review.withdraw(post, actor=who, now=NOW),
    "reword": lambda post, who: writing.rewrite(post, actor=who, now=NOW, wording=Wording(f"{TEXT} Says {who}.")),
    "move": lambda post, who: writing.rewrite(post, actor=who, now=NOW, at=SOON + timedelta(hours=1)),
    "retry": lambda post, who: review.retry(post, actor=who, now=NOW, at=SOON),
    "retry tomorrow": lambda post, who: review.retry(post, actor=who, now=NOW, at=SOON + DAY),
    "pause and resume": lambda post, who: (
        stops.pause(actor=who, now=NOW, reason="Wait."),
        stops.resume(actor=APPROVER, now=SOON),
    ),
    "is due": lambda post, who: _by_the_clock(post, DeliveryState.PLANNED, DeliveryState.DUE),
    "is missed": lambda post, who: _by_the_clock(post, DeliveryState.PLANNED, DeliveryState.MISSED),
    "fails": lambda post, who: _by_the_clock(post, DeliveryState.DUE, DeliveryState.FAILED),
    "goes out": lambda post, who: _by_the_clock(post, DeliveryState.DUE, DeliveryState.PUBLISHED),
}


def _by_the_clock(post_id: int, old: DeliveryState, new: DeliveryState) -> None:
    post = posts.get(post_id)
    needs_approval = new in {DeliveryState.DUE, DeliveryState.PUBLISHED}
    if post.deliveries[0].state is old and (post.state is PostState.APPROVED or not needs_approval):
        set_state(post, new)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    begins=st.sampled_from([drafted, in_review, approved]),
    steps=st.lists(st.tuples(st.sampled_from(sorted(ACTS)), st.sampled_from(PEOPLE)), min_size=3, max_size=10),
)
def test_the_promises_hold_after_every_step(
    home: Path, begins: Callable[[], Post], steps: list[tuple[str, str]]
) -> None:
    with transaction.atomic():
        post = begins()
        for name, who in steps:
            before = posts.get(post.id)
            with suppress(BfbotError):
                ACTS[name](post.id, who)
            _hold(before, posts.get(post.id))
        assert list(audit.breaks()) == []
        transaction.set_rollback(True)


def _hold(before: Post, post: Post) -> None:
    given = approvals.standing_on(post.id)
    delivery = post.deliveries[0]
    assert post.first_planned_at == SOON
    assert delivery.key == before.deliveries[0].key
    assert (given is not None) == (post.state in {PostState.APPROVED, PostState.CLOSED})
    if post.state in {PostState.IN_REVIEW, PostState.APPROVED}:
        assert is_whole(post)
    if given is not None:
        assert given.signature == post.signature
        assert given.approver != given.author == post.author
        assert models.Approval.objects.filter(post_id=post.id, voided_at=None).count() == 1
    if delivery.state is DeliveryState.DUE:
        assert post.state is PostState.APPROVED
    if post.state is PostState.WITHDRAWN:
        assert delivery.state is DeliveryState.WITHDRAWN
    if delivery.state in {DeliveryState.PLANNED, DeliveryState.DUE} and not check_at_send(
        delivery, post.scheduled_for
    ):
        assert post.state is PostState.APPROVED
