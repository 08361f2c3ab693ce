"""Two people, or a person and the publisher, in the very same moment."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from bfbot.config import config
from bfbot.desk import review, writing
from bfbot.domain.post import Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused
from bfbot.ledger import audit, candidates, claims, models, posts
from tests.desk.steps import approved, at_once, in_review, set_state
from tests.filed import database_in
from tests.publishing.claiming import claim_next
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND, clear, small_workspace

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(transactional_db: None, tmp_path: Path) -> Iterator[Path]:
    with database_in(tmp_path):
        yield small_workspace(config().home)
    clear(config().home)


def test_approve_clicked_twice_approves_once(home: Path) -> None:
    post = in_review()
    raised = at_once(
        lambda: review.approve(post.id, actor=APPROVER, now=NOW),
        lambda: review.approve(post.id, actor=SECOND, now=NOW),
    )
    assert len(raised) == 1
    assert isinstance(raised[0], ContentRefused)
    assert "was approved already, by" in str(raised[0])
    assert models.Approval.objects.filter(post_id=post.id).count() == 1
    assert len(audit.entries(f"post:{post.id}", "approved")) == 1
    assert list(audit.breaks()) == []


def test_an_edit_and_an_approval_leave_one_of_the_two(home: Path) -> None:
    post = in_review()
    at_once(
        lambda: writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Other words.")),
        lambda: review.approve(post.id, actor=APPROVER, now=NOW),
    )
    after = posts.get(post.id)
    assert after.state is PostState.DRAFT
    assert models.Approval.objects.filter(post_id=post.id, voided_at=None).count() == 0


@pytest.mark.parametrize("round_", range(5))
def test_a_withdrawal_and_a_claim_are_never_both_right(home: Path, round_: int) -> None:
    post = approved(at=NOW)
    set_state(post, DeliveryState.DUE)
    claimed: list[object] = []
    raised = at_once(
        lambda: review.withdraw(post.id, actor=AUTHOR, now=NOW),
        lambda: claimed.append(claim_next(PRACTICE, NOW, "worker")),
    )
    state = posts.get(post.id).deliveries[0].state
    if claimed[0] is None:
        assert (raised, state) == ([], DeliveryState.WITHDRAWN)
    else:
        assert state is DeliveryState.SENDING
        assert [type(one) for one in raised] == [ContentRefused]


def test_a_claim_that_read_before_the_edit_comes_too_late(home: Path) -> None:
    """As on a server where readers do not wait for writers."""
    post = approved(at=NOW)
    set_state(post, DeliveryState.DUE)
    read = next(candidates.due(PRACTICE))
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Other words."))
    with pytest.raises(IntegrityError), transaction.atomic():
        claims.take_all([read], "worker", NOW)
