"""Weekly reports as they were made, and the owner's word on them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from bfbot.domain.proof import proof_from_json
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models


@dataclass(frozen=True)
class StoredReport:
    """`numbers` is the JSON shape of the report as at `made_at`."""

    campaign: str
    week: str
    made_at: datetime
    numbers: Mapping[str, Any]
    comment: str
    commented_by: str
    sample: bool


@dataclass(frozen=True)
class SentRow:
    """A post on an account that went out, without its figures. Times are aware, UTC."""

    id: int
    post_id: int
    account: str
    platform: str
    pillar: str | None
    published_at: datetime
    deleted_at: datetime | None
    url: str


def published(campaign: str, since: datetime | None, until: datetime) -> list[SentRow]:
    """What the campaign published in a half-open range, deleted posts too; oldest first."""
    rows = models.Delivery.objects.filter(
        post__campaign=campaign,
        state__in=[DeliveryState.PUBLISHED, DeliveryState.DELETED],
        published_at__lt=until,
    )
    if since is not None:
        rows = rows.filter(published_at__gte=since)
    rows = rows.select_related("post").prefetch_related("parts").order_by("published_at", "pk")
    rows = rows.only("account", "platform", "published_at", "deleted_at", "post__pillar")
    return [_sent(row, row.published_at) for row in rows if row.published_at is not None]


def _sent(row: models.Delivery, published_at: datetime) -> SentRow:
    parts = sorted(row.parts.all(), key=lambda part: part.number)
    return SentRow(
        id=row.pk,
        post_id=row.post_id,
        account=row.account,
        platform=row.platform,
        pillar=row.post.pillar,
        published_at=published_at,
        deleted_at=row.deleted_at,
        url=parts[0].url if parts else "",
    )


def has_posts(campaign: str, until: datetime) -> bool:
    """Whether the campaign had any post planned before that moment."""
    return models.Post.objects.filter(campaign=campaign, scheduled_for__lt=until).exists()


def texts(delivery_ids: Collection[int]) -> dict[int, str]:
    """What was read on the network: each delivery's stored Proof, else the author's text."""
    rows = models.Delivery.objects.filter(pk__in=list(delivery_ids)).select_related("proof", "post")
    return {row.pk: proof_from_json(row.proof.content).text if row.proof else row.post.text for row in rows}


def find(campaign: str, week: str) -> StoredReport | None:
    row = models.Report.objects.filter(campaign=campaign, week=week).first()
    return _to_domain(row) if row else None


def listing(campaign: str | None = None, most: int = 60) -> list[StoredReport]:
    """The newest weeks first."""
    rows = models.Report.objects.order_by("-week", "campaign")
    if campaign is not None:
        rows = rows.filter(campaign=campaign)
    return [_to_domain(row) for row in rows[:most]]


def add(campaign: str, week: str, made_at: datetime, numbers: Mapping[str, Any], sample: bool) -> bool:
    """False when the week has its report already: there is one only."""
    try:
        with transaction.atomic():
            models.Report.objects.create(
                campaign=campaign, week=week, made_at=made_at, numbers=dict(numbers), sample=sample
            )
    except IntegrityError:
        return False
    return True


def comment(campaign: str, week: str, text: str, by: str) -> bool:
    """Write the owner's comment; False when there is no such report."""
    rows = models.Report.objects.filter(campaign=campaign, week=week)
    return bool(rows.update(comment=text, commented_by=by))


def _to_domain(row: models.Report) -> StoredReport:
    return StoredReport(
        campaign=row.campaign,
        week=row.week,
        made_at=row.made_at,
        numbers=row.numbers,
        comment=row.comment,
        commented_by=row.commented_by,
        sample=row.sample,
    )
