"""Deliveries that may go out, with what was decided about their posts; and the clock's own moves of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import connection
from django.db.models import Exists, F, OuterRef, QuerySet

from bfbot.domain.approval import Approval
from bfbot.domain.post import AUTOMATIC, Delivery, Origin, Post
from bfbot.domain.sending import Action, Candidate, Outcome
from bfbot.domain.states import HELD_BACK, DeliveryState, PostState, check_delivery_move
from bfbot.ledger import models
from bfbot.ledger.approvals import standing_on_several
from bfbot.ledger.posts import delivery_to_domain

_S = DeliveryState
_WAITING = [_S.PLANNED, _S.DUE]
_AT_A_TIME = 5


def lock(heads: Iterable[Head]) -> None:
    """Inside a transaction: until it ends nobody else changes these, and what is read from here on is the latest.

    On SQLite a transaction is the only writer from its start (IMMEDIATE).
    """
    if connection.features.has_select_for_update:
        ids = sorted(one.delivery_id for one in heads)
        list(models.Delivery.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


class Head(NamedTuple):
    """The delivery that is next on an account."""

    delivery_id: int
    post_id: int


def head(account: str) -> Head | None:
    """The account's next delivery to go out; None where there is none, or one of it is on its way."""
    return heads([account]).get(account)


def heads(accounts: Collection[str]) -> dict[str, Head]:
    """The same for many accounts, by account; those without one are left out.

    Asked for every post that goes out, so it is plain SQL: two look-ups in an index for each account.
    """
    if not accounts:
        return {}
    asked = ", ".join(["(CAST(%s AS text))"] * len(accounts))
    with connection.cursor() as cursor:
        cursor.execute(_HEADS.format(asked=asked), [str(_S.SENDING), str(_S.DUE), *accounts])
        return {account: Head(delivery, post) for account, delivery, post in cursor.fetchall()}


_HEADS = """
    SELECT account, id, post_id FROM ledger_delivery WHERE id IN (
        SELECT (SELECT id FROM ledger_delivery AS one WHERE one.account = asked.column1 AND NOT EXISTS (
                    SELECT 1 FROM ledger_delivery AS busy WHERE busy.account = asked.column1 AND busy.state = %s)
                AND one.state = %s ORDER BY due_at, id LIMIT 1)
        FROM (VALUES {asked}) AS asked)
"""


def release_all(now: datetime) -> int:
    """planned -> due, for all whose moment has come, whose window is open and whose post is approved as signed.

    One statement about one table: on PostgreSQL a row that changes meanwhile is looked at again before it moves.
    """
    signed = models.Post.objects.filter(
        pk=OuterRef("post_id"),
        state=PostState.APPROVED,
        approvals__voided_at=None,
        approvals__signature=F("signature"),
    )
    rows = models.Delivery.objects.filter(Exists(signed), state=_S.PLANNED, due_at__lte=now, closes_at__gt=now)
    return rows.update(state=_S.DUE)


def overdue(now: datetime) -> list[Candidate]:
    """Deliveries that are planned or due though their window is over, in due order."""
    return _candidates(models.Delivery.objects.filter(state__in=_WAITING, due_at__lt=now, closes_at__lte=now))


def open_before(moment: datetime) -> list[Candidate]:
    """Deliveries that are planned or due and fell due before that moment, in due order."""
    return _candidates(models.Delivery.objects.filter(state__in=_WAITING, due_at__lt=moment))


def accounts_with_due() -> list[str]:
    """Accounts that have something to send, by name."""
    rows = models.Delivery.objects.filter(state=_S.DUE).order_by("account")
    return list(rows.values_list("account", flat=True).distinct())


def due(account: str) -> Iterator[Candidate]:
    """What the clock released on this account, in due order; read as far as it is asked for.

    The next to go is nearly always the first: a backlog of thousands costs its ids alone.
    """
    rows = models.Delivery.objects.filter(account=account, state=_S.DUE).order_by("due_at", "pk")
    ids = list(rows.values_list("pk", flat=True))
    for start in range(0, len(ids), _AT_A_TIME):
        yield from _candidates(rows.filter(pk__in=ids[start : start + _AT_A_TIME]))


def doubtful(now: datetime, account: str | None = None) -> list[Candidate]:
    """Unknown outcomes that are due for another look, in due order; of one account, or of all."""
    rows = models.Delivery.objects.filter(state=_S.UNKNOWN, not_before__lte=now)
    return _candidates(rows if account is None else rows.filter(account=account))


def accounts_in_doubt(now: datetime) -> list[str]:
    """Accounts that have any of these, by name."""
    rows = models.Delivery.objects.filter(state=_S.UNKNOWN, not_before__lte=now).order_by("account")
    return list(rows.values_list("account", flat=True).distinct())


def busy(account: str) -> bool:
    """Whether a delivery of this account is on its way."""
    return models.Delivery.objects.filter(account=account, state=_S.SENDING).exists()


def on_their_way() -> list[Candidate]:
    """Deliveries of which a request is on record and its outcome is not: it may be on the wire in this moment."""
    asking = models.Attempt.objects.filter(action=Action.PUBLISH, outcome=Outcome.OPEN, ended_at=None)
    return _candidates(models.Delivery.objects.filter(state=_S.SENDING, pk__in=asking.values("delivery_id")))


def miss(candidate: Candidate, reason: str, error: str) -> bool:
    """planned | due -> missed, unless it changed meanwhile."""
    delivery = candidate.delivery
    check_delivery_move(delivery.state, _S.MISSED)
    rows = models.Delivery.objects.filter(pk=delivery.id, state=delivery.state, closes_at=delivery.closes_at)
    return bool(rows.update(state=_S.MISSED, reason=reason, error=error))


def explain(candidate: Candidate, error: str, held: str = "") -> None:
    """Say why a delivery does not go out now, if there is anything to say; its state stays.

    `held` names what a person has to see to; "" where nobody has to.
    """
    mine = candidate.delivery
    reason = f"{HELD_BACK}{held}" if held else ""
    if error and (mine.error, mine.reason) != (error, reason):
        models.Delivery.objects.filter(pk=mine.id, state=mine.state).update(error=error, reason=reason)


def of_delivery(delivery: Delivery, post: Post, approval: Approval | None) -> Candidate:
    """With what is decided about its post. Pure; `approval` is the one that stands on the post, if any."""
    bound = approval is not None and post.state is PostState.APPROVED and approval.signature == post.signature
    return Candidate(
        delivery=delivery,
        campaign=post.campaign,
        automatic=post.automatic,
        approved_at=approval.given_at if approval and bound else None,
    )


def _candidates(rows: QuerySet[models.Delivery]) -> list[Candidate]:
    found = rows.select_related("post", "proof").prefetch_related("parts").order_by("due_at", "pk")
    deliveries = list(found)
    standing = standing_on_several(one.post_id for one in deliveries)
    return [_candidate(one, standing.get(one.post_id)) for one in deliveries]


def _candidate(row: models.Delivery, approval: Approval | None) -> Candidate:
    bound = (
        approval is not None and row.post.state == PostState.APPROVED and approval.signature == row.post.signature
    )
    return Candidate(
        delivery=delivery_to_domain(row),
        campaign=row.post.campaign,
        automatic=Origin(row.post.origin) in AUTOMATIC,
        approved_at=approval.given_at if approval and bound else None,
    )
