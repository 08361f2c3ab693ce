"""Two people let one named post through a pause, as it is, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction

from bfbot.desk import clearing, people, review, stops, writing
from bfbot.desk.judging import check_at_send
from bfbot.domain.hold import Scope
from bfbot.domain.person import Role
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError, ContentRefused, NotAllowed
from bfbot.ledger import audit, clearances, models, posts
from tests.desk.steps import SOON, approved, drafted, set_state
from tests.publishing.claiming import claim_next
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND

pytestmark = pytest.mark.django_db
WHY = "The helpline’s number has changed."


def paused(post: Post) -> None:
    stops.pause(actor=AUTHOR, now=NOW, reason="Mourning.")
    set_state(post, DeliveryState.DUE)


def held(post: Post) -> bool:
    return any(one.rule == "hold" for one in check_at_send(posts.get(post.id).deliveries[0], SOON))


def test_one_asks_another_gives_and_that_post_alone_goes_out(home: Path) -> None:
    post, other = approved(), approved("Libraries open early in the holidays.")
    paused(post)
    set_state(other, DeliveryState.DUE)
    clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
    assert held(post)
    assert claim_next(PRACTICE, SOON, "w") is None
    assert [one.post_id for one in clearing.waiting(NOW)] == [post.id]
    clearing.give(post.id, actor=APPROVER, now=NOW)
    assert not held(post)
    assert held(other)
    claim = claim_next(PRACTICE, SOON, "w")
    assert claim is not None
    assert claim.delivery.post_id == post.id
    assert clearing.waiting(NOW) == []


def test_both_names_and_the_reason_stand_on_record(home: Path) -> None:
    post = approved()
    paused(post)
    clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
    clearing.give(post.id, actor=SECOND, now=NOW)
    given, asked = audit.entries(f"post:{post.id}")[:2]
    assert (asked.action, asked.actor, asked.detail["reason"]) == ("clearance asked", AUTHOR, WHY)
    assert (given.action, given.actor, given.detail["asked_by"]) == ("cleared", SECOND, [AUTHOR])
    assert given.detail["signature"] == post.signature


def test_a_later_pause_holds_it_again(home: Path) -> None:
    post = approved()
    paused(post)
    clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
    clearing.give(post.id, actor=APPROVER, now=NOW)
    stops.pause(actor=AUTHOR, now=NOW, reason="Another.")
    assert held(post)


def test_an_edit_takes_it_back(home: Path) -> None:
    post = approved()
    paused(post)
    set_state(post, DeliveryState.PLANNED)
    clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
    clearing.give(post.id, actor=APPROVER, now=NOW)
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Family hubs are closed."))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW)
    assert held(post)


def test_resuming_leaves_a_cleared_post_its_time(home: Path) -> None:
    post = approved()
    paused(post)
    clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
    clearing.give(post.id, actor=APPROVER, now=NOW)
    stops.resume(actor=APPROVER, now=SOON + timedelta(minutes=5))
    assert posts.get(post.id).deliveries[0].state is DeliveryState.DUE


Step = Callable[[Post], object]


@pytest.mark.parametrize(
    ("step", "error"),
    [
        (lambda post: clearing.give(post.id, actor=APPROVER, now=NOW), ContentRefused),  # nobody asked
        (lambda post: clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=" "), ContentRefused),
        (lambda post: clearing.ask(post.id, actor="Eve", now=NOW, reason=WHY), BfbotError),
        (lambda post: clearing.ask(drafted("Another.").id, actor=AUTHOR, now=NOW, reason=WHY), ContentRefused),
    ],
)
def test_what_is_no_clearance(home: Path, step: Step, error: type[Exception]) -> None:
    post = approved()
    paused(post)
    with pytest.raises(error):
        step(post)
    assert held(post)


def test_nobody_clears_what_they_asked_for_or_wrote(home: Path) -> None:
    post = approved()
    paused(post)
    clearing.ask(post.id, actor=APPROVER, now=NOW, reason=WHY)
    with pytest.raises(NotAllowed):
        clearing.give(post.id, actor=APPROVER, now=NOW)
    with pytest.raises(NotAllowed):
        clearing.give(post.id, actor=AUTHOR, now=NOW)
    people.add_user("Dora", Role.ADMIN, actor="tests", now=NOW)
    models.Post.objects.filter(pk=post.id).update(author="Dora")
    with pytest.raises(NotAllowed):
        clearing.give(post.id, actor="Dora", now=NOW)
    with pytest.raises(ContentRefused):
        clearing.ask(post.id, actor=AUTHOR, now=NOW, reason="Again.")
    clearing.give(post.id, actor=SECOND, now=NOW)
    assert not held(post)


def test_the_database_refuses_one_person_twice(home: Path) -> None:
    post = approved()
    paused(post)
    clearing.ask(post.id, actor=APPROVER, now=NOW, reason=WHY)
    (one,) = clearing.waiting(NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        clearances.give(one.id, APPROVER.upper(), NOW)


def test_a_post_paused_by_itself_is_resumed_and_not_cleared(home: Path) -> None:
    post = approved()
    stops.pause(actor=AUTHOR, now=NOW, reason="Its release was edited.", scope=Scope.POST, scope_id=str(post.id))
    with pytest.raises(ContentRefused, match="paused by itself"):
        clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
    stops.resume(actor=APPROVER, now=NOW)
    with pytest.raises(ContentRefused, match="Nothing pauses"):
        clearing.ask(post.id, actor=AUTHOR, now=NOW, reason=WHY)
