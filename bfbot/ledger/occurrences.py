"""Posting times that have been filled, and the uses that rotation looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bfbot.domain.states import PostState
from bfbot.ledger import models


@dataclass(frozen=True)
class UseRow:
    """A planned or published evergreen post."""

    message: str
    pillar: str
    text: str
    accounts: frozenset[str]
    at: datetime


def used_keys(keys: Iterable[str]) -> set[str]:
    """Those of `keys` that have been used."""
    return set(models.Occurrence.objects.filter(key__in=list(keys)).values_list("key", flat=True))


def use_key(key: str, *, slot: str, campaign: str, moment: datetime, now: datetime, outcome: str = "") -> bool:
    """Take a key; False when somebody took it before."""
    _, fresh = models.Occurrence.objects.get_or_create(
        key=key,
        defaults={"slot": slot, "campaign": campaign, "moment": moment, "planned_at": now, "outcome": outcome},
    )
    return fresh


def starved(from_time: datetime, until: datetime) -> list[models.Occurrence]:
    """Posting times that nothing could fill, in order."""
    rows = models.Occurrence.objects.filter(moment__gte=from_time, moment__lt=until)
    return list(rows.exclude(outcome="").order_by("moment"))


def uses(from_time: datetime) -> list[UseRow]:
    """Evergreen posts planned for `from_time` or later, cancelled and rejected ones left out."""
    rows = (
        models.Post.objects.filter(message__isnull=False, scheduled_for__gte=from_time)
        .exclude(state__in=[PostState.WITHDRAWN, PostState.REJECTED])
        .prefetch_related("deliveries")
    )
    return [
        UseRow(
            message=row.message or "",
            pillar=row.pillar or "",
            text=row.text,
            accounts=frozenset(one.account for one in row.deliveries.all()),
            at=row.scheduled_for,
        )
        for row in rows
    ]
