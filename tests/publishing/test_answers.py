"""Every answer of a network, and what becomes of the delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bfbot.domain.states import DeliveryState
from bfbot.errors import (
    Duplicate,
    NotAuthorised,
    OutcomeUnknown,
    OutOfCredit,
    RateLimited,
    Rejected,
    Unavailable,
)
from bfbot.ledger import account_states, deliveries, models
from bfbot.publishing.drain import drain
from tests.publishing.network import NOON, Clock, Listing, Network, approved
from tests.publishing.turns import run

pytestmark = pytest.mark.django_db


def test_rejected_fails_and_the_others_go_on(network: Network, clock: Clock) -> None:
    network.answers = [Rejected("Too long.", mend="Shorten it.")]
    first, _ = approved("One"), approved("Two")
    assert run(clock) == 1
    failed = deliveries.get(first.id)
    assert (failed.state, failed.reason, failed.error) == (
        DeliveryState.FAILED,
        "rejected",
        "Too long. Shorten it.",
    )
    assert network.texts == ["Two"]


@pytest.mark.parametrize("error", [NotAuthorised("The key is void."), OutOfCredit("No credit.")])
def test_an_account_that_may_not_post_is_stopped_and_keeps_its_posts(
    network: Network, clock: Clock, error: Exception
) -> None:
    network.answers = [error]
    post = approved("One")
    approved("Two")
    assert run(clock) == 0
    kept = deliveries.get(post.id)
    assert (kept.state, kept.attempts) == (DeliveryState.DUE, 0)
    assert account_states.standing("desk").stopped_reason == str(error)
    assert [one.account for one in account_states.stopped()] == ["desk"]
    assert drain("desk", clock, "worker") == 0
    account_states.start("desk")
    assert run(clock) == 2
    assert network.texts == ["One", "Two"]


def test_a_rate_limit_moves_the_account_and_burns_no_try(network: Network, clock: Clock) -> None:
    later = NOON + timedelta(minutes=10)
    network.answers = [RateLimited("Slow down.", retry_at=later)]
    post = approved("One")
    approved("Two")
    assert run(clock) == 0
    assert account_states.standing("desk").next_at == later
    assert deliveries.get(post.id).attempts == 0
    clock.on(minutes=9)
    assert run(clock) == 0
    clock.on(minutes=1)
    assert run(clock) == 2
    assert network.texts == ["One", "Two"]


def test_a_rate_limit_past_the_window_ends_as_missed(network: Network, clock: Clock) -> None:
    network.answers = [RateLimited("Slow down.", retry_at=NOON + timedelta(hours=5))]
    post = approved("One", window=timedelta(hours=1))
    run(clock)
    clock.on(hours=5)
    assert run(clock) == 0
    assert deliveries.get(post.id).state is DeliveryState.MISSED
    assert network.texts == []


def test_an_absurd_rate_limit_is_asked_again_tomorrow(network: Network, clock: Clock) -> None:
    network.answers = [RateLimited("Slow down.", retry_at=NOON + timedelta(days=4000))]
    approved("One", window=timedelta(days=3))
    run(clock)
    assert account_states.standing("desk").next_at == NOON + timedelta(days=1)


def test_unavailable_waits_and_keeps_the_order(network: Network, clock: Clock) -> None:
    network.answers = [Unavailable("No way there.")]
    post = approved("One")
    approved("Two")
    assert run(clock) == 0
    waiting = deliveries.get(post.id)
    assert (waiting.state, waiting.attempts) == (DeliveryState.DUE, 1)
    assert NOON < waiting.not_before <= NOON + timedelta(seconds=15)
    clock.on(seconds=15)
    assert run(clock) == 2
    assert network.texts == ["One", "Two"]


def test_one_post_that_never_gets_through_does_not_silence_its_account(network: Network, clock: Clock) -> None:
    poison = approved("Poison")
    approved("Two")
    for _ in range(2):
        network.answers = [Unavailable("Still busy.")]
        assert run(clock) == 0
        clock.now = deliveries.get(poison.id).not_before
    network.answers = [Unavailable("Still busy."), None]
    assert run(clock) == 1
    assert network.texts == ["Two"]


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OutcomeUnknown("No answer."), "No answer."),
        (ValueError("token=canary"), "bfbot met an error of its own: ValueError."),
    ],
)
def test_a_lost_answer_is_unknown_and_the_account_goes_on(
    network: Network, clock: Clock, error: Exception, told: str
) -> None:
    network.lost = [error]
    post = approved("One")
    approved("Two")
    assert run(clock) == 1
    doubtful = deliveries.get(post.id)
    assert (doubtful.state, doubtful.error, doubtful.parts) == (DeliveryState.UNKNOWN, told, ())
    assert network.texts == ["One", "Two"]
    assert run(clock) == 0, "never sent again by itself"


def test_secrets_in_an_error_are_not_kept(network: Network, clock: Clock) -> None:
    network.answers = [Rejected("Refused: https://social.example/?access_token=canary")]
    post = approved("One")
    run(clock)
    assert "canary" not in deliveries.get(post.id).error
    assert "canary" not in models.Attempt.objects.get().detail


def test_a_duplicate_that_is_listed_was_published(listing: Listing, clock: Clock) -> None:
    listing.live.append(("another key", "One", None))
    listing.answers = [Duplicate("Already there.")]
    post = approved("One")
    assert run(clock) == 1
    assert deliveries.get(post.id).remote_id == "0"


def test_a_duplicate_of_another_post_of_ours_is_not_this_one(listing: Listing, clock: Clock) -> None:
    approved("One")
    again = approved("One", at=NOON + timedelta(minutes=1))
    assert run(clock) == 1
    clock.on(minutes=1)
    listing.answers = [Duplicate("Already there.")]
    assert run(clock) == 0
    assert deliveries.get(again.id).state is DeliveryState.UNKNOWN


def test_a_duplicate_that_cannot_be_looked_for_is_unknown(network: Network, clock: Clock) -> None:
    network.answers = [Duplicate("Already there.")]
    post = approved("One")
    assert run(clock) == 0
    assert deliveries.get(post.id).state is DeliveryState.UNKNOWN
