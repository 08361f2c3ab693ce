"""Requests to take a post down, and the delivery that is gone."""

from __future__ import annotations

from datetime import datetime

from bfbot.domain.post import Delivery
from bfbot.domain.sending import Action, Outcome
from bfbot.domain.states import DeliveryState, check_delivery_move
from bfbot.ledger import models


def begin(delivery_id: int, part: int, actor: str, now: datetime) -> int:
    """Write the request down before it is made; returns its id."""
    return models.Attempt.objects.create(
        delivery_id=delivery_id, part=part, started_at=now, worker=actor, action=Action.DELETE
    ).pk


def close(attempt: int, outcome: Outcome, detail: str, now: datetime) -> None:
    models.Attempt.objects.filter(pk=attempt).update(outcome=outcome, detail=detail, ended_at=now)


def deleted(delivery: Delivery, now: datetime) -> None:
    """published -> deleted."""
    check_delivery_move(delivery.state, DeliveryState.DELETED)
    rows = models.Delivery.objects.filter(pk=delivery.id, state=DeliveryState.PUBLISHED)
    rows.update(state=DeliveryState.DELETED, deleted_at=now)
