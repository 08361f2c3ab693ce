"""The claim on a delivery, and what came of it: every move of a delivery that is being sent.

Each write is conditional on the claim it belongs to, so a worker that was given up for dead changes nothing.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from bfbot.domain.sending import DOUBTFUL, Action, Candidate, Claim, Outcome
from bfbot.domain.states import DeliveryState, check_delivery_move
from bfbot.ledger import models

_S = DeliveryState


def take(candidate: Candidate, worker: str, now: datetime) -> Claim | None:
    """due -> sending. None when another worker was first, on this delivery or on its account.

    What was in doubt before a delivery became due again was settled by a person: it is in doubt no more.
    """
    claim = _take(candidate, _S.DUE, worker, now)
    if claim is not None and candidate.delivery.attempts:
        resolve_doubt(candidate.delivery.id, Outcome.SETTLED, now)
    return claim


def take_again(candidate: Candidate, worker: str, now: datetime) -> Claim | None:
    """unknown -> due -> sending in one step: nobody may see it as merely due, for it may be live."""
    check_delivery_move(_S.UNKNOWN, _S.DUE)
    return _take(candidate, _S.UNKNOWN, worker, now)


def _take(candidate: Candidate, old: DeliveryState, worker: str, now: datetime) -> Claim | None:
    check_delivery_move(_S.DUE, _S.SENDING)
    delivery = candidate.delivery
    rows = models.Delivery.objects.filter(pk=delivery.id, state=old, attempts=delivery.attempts)
    try:
        with transaction.atomic():
            taken = rows.update(state=_S.SENDING, worker=worker, claimed_at=now, attempts=F("attempts") + 1)
    except IntegrityError:  # one_sending_an_account
        return None
    if not taken:
        return None
    mine = replace(candidate.delivery, state=_S.SENDING, attempts=delivery.attempts + 1)
    return Claim(replace(candidate, delivery=mine), worker, now)


def begin(claim: Claim, part: int, now: datetime) -> int | None:
    """Write the request down before it is made; returns its id, or None when the claim is lost."""
    with transaction.atomic():
        if not list(_held(claim).select_for_update().values_list("pk", flat=True)):
            return None
        return models.Attempt.objects.create(
            delivery_id=claim.delivery.id, part=part, started_at=now, worker=claim.worker, action=Action.PUBLISH
        ).pk


def holds(claim: Claim) -> bool:
    """Whether the delivery is still this worker's to send."""
    return _held(claim).exists()


def record_part(
    claim: Claim, attempt: int, part: int, *, remote_id: str, url: str, published_at: datetime, now: datetime
) -> Claim:
    """The network confirmed a part: kept whatever became of the claim. The claim is as fresh as new."""
    with transaction.atomic():
        keep_part(claim.delivery.id, part, remote_id, url, published_at)
        _close(attempt, Outcome.PUBLISHED, "", now)
        _held(claim).update(claimed_at=now)
    return replace(claim, claimed_at=now)


def finish(delivery_id: int) -> bool:
    """sending | unknown -> published, since its first part. The caller knows that all parts are live."""
    first = models.Part.objects.filter(delivery_id=delivery_id).order_by("number").first()
    if first is None:
        return False
    rows = models.Delivery.objects.filter(pk=delivery_id, state__in=[_S.SENDING, _S.UNKNOWN])
    return bool(rows.update(state=_S.PUBLISHED, published_at=first.published_at, error="", reason=""))


def end(
    claim: Claim,
    state: DeliveryState,
    *,
    error: str,
    reason: str = "",
    not_before: datetime | None = None,
    burned: bool = True,
    attempt: int | None = None,
    outcome: Outcome = Outcome.NOT_MADE,
    now: datetime,
) -> bool:
    """sending -> due | failed | unknown, and the request closed. Without `burned` the try does not count."""
    check_delivery_move(_S.SENDING, state)
    with transaction.atomic():
        if attempt is not None:
            _close(attempt, outcome, error, now)
        fields: dict[str, object] = {"state": state, "error": error, "reason": reason}
        if not_before is not None:
            fields["not_before"] = not_before
        # What is partly live has had its try, whatever stopped the rest of it.
        if not burned and not claim.delivery.parts:
            fields["attempts"] = F("attempts") - 1
        return bool(_held(claim).update(**fields))


def _held(claim: Claim) -> QuerySet[models.Delivery]:
    return models.Delivery.objects.filter(
        pk=claim.delivery.id, state=_S.SENDING, worker=claim.worker, claimed_at=claim.claimed_at
    )


def keep_part(delivery_id: int, part: int, remote_id: str, url: str, published_at: datetime) -> None:
    """A part that is live. Whoever wrote it first was right."""
    given = {"remote_id": remote_id, "url": url, "published_at": published_at}
    models.Part.objects.get_or_create(delivery_id=delivery_id, number=part, defaults=given)


def _close(attempt: int, outcome: Outcome, detail: str, now: datetime) -> None:
    models.Attempt.objects.filter(pk=attempt).update(outcome=outcome, detail=detail, ended_at=now)


def resolve_doubt(delivery_id: int, outcome: Outcome, now: datetime, part: int | None = None) -> None:
    """Write down what became of the requests whose outcome was unknown; `part` None: of all parts."""
    rows = models.Attempt.objects.filter(
        delivery_id=delivery_id, action=Action.PUBLISH, outcome__in=[str(one) for one in DOUBTFUL]
    )
    if part is not None:
        rows = rows.filter(part=part)
    rows.update(outcome=outcome, ended_at=now)
