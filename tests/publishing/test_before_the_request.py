"""What comes between the claim and the request stops the request."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bfbot.domain.hold import Scope
from bfbot.domain.states import DeliveryState
from bfbot.ledger import candidates, deliveries, doubts, holds, models
from bfbot.publishing import send
from bfbot.publishing.release import release_due
from tests.publishing.claiming import claim_next
from tests.publishing.network import NOON, Clock, Network, approved
from tests.publishing.turns import run

pytestmark = pytest.mark.django_db


def test_a_hold_stops_a_thread_between_two_parts(network: Network, clock: Clock) -> None:
    post = approved("One", "Two")
    network.before = lambda: holds.add(Scope.EVERYTHING, "", "Crisis", "Author", NOON) and None
    assert run(clock) == 0
    assert network.texts == ["One"]
    assert deliveries.get(post.id).error == "Paused: Crisis"


def test_a_hold_after_the_claim_stops_the_request(network: Network, clock: Clock) -> None:
    post = approved("One")
    release_due(NOON)
    taken = claim_next("desk", NOON, "worker")
    assert taken is not None
    holds.add(Scope.ACCOUNT, "desk", "Crisis", "Author", NOON)
    clock.on(seconds=1)
    assert send.send(taken, network, clock) is DeliveryState.DUE
    assert network.asked == []
    assert deliveries.get(post.id).attempts == 0


@pytest.mark.parametrize("came", ["a pause", "the end of the window", "a clock set back", "another process"])
def test_what_comes_while_pictures_go_up_stops_the_request(network: Network, clock: Clock, came: str) -> None:
    post = approved("One", window=timedelta(minutes=10))

    def meanwhile() -> None:
        clock.on(seconds=2)
        match came:
            case "a pause":
                holds.add(Scope.EVERYTHING, "", "Crisis", "Author", NOON)
            case "the end of the window":
                clock.on(minutes=10)
            case "a clock set back":
                clock.on(hours=-2)
            case _:
                doubts.orphan(None, "gone", NOON)

    network.uploads = meanwhile
    assert run(clock) == 0
    assert (network.asked, network.live) == ([], [])
    kept = deliveries.get(post.id)
    if came == "another process":
        assert kept.state is DeliveryState.UNKNOWN
        return
    assert (kept.state, kept.attempts) == (DeliveryState.DUE, 0)
    assert kept.error == ("Paused: Crisis" if came == "a pause" else "")
    assert [one.outcome for one in models.Attempt.objects.all()] == ["not_made"]


def test_a_stale_claim_is_given_back(network: Network, clock: Clock) -> None:
    post = approved("One")
    release_due(NOON)
    taken = claim_next("desk", NOON, "worker")
    assert taken is not None
    clock.on(seconds=31)
    assert send.send(taken, network, clock) is DeliveryState.DUE
    assert network.asked == []
    assert deliveries.get(post.id).state is DeliveryState.DUE


def test_a_worker_whose_claim_was_taken_away_sends_nothing(network: Network, clock: Clock) -> None:
    approved("One")
    release_due(NOON)
    taken = claim_next("desk", NOON, "worker")
    assert taken is not None
    assert doubts.orphan(None, "gone", NOON) == 1
    clock.on(seconds=1)
    send.send(taken, network, clock)
    assert network.asked == []


def test_a_request_on_the_heels_of_its_claim_is_waited_for_instead(network: Network, clock: Clock) -> None:
    """It counts as on its way from the claim on: a pause that comes after that waits for it, or names it."""
    post = approved("One")
    release_due(NOON)
    taken = claim_next("desk", NOON, "worker")
    assert taken is not None
    assert [one.delivery.id for one in candidates.on_their_way()] == [post.id]
    assert send.send(taken, network, clock) is DeliveryState.PUBLISHED
    assert candidates.on_their_way() == []
