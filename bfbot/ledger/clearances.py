"""Posts that two people let through a pause: who asked, who gave, and for which version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from bfbot.ledger import models


@dataclass(frozen=True)
class Clearance:
    """`given_by` is "" until a second person has cleared it. Times are UTC."""

    id: int
    post_id: int
    hold_id: int
    signature: str
    reason: str
    asked_by: str
    asked_at: datetime
    given_by: str = ""


def ask(post_id: int, hold_id: int, signature: str, reason: str, by: str, now: datetime) -> bool:
    """False when it was asked for this version already."""
    try:
        with transaction.atomic():
            models.Clearance.objects.create(
                post_id=post_id, hold_id=hold_id, signature=signature, reason=reason, asked_by=by, asked_at=now
            )
    except IntegrityError:
        return False
    return True


def give(clearance_id: int, by: str, now: datetime) -> bool:
    """False when somebody gave it already."""
    rows = models.Clearance.objects.filter(pk=clearance_id, given_at=None)
    return bool(rows.update(given_by=by, given_at=now))


def of_post(post_id: int, hold_ids: Iterable[int]) -> list[Clearance]:
    """For the post as it is now, oldest first."""
    rows = models.Clearance.objects.filter(post_id=post_id, hold_id__in=list(hold_ids))
    return _read(rows)


def asked(hold_ids: Iterable[int]) -> list[Clearance]:
    """Those that wait for a second person, oldest first; none for a post that was edited since."""
    return _read(models.Clearance.objects.filter(hold_id__in=list(hold_ids), given_at=None))


def _read(rows: QuerySet[models.Clearance]) -> list[Clearance]:
    current = rows.filter(signature=F("post__signature")).order_by("pk")
    return [
        Clearance(
            id=row.pk,
            post_id=row.post_id,
            hold_id=row.hold_id,
            signature=row.signature,
            reason=row.reason,
            asked_by=row.asked_by,
            asked_at=row.asked_at,
            given_by=row.given_by,
        )
        for row in current
    ]
