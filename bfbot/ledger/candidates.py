"""Deliveries that may go out, with what was decided about their posts; and the clock's own moves of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from bfbot.domain.post import AUTOMATIC, Origin
from bfbot.domain.sending import Action, Candidate, Outcome
from bfbot.domain.states import DeliveryState, PostState, check_delivery_move
from bfbot.ledger import models
from bfbot.ledger.posts import delivery_to_domain

_S = DeliveryState
_AT_A_TIME = 5


def waiting(now: datetime, account: str | None = None) -> list[Candidate]:
    """Deliveries that are planned or due, their moment come, in due order."""
    rows = models.Delivery.objects.filter(state__in=[_S.PLANNED, _S.DUE], due_at__lte=now)
    return _candidates(rows if account is None else rows.filter(account=account))


def due(account: str) -> Iterator[Candidate]:
    """What the clock released on this account, in due order; read as far as it is asked for.

    The next to go is nearly always the first: a backlog of thousands costs its ids alone.
    """
    rows = models.Delivery.objects.filter(account=account, state=_S.DUE).order_by("due_at", "pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_A_TIME):
        yield from _candidates(rows.filter(pk__in=ids[start : start + _AT_A_TIME]))


def doubtful(now: datetime) -> list[Candidate]:
    """Unknown outcomes that are due for another look, in due order."""
    return _candidates(models.Delivery.objects.filter(state=_S.UNKNOWN, not_before__lte=now))


def busy(account: str) -> bool:
    """Whether a delivery of this account is on its way."""
    return models.Delivery.objects.filter(account=account, state=_S.SENDING).exists()


def on_their_way() -> list[Candidate]:
    """Deliveries of which a request is on record and its outcome is not: it may be on the wire in this moment."""
    asking = models.Attempt.objects.filter(action=Action.PUBLISH, outcome=Outcome.OPEN, ended_at=None)
    return _candidates(models.Delivery.objects.filter(state=_S.SENDING, pk__in=asking.values("delivery_id")))


def release(candidate: Candidate) -> bool:
    """planned -> due, unless it changed meanwhile or is approved no more."""
    rows = models.Delivery.objects.filter(
        pk=candidate.delivery.id,
        state=_S.PLANNED,
        due_at=candidate.delivery.due_at,
        post__state=PostState.APPROVED,
    )
    return bool(rows.update(state=_S.DUE))


def miss(candidate: Candidate, reason: str, error: str) -> bool:
    """planned | due -> missed, unless it changed meanwhile."""
    delivery = candidate.delivery
    check_delivery_move(delivery.state, _S.MISSED)
    rows = models.Delivery.objects.filter(pk=delivery.id, state=delivery.state, closes_at=delivery.closes_at)
    return bool(rows.update(state=_S.MISSED, reason=reason, error=error))


def explain(candidate: Candidate, error: str) -> None:
    """Say why a delivery does not go out now; its state stays."""
    if candidate.delivery.error != error:
        models.Delivery.objects.filter(pk=candidate.delivery.id, state=candidate.delivery.state).update(
            error=error
        )


def _candidates(rows: QuerySet[models.Delivery]) -> list[Candidate]:
    found = rows.select_related("post", "proof").prefetch_related("parts").order_by("due_at", "pk")
    deliveries = list(found)
    posts = {one.post_id for one in deliveries}
    standing = {one.post_id: one for one in models.Approval.objects.filter(post_id__in=posts, voided_at=None)}
    return [_candidate(one, standing.get(one.post_id)) for one in deliveries]


def _candidate(row: models.Delivery, approval: models.Approval | None) -> Candidate:
    bound = (
        approval is not None and row.post.state == PostState.APPROVED and approval.signature == row.post.signature
    )
    return Candidate(
        delivery=delivery_to_domain(row),
        campaign=row.post.campaign,
        automatic=Origin(row.post.origin) in AUTOMATIC,
        approved_at=approval.given_at if approval and bound else None,
        confirmed=approval.confirmed if approval and bound else "",
    )
