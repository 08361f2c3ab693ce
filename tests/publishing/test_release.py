"""The clock's moves in the ledger."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bfbot.domain.hold import Scope
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import account_states, deliveries, holds, posts
from bfbot.publishing.release import release_due
from tests.publishing.network import NOON, approved

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def state(delivery_id: int) -> tuple[DeliveryState, str]:
    delivery = deliveries.get(delivery_id)
    return delivery.state, delivery.reason


def test_what_is_due_is_released_and_its_accounts_are_named() -> None:
    now, later = approved("One", account="b"), approved("Two", account="c", at=NOON + HOUR)
    approved("Three", account="a")
    assert release_due(NOON) == ["a", "b"]
    assert state(now.id) == (DeliveryState.DUE, "")
    assert state(later.id) == (DeliveryState.PLANNED, "")
    assert release_due(NOON) == ["a", "b"], "until they are sent, they are named each time"


def test_what_nobody_approved_waits_and_is_missed_when_its_window_ends() -> None:
    drafts = [approved("One", state=one) for one in (PostState.DRAFT, PostState.IN_REVIEW, PostState.REJECTED)]
    assert release_due(NOON) == []
    assert {state(one.id) for one in drafts} == {(DeliveryState.PLANNED, "")}
    release_due(NOON + 2 * HOUR)
    assert {state(one.id) for one in drafts} == {(DeliveryState.MISSED, "not_approved")}


def test_too_late_is_missed_from_planned_and_from_due() -> None:
    planned, due = approved("One", at=NOON - HOUR, window=HOUR), approved("Two", window=HOUR)
    release_due(NOON)
    assert state(planned.id) == (DeliveryState.MISSED, "too_late")
    release_due(NOON + HOUR)
    assert state(due.id) == (DeliveryState.MISSED, "too_late")
    assert "time was over" in deliveries.get(due.id).error


def test_what_passed_during_a_pause_says_so() -> None:
    held = approved("One", window=HOUR)
    holds.add(Scope.CAMPAIGN, "campaign", "Mourning", "Author", NOON)
    release_due(NOON + HOUR)
    assert state(held.id) == (DeliveryState.MISSED, "paused")
    assert "Mourning" in deliveries.get(held.id).error


def test_a_pause_that_ran_out_leaves_no_backlog() -> None:
    held, after = approved("One"), approved("Two", at=NOON + HOUR)
    holds.add(Scope.EVERYTHING, "", "Storm", "Author", NOON - HOUR, until=NOON + HOUR)
    release_due(NOON)
    assert state(held.id) == (DeliveryState.DUE, "")
    assert release_due(NOON + HOUR) == ["desk"]
    assert state(held.id) == (DeliveryState.MISSED, "paused")
    assert state(after.id) == (DeliveryState.DUE, "")


def test_accounts_that_wait_are_not_named() -> None:
    approved("One", account="limited")
    approved("Two", account="stopped")
    account_states.wait_until("limited", NOON + HOUR)
    account_states.stop("stopped", "No key", NOON)
    assert release_due(NOON) == []
    assert release_due(NOON + HOUR) == ["limited"]
    account_states.start("stopped")
    assert release_due(NOON + HOUR) == ["limited", "stopped"]


def test_settled_posts_are_closed() -> None:
    delivery = approved("One")
    deliveries.move(delivery, DeliveryState.WITHDRAWN)
    release_due(NOON)
    assert posts.get(delivery.post_id).state is PostState.CLOSED
