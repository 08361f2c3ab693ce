"""Recording what is live with the next claim: one never costs the other."""

from __future__ import annotations

import logging
from collections.abc import Sequence

import pytest
from django.db import IntegrityError

from bfbot.domain.sending import Claim, Confirmed
from bfbot.domain.states import DeliveryState
from bfbot.ledger import deliveries
from bfbot.publishing import steps
from bfbot.publishing.release import release_due
from bfbot.publishing.send import publish
from bfbot.publishing.steps import Step
from tests.publishing.claiming import claim_next
from tests.publishing.network import NOON, Clock, Network, approved

pytestmark = pytest.mark.django_db


def confirmed(network: Network, clock: Clock) -> Confirmed:
    """A post that is live and not yet recorded."""
    approved("One")
    release_due(NOON)
    claim = claim_next("desk", NOON, "worker")
    assert claim is not None
    done = publish(claim, network, clock)
    assert isinstance(done, Confirmed)
    return done


def test_a_lost_claim_does_not_cost_the_record(
    network: Network, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = confirmed(network, clock)

    def lost(*given: object) -> dict[str, Claim]:
        raise IntegrityError("another worker was first")

    monkeypatch.setattr(steps, "claim_each", lost)
    assert steps.take(Step("desk", "worker", clock, done)) is None
    assert deliveries.get(done.claim.delivery.id).state is DeliveryState.PUBLISHED


def test_a_record_that_the_ledger_refuses_is_never_silent(
    network: Network, clock: Clock, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    done = confirmed(network, clock)

    def refused(parts: Sequence[Confirmed]) -> None:
        raise IntegrityError("no")

    monkeypatch.setattr(steps.claims, "keep_parts", refused)
    with caplog.at_level(logging.CRITICAL), pytest.raises(IntegrityError):
        steps.take(Step("desk", "worker", clock, done))
    (line,) = caplog.records
    assert line.__dict__["remote_id"] == done.remote_id
