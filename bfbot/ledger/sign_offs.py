"""What approvers signed off by name for pre-election periods: only added, never changed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bfbot.domain.season import SignOff
from bfbot.ledger import models


def add(*, period: str, subject: str, digest: str, signer: str, said: str, now: datetime) -> SignOff:
    """`subject` is `post:ID` or `message:ID`; `digest` says which version of it."""
    row = models.SignOff.objects.create(
        period=period, subject=subject, digest=digest, signer=signer, said=said, given_at=now
    )
    return _to_domain(row)


def given(periods: Collection[str], subjects: Collection[str] | None = None) -> list[SignOff]:
    """For any of these periods, newest first; of `subjects` alone where they are named."""
    rows = models.SignOff.objects.filter(period__in=list(periods))
    if subjects is not None:
        rows = rows.filter(subject__in=list(subjects))
    return [_to_domain(row) for row in rows.order_by("-pk")]


def _to_domain(row: models.SignOff) -> SignOff:
    return SignOff(
        period=row.period,
        subject=row.subject,
        digest=row.digest,
        signer=row.signer,
        said=row.said,
        given_at=row.given_at,
    )
