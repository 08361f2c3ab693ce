"""The claim on a delivery, and what came of it: every move of a delivery that is being sent.

Each write is conditional on the claim it belongs to, so a worker that was given up for dead changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F, QuerySet

from bfbot.domain.sending import DOUBTFUL, Action, Candidate, Claim, Confirmed, Outcome, next_part
from bfbot.domain.states import DeliveryState, check_delivery_move
from bfbot.ledger import models

_S = DeliveryState


def take_all(wanted: Sequence[Candidate], worker: str, now: datetime) -> list[Claim]:
    """due -> sending, each with its first request written down, for deliveries of as many accounts.

    Inside the transaction in which they were read and found fit to go. Raises IntegrityError where another worker
    was first on one of these accounts: then none is taken, and each is to be tried on its own.
    What was in doubt before a delivery became due again was settled by a person: it is in doubt no more.
    """
    check_delivery_move(_S.DUE, _S.SENDING)
    if not wanted:
        return []
    ids = [one.delivery.id for one in wanted]
    with connection.cursor() as cursor:
        cursor.execute(f"{_TAKE} ({_holes(len(ids))})", [str(_S.SENDING), worker, _moment(now), str(_S.DUE), *ids])
        if cursor.rowcount != len(ids):
            raise IntegrityError("a delivery was taken or changed in this moment")
    for one in wanted:
        if one.delivery.attempts:
            resolve_doubt(one.delivery.id, Outcome.SETTLED, now)
    claims = [_claim(one, worker, now) for one in wanted]
    requests = _write_down(claims)
    return [replace(one, request=requests[one.delivery.id]) for one in claims]


_TAKE = (
    "UPDATE ledger_delivery SET state = %s, worker = %s, claimed_at = %s, reason = '', attempts = attempts + 1 "
    "WHERE state = %s AND id IN"
)


def _write_down(claims: Sequence[Claim]) -> dict[int, int]:
    """The first request of each claim; their numbers by delivery. Plain SQL, as all that every post passes."""
    rows: list[int | str | datetime] = [
        value
        for one in claims
        for value in (
            one.delivery.id,
            next_part(one.delivery) or 0,
            _moment(one.claimed_at),
            one.worker,
            str(Action.PUBLISH),
            "",
            "",
        )
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_DOWN + ", ".join([_ONE_REQUEST] * len(claims)) + _NUMBERS, rows)
        return dict(cursor.fetchall())


_WRITE_DOWN = "INSERT INTO ledger_attempt (delivery_id, part, started_at, worker, action, outcome, detail) VALUES "
_ONE_REQUEST = "(%s, %s, %s, %s, %s, %s, %s)"
_NUMBERS = " RETURNING delivery_id, id"


def _moment(aware: datetime) -> datetime | str:
    """A time as the database's own driver takes it."""
    return connection.ops.adapt_datetimefield_value(aware) or aware


def take_again(candidate: Candidate, worker: str, now: datetime) -> Claim | None:
    """unknown -> due -> sending in one step: nobody may see it as merely due, for it may be live.

    None when another worker was first, on this delivery or on its account.
    """
    check_delivery_move(_S.UNKNOWN, _S.DUE)
    check_delivery_move(_S.DUE, _S.SENDING)
    delivery = candidate.delivery
    rows = models.Delivery.objects.filter(pk=delivery.id, state=_S.UNKNOWN, attempts=delivery.attempts)
    try:
        with transaction.atomic():
            taken = rows.update(
                state=_S.SENDING, worker=worker, claimed_at=now, attempts=F("attempts") + 1, reason=""
            )
    except IntegrityError:  # one_sending_an_account
        return None
    return _claim(candidate, worker, now) if taken else None


def _claim(candidate: Candidate, worker: str, now: datetime) -> Claim:
    mine = replace(candidate.delivery, state=_S.SENDING, attempts=candidate.delivery.attempts + 1)
    return Claim(replace(candidate, delivery=mine), worker, now)


def begin(claim: Claim, part: int, now: datetime) -> int | None:
    """Write the request down before it is made; returns its id, or None when the claim is lost."""
    with transaction.atomic():
        if not list(_held(claim).select_for_update().values_list("pk", flat=True)):
            return None
        return models.Attempt.objects.create(
            delivery_id=claim.delivery.id, part=part, started_at=now, worker=claim.worker, action=Action.PUBLISH
        ).pk


def last_look(claim: Claim) -> tuple[bool, bool]:
    """(whether the delivery is still this worker's to send, whether any stop stands or is to come).

    Asked right before every request, so it is one plain statement of 0.1 ms.
    """
    with connection.cursor() as cursor:
        known = (claim.delivery.id, str(_S.SENDING), claim.worker, _moment(claim.claimed_at))
        cursor.execute(_LAST_LOOK, known)
        held, stops = cursor.fetchone()
    return bool(held), bool(stops)


_LAST_LOOK = """
    SELECT EXISTS (SELECT 1 FROM ledger_delivery WHERE id = %s AND state = %s AND worker = %s AND claimed_at = %s),
           EXISTS (SELECT 1 FROM ledger_hold WHERE lifted_at IS NULL)
"""


def record_part(confirmed: Confirmed) -> Claim:
    """The network confirmed a part: kept whatever became of the claim. The claim is as fresh as new."""
    now = confirmed.answered_at
    with transaction.atomic():
        keep_parts([confirmed])
        _held(confirmed.claim).update(claimed_at=now)
    return replace(confirmed.claim, claimed_at=now, request=None)


def keep_parts(confirmed: Sequence[Confirmed]) -> None:
    """The parts and what came of their requests, in one go. Whoever wrote a part first was right."""
    many = len(confirmed)
    parts: list[int | str | datetime] = []
    ended: list[int | str | datetime] = []
    for one in confirmed:
        parts += (one.claim.delivery.id, one.part, one.remote_id, one.url, _moment(one.published_at))
        ended += (one.request, _moment(one.answered_at))
    with connection.cursor() as cursor:
        cursor.execute(_KEEP + ", ".join([_ONE_PART] * many) + _FIRST_WAS_RIGHT, parts)
        cursor.execute(
            _CLOSE.format(ended=_ENDED * many, ids=_holes(many)),
            [str(Outcome.PUBLISHED), *ended, *(one.request for one in confirmed)],
        )


_KEEP = "INSERT INTO ledger_part (delivery_id, number, remote_id, url, published_at) VALUES "
_ONE_PART = "(%s, %s, %s, %s, %s)"
_FIRST_WAS_RIGHT = " ON CONFLICT (delivery_id, number) DO NOTHING"
_CLOSE = "UPDATE ledger_attempt SET outcome = %s, ended_at = CASE id{ended} END WHERE id IN ({ids})"
_ENDED = " WHEN %s THEN %s"


def _holes(many: int) -> str:
    return ", ".join(["%s"] * many)


def finish(delivery_ids: Sequence[int]) -> int:
    """sending | unknown -> published, since their first parts. The caller knows that all parts are live."""
    states = [str(_S.SENDING), str(_S.UNKNOWN)]
    with connection.cursor() as cursor:
        cursor.execute(_FINISH.format(ids=_holes(len(delivery_ids))), [str(_S.PUBLISHED), *states, *delivery_ids])
        return int(cursor.rowcount)


_FINISH = """
    UPDATE ledger_delivery SET state = %s, error = '', reason = '', published_at =
        (SELECT published_at FROM ledger_part WHERE delivery_id = ledger_delivery.id ORDER BY number LIMIT 1)
    WHERE state IN (%s, %s) AND id IN ({ids})
        AND EXISTS (SELECT 1 FROM ledger_part WHERE delivery_id = ledger_delivery.id)
"""


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
