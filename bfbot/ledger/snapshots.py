"""Figures as at a moment: only ever added, and read as domain objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from bfbot.domain.snapshot import AccountSnapshot, PostFigures, Snapshot
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models

FIELDS = tuple(field.name for field in fields(PostFigures))


@dataclass(frozen=True)
class Live:
    """A post on a network as measuring needs it. `remote_ids` are those of its parts, in their order."""

    delivery_id: int
    post_id: int
    campaign: str
    account: str
    published_at: datetime
    remote_ids: tuple[str, ...]
    taken: frozenset[str]


def add(snapshot: Snapshot) -> bool:
    """Store figures; False when that occasion of the delivery has its figures already."""
    row = models.Snapshot(
        delivery_id=snapshot.delivery_id,
        taken_at=snapshot.taken_at,
        occasion=snapshot.occasion,
        practice=snapshot.practice,
        **{name: getattr(snapshot.figures, name) for name in FIELDS},
    )
    return _insert(row)


def add_account(snapshot: AccountSnapshot, day: date) -> bool:
    """Store an account's own figures for a local day; False when the day has them already."""
    row = models.AccountSnapshot(
        account=snapshot.account,
        day=day,
        taken_at=snapshot.taken_at,
        followers=snapshot.followers,
        reach=snapshot.reach,
        reach_window=snapshot.reach_window,
        practice=snapshot.practice,
    )
    return _insert(row)


def _insert(row: models.Snapshot | models.AccountSnapshot) -> bool:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return False
    return True


def live(*, since: datetime | None = None, posts: Collection[int] | None = None) -> list[Live]:
    """Published deliveries with a remote id, by age or by post, with the occasions they have figures for."""
    rows = models.Delivery.objects.filter(state=DeliveryState.PUBLISHED, published_at__isnull=False)
    if since is not None:
        rows = rows.filter(published_at__gt=since)
    if posts is not None:
        rows = rows.filter(post_id__in=list(posts))
    rows = rows.select_related("post").prefetch_related("parts", "snapshots").order_by("pk")
    found = []
    for row in rows:
        parts = sorted(row.parts.all(), key=lambda part: part.number)
        if not parts or row.published_at is None:
            continue
        found.append(
            Live(
                delivery_id=row.pk,
                post_id=row.post_id,
                campaign=row.post.campaign,
                account=row.account,
                published_at=row.published_at,
                remote_ids=tuple(part.remote_id for part in parts),
                taken=frozenset(one.occasion for one in row.snapshots.all()),
            )
        )
    return found


def of_deliveries(delivery_ids: Iterable[int]) -> dict[int, list[Snapshot]]:
    """Every snapshot of these deliveries, oldest first."""
    found: dict[int, list[Snapshot]] = defaultdict(list)
    ids: Sequence[int] = sorted(set(delivery_ids))
    for start in range(0, len(ids), 500):  # SQLite takes a limited number of values in one question
        rows = models.Snapshot.objects.filter(delivery_id__in=ids[start : start + 500])
        for row in rows.order_by("taken_at", "pk").iterator():
            found[row.delivery_id].append(
                Snapshot(
                    delivery_id=row.delivery_id,
                    taken_at=row.taken_at,
                    occasion=row.occasion,
                    figures=PostFigures(**{name: getattr(row, name) for name in FIELDS}),
                    practice=row.practice,
                )
            )
    return dict(found)


def last_account_days() -> dict[str, date]:
    """Each account's last day with figures of its own."""
    rows = models.AccountSnapshot.objects.values("account").annotate(last=Max("day"))
    return {row["account"]: row["last"] for row in rows}


def of_accounts(accounts: Collection[str], from_time: datetime, until: datetime) -> list[AccountSnapshot]:
    """The accounts' own figures taken in a half-open range, oldest first."""
    rows = models.AccountSnapshot.objects.filter(
        account__in=list(accounts), taken_at__gte=from_time, taken_at__lt=until
    )
    return [
        AccountSnapshot(
            account=row.account,
            taken_at=row.taken_at,
            followers=row.followers,
            reach=row.reach,
            reach_window=row.reach_window,
            practice=row.practice,
        )
        for row in rows.order_by("taken_at")
    ]
