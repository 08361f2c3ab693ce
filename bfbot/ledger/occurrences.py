"""Posting times that have been filled, and the uses that rotation looks at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, Max, OuterRef, Prefetch, Q

from bfbot.domain.post import Origin
from bfbot.domain.states import GIVEN_UP, DeliveryState, PostState
from bfbot.ledger import models

_PERHAPS_LIVE = Q(
    state__in=[DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.PUBLISHED, DeliveryState.DELETED]
) | Q(state=DeliveryState.FAILED, reason=GIVEN_UP)


@dataclass(frozen=True)
class UseRow:
    """A planned or published post; `message` and `pillar` are "" where it is none of the evergreen ones."""

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


def newest_post() -> int:
    """The highest id of a post; 0 where there is none."""
    return models.Post.objects.aggregate(highest=Max("pk"))["highest"] or 0


def uses(from_time: datetime) -> list[UseRow]:
    """Evergreen posts, and posts of people, planned for `from_time` or later.

    Cancelled and rejected ones are left out, unless a part of their accounts had them before.
    """
    gone = models.Delivery.objects.filter(_PERHAPS_LIVE, post=OuterRef("pk"))
    rows = (
        models.Post.objects.filter(scheduled_for__gte=from_time)
        .exclude(message=None, origin__in=[Origin.RELEASE, Origin.CORRECTION])
        .exclude(Q(state__in=[PostState.WITHDRAWN, PostState.REJECTED]) & ~Exists(gone))
        .only("message", "pillar", "text", "scheduled_for")
        .prefetch_related(Prefetch("deliveries", models.Delivery.objects.only("post_id", "account")))
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
