"""What other organisations agreed to by name. Taking one back is a date, never a deletion."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bfbot.domain.owner_sign_off import OwnerSignOff
from bfbot.ledger import models


def add(*, owner: str, subject: str, digest: str, signer: str, said: str, now: datetime) -> OwnerSignOff:
    """`subject` is `post:ID` or `message:ID`. Raises IntegrityError where that person signed this already."""
    row = models.OwnerSignOff.objects.create(
        owner=owner, subject=subject, digest=digest, signer=signer, said=said, given_at=now
    )
    return _to_domain(row)


def given(subjects: Collection[str]) -> list[OwnerSignOff]:
    """Those of these subjects that nobody took back, of whatever version, oldest first."""
    if not subjects:
        return []
    rows = models.OwnerSignOff.objects.filter(subject__in=list(subjects), taken_back_at=None)
    return [_to_domain(row) for row in rows.order_by("pk")]


def take_back(sign_off_id: int, *, by: str, now: datetime) -> bool:
    """False when somebody took it back already."""
    rows = models.OwnerSignOff.objects.filter(pk=sign_off_id, taken_back_at=None)
    return bool(rows.update(taken_back_at=now, taken_back_by=by))


def _to_domain(row: models.OwnerSignOff) -> OwnerSignOff:
    return OwnerSignOff(
        id=row.pk,
        owner=row.owner,
        subject=row.subject,
        digest=row.digest,
        signer=row.signer,
        said=row.said,
        given_at=row.given_at,
    )
