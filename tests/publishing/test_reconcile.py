"""Unknown outcomes: read back, sent again under the same key, or left for a person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from bfbot.domain.hold import Scope
from bfbot.domain.post import Delivery
from bfbot.domain.states import DeliveryState
from bfbot.errors import Duplicate, OutcomeUnknown, Rejected, Unavailable
from bfbot.ledger import candidates, claims, deliveries, holds
from bfbot.platforms.base import Platform
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import LEASE, adopt_orphans, adopt_stale, rescue
from bfbot.publishing.release import release_due
from tests.publishing.claiming import claim_next
from tests.publishing.network import KEYED, NOON, Clock, Listing, Network, approved

pytestmark = pytest.mark.django_db
DIED = KeyboardInterrupt()  # what no handler in the publisher takes: as if the process had ended


def pass_once(clock: Clock) -> None:
    rescue(clock, "worker")
    release_due(clock())
    drain("desk", clock, "worker")


def look_twice(clock: Clock) -> None:
    """One empty list proves nothing: the clock may have been put forward since the request."""
    pass_once(clock)
    clock.on(seconds=60)
    pass_once(clock)


def die_in_flight(network: Network, clock: Clock, *texts: str) -> Delivery:
    """The network has it, and the worker ended before it could write that down."""
    post = approved(*texts)
    network.lost = [DIED]
    release_due(clock())
    with pytest.raises(KeyboardInterrupt):
        drain("desk", clock, "worker")
    assert deliveries.get(post.id).state is DeliveryState.SENDING
    assert adopt_orphans(clock()) == 1
    assert deliveries.get(post.id).state is DeliveryState.UNKNOWN
    return post


def state(post: Delivery) -> DeliveryState:
    return deliveries.get(post.id).state


def test_what_the_network_lists_was_published(listing: Listing, clock: Clock) -> None:
    post = die_in_flight(listing, clock, "One")
    assert rescue(clock, "worker") == 1
    sent = deliveries.get(post.id)
    assert (sent.state, sent.remote_id, sent.error) == (DeliveryState.PUBLISHED, "0", "")
    pass_once(clock)
    assert listing.texts == ["One"]


def test_a_late_list_is_not_believed_at_once(listing: Listing, clock: Clock) -> None:
    listing.hidden = True
    post = die_in_flight(listing, clock, "One")
    pass_once(clock)
    assert state(post) is DeliveryState.UNKNOWN
    listing.hidden = False
    clock.on(seconds=60)
    pass_once(clock)
    assert state(post) is DeliveryState.PUBLISHED
    assert listing.texts == ["One"]


def test_what_is_not_there_after_a_while_is_sent_again(listing: Listing, clock: Clock) -> None:
    listing.answers = [OutcomeUnknown("No answer.")]  # and it did not arrive
    post = approved("One")
    pass_once(clock)
    pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.UNKNOWN, [])
    clock.on(seconds=60)
    pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.PUBLISHED, ["One"])


def test_a_clock_put_forward_proves_nothing(listing: Listing, clock: Clock) -> None:
    listing.hidden = True
    post = die_in_flight(listing, clock, "One")
    clock.on(hours=2)
    pass_once(clock)
    assert state(post) is DeliveryState.UNKNOWN, "by its own clock two hours ago, in truth a moment ago"
    listing.hidden = False
    clock.on(seconds=60)
    pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.PUBLISHED, ["One"])


def test_again_and_again_lost_is_tried_more_and_more_seldom(listing: Listing, clock: Clock) -> None:
    listing.answers = [OutcomeUnknown("No answer.") for _ in range(200)]
    post = approved("One")
    for _ in range(60):
        pass_once(clock)
        clock.on(seconds=60)
    assert 3 < len(listing.asked) < 20
    clock.on(hours=2)
    look_twice(clock)
    assert (state(post), listing.texts) == (DeliveryState.MISSED, [])


def test_past_its_window_it_is_missed_not_sent(listing: Listing, clock: Clock) -> None:
    listing.answers = [OutcomeUnknown("No answer.")]
    post = approved("One", window=timedelta(seconds=30))
    pass_once(clock)
    clock.on(minutes=5)
    look_twice(clock)
    assert (state(post), listing.texts) == (DeliveryState.MISSED, [])


def test_during_a_pause_it_is_read_back_but_not_sent(listing: Listing, clock: Clock) -> None:
    listing.answers = [OutcomeUnknown("No answer.")]
    post = approved("One")
    pass_once(clock)
    holds.add(Scope.EVERYTHING, "", "Crisis", "Author", NOON)
    clock.on(minutes=5)
    look_twice(clock)
    assert (state(post), listing.texts) == (DeliveryState.DUE, [])


def test_without_key_or_list_it_waits_for_a_person(network: Network, clock: Clock) -> None:
    post = die_in_flight(network, clock, "One")
    for _ in range(5):
        pass_once(clock)
        clock.on(minutes=10)
    waiting = deliveries.get(post.id)
    assert waiting.state is DeliveryState.UNKNOWN
    assert "may be live" in waiting.error
    assert network.texts == ["One"]


def test_with_a_key_alone_the_same_request_finds_the_first_post(network: Network, clock: Clock) -> None:
    network.limits = KEYED
    post = die_in_flight(network, clock, "One")
    assert rescue(clock, "worker") == 1
    assert (state(post), network.texts) == (DeliveryState.PUBLISHED, ["One"])
    assert len({one.key for one in network.asked}) == 1


def test_a_key_is_not_trusted_when_the_network_has_forgotten_it(network: Network, clock: Clock) -> None:
    network.limits = KEYED
    post = die_in_flight(network, clock, "One")
    clock.on(minutes=56)
    pass_once(clock)
    assert (state(post), len(network.asked)) == (DeliveryState.UNKNOWN, 1)


def test_the_same_key_waits_for_the_end_of_a_pause(network: Network, clock: Clock) -> None:
    network.limits = KEYED
    post = die_in_flight(network, clock, "One")
    holds.add(Scope.EVERYTHING, "", "Crisis", "Author", NOON)
    pass_once(clock)
    assert (state(post), len(network.asked)) == (DeliveryState.UNKNOWN, 1), "not even as due: it may be live"


def test_a_resend_that_certainly_failed_leaves_it_unknown(network: Network, clock: Clock) -> None:
    network.limits = KEYED
    for error in (Unavailable("No way there."), Rejected("No.")):
        post = die_in_flight(network, clock, "One")
        network.answers = [error]
        pass_once(clock)
        assert state(post) is DeliveryState.UNKNOWN, "the first request may have arrived all the same"
        clock.on(minutes=1)
        pass_once(clock)
        assert state(post) is DeliveryState.PUBLISHED
        clock.now = NOON
    assert network.texts == ["One", "One"], "two posts, each once"


def test_a_list_that_fails_then_the_key(joined: Callable[[Platform], None], clock: Clock) -> None:
    network = Listing(limits=KEYED)
    joined(network)
    post = die_in_flight(network, clock, "One")
    network.looks = [Unavailable("Broken.") for _ in range(9)]
    pass_once(clock)
    assert len(network.asked) == 1, "not before the list had its time"
    clock.on(seconds=60)
    pass_once(clock)
    assert (state(post), network.texts) == (DeliveryState.PUBLISHED, ["One"])


def test_a_list_that_fails_without_a_key_is_read_again(listing: Listing, clock: Clock) -> None:
    post = die_in_flight(listing, clock, "One")
    listing.looks = [Unavailable("Broken."), RuntimeError("canary")]
    for _ in range(2):
        pass_once(clock)
        assert state(post) is DeliveryState.UNKNOWN
        assert "canary" not in deliveries.get(post.id).error
        clock.on(minutes=2)
    pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.PUBLISHED, ["One"])


def test_refused_as_a_duplicate_and_not_listed_fails(listing: Listing, clock: Clock) -> None:
    listing.answers = [Duplicate("Already there.")]
    post = approved("One")
    pass_once(clock)
    clock.on(minutes=2)
    look_twice(clock)
    failed = deliveries.get(post.id)
    assert (failed.state, failed.reason, listing.texts) == (DeliveryState.FAILED, "duplicate", [])


def test_a_thread_found_half_way_goes_on(listing: Listing, clock: Clock) -> None:
    post = die_in_flight(listing, clock, "One", "Two")
    pass_once(clock)
    assert state(post) is DeliveryState.PUBLISHED
    assert [one[1:] for one in listing.live] == [("One", None), ("Two", "0")]


def test_killed_after_the_claim_and_before_the_request_it_may_be_live(listing: Listing, clock: Clock) -> None:
    """The request is written down with the claim, so bfbot looks before it sends."""
    post = approved("One")
    release_due(NOON)
    assert claim_next("desk", NOON, "worker")
    adopt_orphans(NOON)
    assert state(post) is DeliveryState.UNKNOWN
    pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.UNKNOWN, [])
    for _ in range(3):
        clock.on(minutes=1, seconds=1)
        pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.PUBLISHED, ["One"])


def test_a_claim_that_outlived_its_lease_is_given_up_for_dead(listing: Listing, clock: Clock) -> None:
    post = approved("One")
    listing.lost = [DIED]
    release_due(NOON)
    with pytest.raises(KeyboardInterrupt):
        drain("desk", clock, "worker")
    assert adopt_stale(NOON + LEASE, "worker") == 0
    clock.on(minutes=1, seconds=1)
    pass_once(clock)
    assert (state(post), listing.texts) == (DeliveryState.PUBLISHED, ["One"])


def test_what_a_thread_of_this_process_still_sends_is_not_given_up(listing: Listing, clock: Clock) -> None:
    """The whole process was stopped in mid-request, and its other threads wake first."""
    post = approved("One")
    seen: list[int] = []

    def stopped_for_long() -> None:
        clock.on(minutes=30)
        rescue(clock, "worker")
        seen.append(adopt_stale(clock(), "worker"))

    listing.before = stopped_for_long
    pass_once(clock)
    assert (seen, state(post), listing.texts) == ([0], DeliveryState.PUBLISHED, ["One"])


def test_what_another_process_left_waits_for_a_start(listing: Listing, clock: Clock) -> None:
    post = approved("One")
    listing.lost = [DIED]
    release_due(NOON)
    with pytest.raises(KeyboardInterrupt):
        drain("desk", clock, "another")
    clock.on(days=3)
    assert adopt_stale(clock(), "worker") == 0, "it may be stopped, and go on"
    assert state(post) is DeliveryState.SENDING


def test_a_look_that_was_overtaken_changes_nothing(listing: Listing, clock: Clock) -> None:
    listing.answers = [OutcomeUnknown("No answer.")]
    post = approved("One")
    pass_once(clock)
    old = candidates.doubtful(clock())[0]
    again = claims.take_again(old, "other", clock())
    assert again is not None
    from bfbot.ledger import doubts

    assert not doubts.record_absent(old, 0, not_before=NOON, now=NOON)
    doubts.orphan(None, "gone", NOON)
    assert not doubts.record_absent(old, 0, not_before=NOON, now=NOON), "unknown again, but of a later try"
    assert state(post) is DeliveryState.UNKNOWN


def test_what_a_person_settled_is_in_doubt_no_more(network: Network, clock: Clock) -> None:
    post = die_in_flight(network, clock, "One")
    network.live.clear()  # somebody looked: it is not there
    deliveries.move(deliveries.get(post.id), DeliveryState.FAILED)
    deliveries.redate(deliveries.get(post.id), NOON, NOON + timedelta(hours=1))
    network.answers = [Unavailable("No way there.")]
    pass_once(clock)
    assert state(post) is DeliveryState.DUE
    clock.on(minutes=1)
    pass_once(clock)
    assert (state(post), network.texts) == (DeliveryState.PUBLISHED, ["One"])
