"""Unknown outcomes: what was tried, and how a doubt is resolved. Nothing here sends anything."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from bfbot.domain.sending import DOUBTFUL, Action, Candidate, Outcome, Try
from bfbot.domain.states import SOUGHT, UNTRACED, DeliveryState, check_delivery_move
from bfbot.ledger import models
from bfbot.ledger.claims import finish, keep_part, resolve_doubt

_S = DeliveryState


def tries(delivery_id: int) -> list[Try]:
    """Every request about a delivery, oldest first."""
    return [
        Try(one.part, Action(one.action), one.started_at, Outcome(one.outcome), one.detail)
        for one in models.Attempt.objects.filter(delivery_id=delivery_id).order_by("pk")
    ]


def record_look(
    delivery_id: int, part: int, outcome: Outcome, worker: str, now: datetime, detail: str = ""
) -> None:
    """A look at the network's list, after it. `detail`: why it could not be read."""
    models.Attempt.objects.create(
        delivery_id=delivery_id,
        part=part,
        started_at=now,
        ended_at=now,
        worker=worker,
        action=Action.FIND,
        outcome=outcome,
        detail=detail,
    )


def record_found(
    candidate: Candidate, part: int, *, remote_id: str, url: str, published_at: datetime, last: bool, now: datetime
) -> bool:
    """A part was read back: unknown -> published, or -> due when more parts of its thread are to go.

    False, and nothing is written, where a person or a later try overtook the look; False too where another part
    of it is still in doubt.
    """
    with transaction.atomic():
        if not list(_as_looked_at(candidate).select_for_update().values_list("pk", flat=True)):
            return False
        keep_part(candidate.delivery.id, part, remote_id, url, published_at)
        resolve_doubt(candidate.delivery.id, Outcome.FOUND, now, part)
        if last:
            return bool(finish([candidate.delivery.id]))
        return not _rest_in_doubt(candidate, part) and _requeue(candidate, now, now)


def record_absent(candidate: Candidate, part: int, *, not_before: datetime, now: datetime) -> bool:
    """The network's list proves that a part is not there: unknown -> due, with nothing left in doubt.

    What may have gone out early goes back to `planned` where its own time is still to come.
    """
    with transaction.atomic():
        if models.Part.objects.filter(delivery_id=candidate.delivery.id, number=part).exists():
            return False  # somebody found it meanwhile
        moved = _requeue(candidate, not_before, now)
        if moved:
            resolve_doubt(candidate.delivery.id, Outcome.ABSENT, now, part)
        return moved


def record_refused(candidate: Candidate, part: int, error: str, now: datetime) -> bool:
    """Not there, and not wanted there: unknown -> failed."""
    check_delivery_move(_S.UNKNOWN, _S.FAILED)
    with transaction.atomic():
        moved = _as_looked_at(candidate).update(state=_S.FAILED, error=error, reason="duplicate")
        if moved:
            resolve_doubt(candidate.delivery.id, Outcome.ABSENT, now, part)
        return bool(moved)


def look_later(candidate: Candidate, moment: datetime, error: str, *, untraced: bool = False) -> None:
    """Still unknown: when to look again, and what the last look said. `untraced`: a person has to know."""
    rows = models.Delivery.objects.filter(pk=candidate.delivery.id, state=_S.UNKNOWN)
    rows.update(not_before=moment, error=error)
    if untraced:
        rows.filter(reason=SOUGHT).update(reason=UNTRACED)


def orphan(
    claimed_before: datetime | None,
    error: str,
    now: datetime,
    *,
    worker: str | None = None,
    but: Collection[int] = (),
) -> int:
    """sending -> unknown, for claims that nobody works on: only older ones, only that worker's, `but` those."""
    check_delivery_move(_S.SENDING, _S.UNKNOWN)
    rows = models.Delivery.objects.filter(state=_S.SENDING)
    if claimed_before is not None:
        rows = rows.filter(claimed_at__lt=claimed_before)
    if worker is not None:
        rows = rows.filter(worker=worker)
    rows = rows.exclude(pk__in=list(but))
    with transaction.atomic():
        ids = list(rows.select_for_update().values_list("pk", flat=True))
        models.Attempt.objects.filter(delivery_id__in=ids, outcome=Outcome.OPEN, ended_at=None).update(
            outcome=Outcome.INTERRUPTED, ended_at=now
        )
        return models.Delivery.objects.filter(pk__in=ids, state=_S.SENDING).update(
            state=_S.UNKNOWN, error=error, not_before=now
        )


def belongs_elsewhere(candidate: Candidate, part: int, remote_id: str) -> bool:
    """Whether that remote post is known to be another part, or another delivery of the account."""
    rows = models.Part.objects.filter(delivery__account=candidate.delivery.account, remote_id=remote_id)
    return rows.exclude(delivery_id=candidate.delivery.id, number=part).exists()


def elsewhere(candidate: Candidate, since: datetime) -> frozenset[str]:
    """The remote ids of the account's other posts, as far as they are on record and went out since then."""
    rows = models.Part.objects.filter(delivery__account=candidate.delivery.account, published_at__gte=since)
    return frozenset(rows.exclude(delivery_id=candidate.delivery.id).values_list("remote_id", flat=True))


def same_words_first(candidate: Candidate) -> bool:
    """Whether an earlier delivery of the account is in doubt and says the same: what is found may be that one."""
    mine = candidate.delivery
    rows = models.Delivery.objects.filter(account=mine.account, state=_S.UNKNOWN, proof__deliveries=mine.id)
    return rows.filter(Q(due_at__lt=mine.due_at) | Q(due_at=mine.due_at, pk__lt=mine.id)).exists()


def _rest_in_doubt(candidate: Candidate, part: int) -> bool:
    """Whether a later part of its thread may be live as well, as after a restore."""
    rows = models.Attempt.objects.filter(delivery_id=candidate.delivery.id, part__gt=part, action=Action.PUBLISH)
    return rows.filter(outcome__in=[str(one) for one in DOUBTFUL]).exists()


def _requeue(candidate: Candidate, not_before: datetime, now: datetime) -> bool:
    delivery = candidate.delivery
    early = delivery.perhaps_early and now < delivery.due_at
    new, moment = (_S.PLANNED, delivery.due_at) if early else (_S.DUE, not_before)
    check_delivery_move(_S.UNKNOWN, new, delivery.reason)
    return bool(_as_looked_at(candidate).update(state=new, not_before=moment, error="", reason=""))


def _as_looked_at(candidate: Candidate) -> QuerySet[models.Delivery]:
    """Only as it was when the look began: a later try would make the look worthless."""
    delivery = candidate.delivery
    return models.Delivery.objects.filter(pk=delivery.id, state=_S.UNKNOWN, attempts=delivery.attempts)
