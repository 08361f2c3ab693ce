"""Deliveries, outside of the claim: made with their key, given a Proof, moved along the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import uuid4

from django.db import connection

from bfbot.domain.post import Delivery
from bfbot.domain.proof import Proof
from bfbot.domain.states import DeliveryState, check_delivery_move
from bfbot.errors import ContentRefused
from bfbot.ledger import models
from bfbot.ledger.posts import delivery_to_domain


def get(delivery_id: int) -> Delivery:
    """Raises ContentRefused when there is none."""
    row = models.Delivery.objects.select_related("proof").prefetch_related("parts").filter(pk=delivery_id).first()
    if row is None:
        raise ContentRefused(f"There is no delivery {delivery_id}.")
    return delivery_to_domain(row)


def add(post_id: int, account: str, platform: str, due_at: datetime, closes_at: datetime) -> None:
    """A planned delivery. Its key is written now and never changes, so that a retry is the same request."""
    models.Delivery.objects.create(
        post_id=post_id,
        account=account,
        platform=platform,
        state=DeliveryState.PLANNED,
        key=uuid4().hex,
        due_at=due_at,
        closes_at=closes_at,
        not_before=due_at,
    )


def vouch(stamps: Mapping[int, str]) -> None:
    """By delivery: under which stamp the rules about words were content with it."""
    given = [(stamp, one) for one, stamp in stamps.items()]
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE ledger_delivery SET vouched = %s WHERE id = %s", given)


def remove_unsent(post_id: int, accounts: Iterable[str]) -> None:
    """Drop deliveries that never had an attempt, when an author takes an account off a post."""
    rows = models.Delivery.objects.filter(post_id=post_id, account__in=list(accounts), attempts=0)
    rows.exclude(tries__isnull=False).delete()


def drop_proofs(post_id: int, states: Iterable[DeliveryState]) -> None:
    """What was written out for deliveries in `states` is no longer what would go out."""
    models.Delivery.objects.filter(post_id=post_id, state__in=list(states)).update(proof=None)


def give_proof(delivery_id: int, proof: Proof, now: datetime) -> None:
    """Store the Proof and its pictures' particulars, each under its digest, and bind the delivery to it."""
    for part in proof.parts:
        for one in part.media:
            particulars = {"mime": one.mime, "width": one.width, "height": one.height, "size": one.size}
            models.Blob.objects.get_or_create(digest=one.digest, defaults={**particulars, "created_at": now})
    models.Proof.objects.get_or_create(digest=proof.digest, defaults={"content": proof.as_json(), "made_at": now})
    models.Delivery.objects.filter(pk=delivery_id).update(proof_id=proof.digest)


def redate(delivery: Delivery, due_at: datetime, closes_at: datetime) -> None:
    """A new moment for a delivery that has not gone out; what failed or was missed is planned again."""
    if delivery.state is not DeliveryState.PLANNED:
        check_delivery_move(delivery.state, DeliveryState.PLANNED, delivery.reason)
    change(
        delivery,
        state=DeliveryState.PLANNED,
        due_at=due_at,
        closes_at=closes_at,
        not_before=due_at,
        reason="",
        error="",
    )


def move(delivery: Delivery, new: DeliveryState, *, reason: str = "", error: str = "") -> None:
    """Along the graph, and only from the state that was read; raises ContentRefused if it changed meanwhile."""
    check_delivery_move(delivery.state, new, delivery.reason)
    change(delivery, state=new, reason=reason, error=error)


def change(delivery: Delivery, **fields: object) -> None:
    """Only as it was read; raises ContentRefused if it moved on meanwhile. The caller has checked the move."""
    rows = models.Delivery.objects.filter(pk=delivery.id, state=delivery.state, reason=delivery.reason)
    changed = rows.update(**fields)
    if not changed:
        raise ContentRefused(
            f"The post on {delivery.account} moved on in this moment.", mend="Look at it again, then decide."
        )
