"""Every answer of a network, and what becomes of the delivery."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bfbot.domain.finding import Finding, Level
from bfbot.domain.hold import Scope
from bfbot.domain.sending import Outcome
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
from bfbot.ledger import account_states, claims, deliveries, doubts, holds, models
from bfbot.publishing import claim, send
from bfbot.publishing.claim import claim_next
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.publishing.network import NOON, Clock, Listing, Network, approved

pytestmark = pytest.mark.django_db


def run(clock: Clock, account: str = "desk") -> int:
    release_due(clock())
    return drain(account, clock, "worker")


def outcomes(delivery_id: int) -> list[Outcome]:
    return [one.outcome for one in doubts.tries(delivery_id)]


def test_a_post_goes_out_once_and_its_link_is_kept(network: Network, clock: Clock) -> None:
    post = approved("Hello")
    assert [run(clock), run(clock)] == [1, 0]
    sent = deliveries.get(post.id)
    assert (sent.state, sent.remote_id, sent.url) == (DeliveryState.PUBLISHED, "0", "https://social.example/0")
    assert (sent.published_at, sent.attempts, sent.error) == (NOON, 1, "")
    assert network.texts == ["Hello"]
    assert outcomes(post.id) == [Outcome.PUBLISHED]


def test_the_request_is_on_record_before_it_is_made(network: Network, clock: Clock) -> None:
    post = approved("Hello")
    seen: list[object] = []

    def look() -> None:
        row = models.Delivery.objects.get(pk=post.id)
        seen.extend([row.state, row.worker, row.claimed_at, outcomes(post.id)])

    network.before = look
    run(clock)
    assert seen == ["sending", "worker", NOON, [Outcome.OPEN]]


def test_posts_of_an_account_go_out_in_due_order(network: Network, clock: Clock) -> None:
    for minutes, text in ((3, "C"), (1, "A"), (2, "B"), (4, "D")):
        approved(text, at=NOON + timedelta(minutes=minutes))
    approved("Elsewhere", account="other")
    clock.on(minutes=3)
    assert run(clock) == 3
    assert network.texts == ["A", "B", "C"]


def test_a_stop_is_asked_for_before_each_post(network: Network, clock: Clock) -> None:
    approved("One")
    approved("Two")
    release_due(NOON)
    answers = iter([False, True])
    assert drain("desk", clock, "worker", stopping=lambda: next(answers)) == 1
    assert network.texts == ["One"]


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


def test_a_thread_goes_on_where_it_stopped(network: Network, clock: Clock) -> None:
    network.answers = [None, Unavailable("No way there.")]
    post = approved("One", "Two", "Three")
    assert run(clock) == 0
    half = deliveries.get(post.id)
    assert (half.state, len(half.parts)) == (DeliveryState.DUE, 1)
    assert "1 of 3 parts are live." in half.error
    clock.on(minutes=1)
    assert run(clock) == 1
    keys = [post.key, f"{post.key}-1", f"{post.key}-2"]
    assert network.live == list(zip(keys, ["One", "Two", "Three"], [None, "0", "1"], strict=True))
    whole = deliveries.get(post.id)
    assert (whole.published_at, whole.remote_id, len(whole.parts)) == (NOON, "0", 3)


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
    assert send.send(taken, network, clock) is DeliveryState.DUE
    assert network.asked == []
    assert deliveries.get(post.id).attempts == 0


@pytest.mark.parametrize("came", ["a pause", "the end of the window", "a clock set back", "another process"])
def test_what_comes_while_pictures_go_up_stops_the_request(network: Network, clock: Clock, came: str) -> None:
    post = approved("One", window=timedelta(minutes=10))

    def meanwhile() -> None:
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
    send.send(taken, network, clock)
    assert network.asked == []


def test_a_confirmed_part_is_kept_even_when_the_claim_was_lost(network: Network, clock: Clock) -> None:
    post = approved("One")
    network.before = lambda: doubts.orphan(None, "gone", NOON) and None
    run(clock)
    sent = deliveries.get(post.id)
    assert (sent.state, sent.remote_id) == (DeliveryState.PUBLISHED, "0")


def test_what_the_rules_stop_stays_due_and_says_why(
    network: Network, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped, _ = approved("One"), approved("Two")
    finding = Finding("facts", Level.REFUSE, "The figure is out of date.", "Use the new one.")
    monkeypatch.setattr(
        claim, "check_at_send", lambda delivery, now: (finding,) if delivery.id == stopped.id else ()
    )
    assert run(clock) == 1
    held = deliveries.get(stopped.id)
    assert (held.state, held.error) == (DeliveryState.DUE, "The figure is out of date. Use the new one.")


def test_an_account_that_left_the_files_keeps_its_posts(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    from bfbot.errors import ConfigurationError
    from bfbot.publishing import door

    def gone(account_id: str, now: object) -> Network:
        raise ConfigurationError(f"{account_id} is no longer among the accounts.", mend="Put it back.")

    monkeypatch.setattr(door, "platform_of", gone)
    post = approved("One")
    assert run(clock) == 0
    kept = deliveries.get(post.id)
    assert (kept.state, kept.error) == (DeliveryState.DUE, "desk is no longer among the accounts. Put it back.")


def test_one_request_of_an_account_at_a_time(network: Network, clock: Clock) -> None:
    approved("One")
    approved("Two")
    release_due(NOON)
    first = claim_next("desk", NOON, "a")
    assert first is not None
    assert claim_next("desk", NOON, "b") is None
    from bfbot.ledger import candidates

    assert claims.take(next(candidates.due("desk")), "b", NOON) is None, "the database refuses it too"
