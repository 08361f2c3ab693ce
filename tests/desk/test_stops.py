"""Pause and resume: anyone stops, approvers resume, and no backlog is let loose."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import people, review, stops
from bfbot.desk.judging import check_at_send
from bfbot.domain.hold import Scope
from bfbot.domain.person import Role
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import BfbotError, ContentRefused, NotAllowed, UsageError
from bfbot.ledger import audit, posts
from tests.desk.steps import SOON, approved, drafted, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, NOW

pytestmark = pytest.mark.django_db
LATER = SOON + timedelta(minutes=30)


def test_a_pause_holds_and_says_why(home: Path) -> None:
    post = approved()
    hold = stops.pause(actor=AUTHOR, now=NOW, reason="A death in the family.")
    found = check_at_send(post.deliveries[0], SOON)
    assert "A death in the family." in str(found[0])
    assert stops.standing(NOW) == [hold]
    assert audit.entries(f"hold:{hold.id}", "paused")[0].actor == AUTHOR


def test_resuming_sets_the_backlog_aside(home: Path) -> None:
    late, coming = approved(), approved("Libraries open early in the holidays.", at=SOON + timedelta(hours=5))
    set_state(late, DeliveryState.DUE)
    stops.pause(actor=AUTHOR, now=NOW, reason="Wait.")
    with pytest.raises(NotAllowed):
        stops.resume(actor=AUTHOR, now=LATER)
    stops.resume(actor=APPROVER, now=LATER)
    missed = posts.get(late.id).deliveries[0]
    assert (missed.state, missed.reason) == (DeliveryState.MISSED, "paused")
    assert posts.get(coming.id).deliveries[0].state is not DeliveryState.MISSED
    assert review.retry(late.id, actor=AUTHOR, now=LATER).state is PostState.IN_REVIEW


def test_what_waits_for_people_goes_on_waiting(home: Path) -> None:
    """A feed's draft is due from the moment it was found; a pause must not take it off the desk."""
    draft, waiting = drafted(at=NOW), in_review("Libraries open early in the holidays.", at=NOW)
    stops.pause(actor=AUTHOR, now=NOW, reason="Wait.")
    stops.resume(actor=APPROVER, now=LATER)
    for post in (draft, waiting):
        assert posts.get(post.id).deliveries[0].state is not DeliveryState.MISSED
    done = review.approve(waiting.id, actor=APPROVER, now=LATER)
    assert check_at_send(done.deliveries[0], LATER) == ()


@pytest.mark.parametrize(
    "given",
    [
        {"reason": " "},
        {"scope": Scope.CAMPAIGN},
        {"scope_id": "bright"},
        {"scope": Scope.CAMPAIGN, "scope_id": "brihgt"},
        {"scope": Scope.ACCOUNT, "scope_id": "nobody"},
        {"scope": Scope.FEED, "scope_id": "nobody"},
        {"scope": Scope.POST, "scope_id": "12345"},
        {"scope": Scope.POST, "scope_id": "one"},
        {"until": NOW},
    ],
)
def test_a_pause_that_would_stop_nothing_is_refused(home: Path, given: dict[str, object]) -> None:
    with pytest.raises(BfbotError):
        stops.pause(**({"actor": AUTHOR, "now": NOW, "reason": "Wait."} | given))  # type: ignore[arg-type]  # by name
    assert stops.standing(NOW) == []


@pytest.mark.parametrize(
    ("scope", "scope_id", "held"),
    [
        (Scope.CAMPAIGN, "bright", True),
        (Scope.CAMPAIGN, "county", False),
        (Scope.ACCOUNT, "practice", True),
        (Scope.ACCOUNT, "practice-county", False),
    ],
)
def test_a_narrow_pause_stops_its_own(home: Path, scope: Scope, scope_id: str, held: bool) -> None:
    post = approved()
    stops.pause(actor=AUTHOR, now=NOW, reason="Wait.", scope=scope, scope_id=scope_id)
    assert bool(check_at_send(post.deliveries[0], SOON)) is held
    stops.resume(actor=APPROVER, now=LATER)
    assert (posts.get(post.id).deliveries[0].state is DeliveryState.MISSED) is held


def test_one_post_is_held(home: Path) -> None:
    post, other = approved(), approved("Libraries open early in the holidays.")
    stops.pause(actor=AUTHOR, now=NOW, reason="Wait.", scope=Scope.POST, scope_id=str(post.id))
    assert check_at_send(post.deliveries[0], SOON)
    assert not check_at_send(other.deliveries[0], SOON)


def test_an_approver_of_one_campaign_lifts_no_pause_of_all(home: Path) -> None:
    people.add_user("Dora", Role.APPROVER, actor="tests", now=NOW, campaign="county")
    everything = stops.pause(actor="Dora", now=NOW, reason="Wait.")
    county = stops.pause(actor="Dora", now=NOW, reason="Wait.", scope=Scope.CAMPAIGN, scope_id="county")
    with pytest.raises(NotAllowed):
        stops.resume(actor="Dora", now=LATER, hold_id=everything.id)
    assert stops.resume(actor="Dora", now=LATER, hold_id=county.id) == [county]
    assert stops.resume(actor=APPROVER, now=LATER) == [everything]
    with pytest.raises(ContentRefused):
        stops.resume(actor=APPROVER, now=LATER)


def test_a_pause_ends_by_itself(home: Path) -> None:
    stops.pause(actor=AUTHOR, now=NOW, reason="Wait.", until=SOON)
    assert stops.standing(SOON - timedelta(seconds=1))
    assert stops.standing(SOON) == []
    with pytest.raises(UsageError):
        stops.pause(actor=AUTHOR, now=LATER, reason="Wait.", until=SOON)
