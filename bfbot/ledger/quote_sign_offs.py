"""Which exact words spokespeople agreed to: kept with the other sign-offs, only added."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bfbot.ledger import models

_QUOTE = "(quote)"
"""Stands where other sign-offs have their period; no period has such an id."""


def add(*, by: str, digest: str, signer: str, said: str, now: datetime) -> None:
    """`by` is an id of the register, `digest` that of the words; `said`: how they agreed."""
    models.SignOff.objects.create(
        period=_QUOTE, subject=f"quote:{by}", digest=digest, signer=signer, said=said, given_at=now
    )


def signed(digests: Collection[str]) -> frozenset[tuple[str, str]]:
    """(id of the register, digest) of those of these words that somebody agreed to."""
    if not digests:
        return frozenset()
    rows = models.SignOff.objects.filter(period=_QUOTE, digest__in=list(digests))
    return frozenset((subject.partition(":")[2], one) for subject, one in rows.values_list("subject", "digest"))
