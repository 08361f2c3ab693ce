"""What is sent, in which order, and what is on record before it is: once, whole, one at a time."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bfbot.domain.finding import Finding, Level
from bfbot.domain.sending import Outcome
from bfbot.domain.states import DeliveryState
from bfbot.errors import (
    Unavailable,
)
from bfbot.ledger import candidates, claims, deliveries, doubts, models
from bfbot.publishing import claim
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.publishing.claiming import claim_next
from tests.publishing.network import NOON, Clock, Network, approved
from tests.publishing.turns import outcomes, run

pytestmark = pytest.mark.django_db


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
        claim, "check_at_send", lambda delivery, now, known: (finding,) if delivery.id == stopped.id else ()
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
    with pytest.raises(IntegrityError), transaction.atomic():  # the database refuses it too
        claims.take_all([next(candidates.due("desk"))], "b", NOON)
