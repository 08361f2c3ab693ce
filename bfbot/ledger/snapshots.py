"""Figures as at a moment: only ever added, and read as domain objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from bfbot.domain.snapshot import AccountSnapshot, PostFigures, Snapshot
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models

FIELDS = tuple(field.name for field in fields(PostFigures))


@dataclass(frozen=True)
class Live:
    """A post on a network as measuring needs it; `taken` are the occasions it has figures for."""

    delivery_id: int
    post_id: int
    campaign: str
    account: str
    published_at: datetime
    taken: frozenset[str]


def add(snapshot: Snapshot) -> bool:
    """Store figures; False when that occasion of the delivery has its figures already."""
    return _insert(_row(snapshot))


def add_all(every: Collection[Snapshot]) -> int:
    """Store many at once; returns how many were new. An occasion that has its figures keeps them."""
    try:
        with transaction.atomic():
            return len(models.Snapshot.objects.bulk_create([_row(one) for one in every]))
    except IntegrityError:  # another worker was quicker with some of them
        return sum(add(one) for one in every)


def _row(snapshot: Snapshot) -> models.Snapshot:
    return models.Snapshot(
        delivery_id=snapshot.delivery_id,
        taken_at=snapshot.taken_at,
        occasion=snapshot.occasion,
        practice=snapshot.practice,
        **{name: getattr(snapshot.figures, name) for name in FIELDS},
    )


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


def untaken(occasion: str, first: datetime, last: datetime) -> list[int]:
    """Deliveries that went out from `first` to `last` and have no figures of that occasion. Only their ids."""
    taken = models.Snapshot.objects.filter(delivery=OuterRef("pk"), occasion=occasion)
    rows = models.Delivery.objects.filter(
        ~Exists(taken), state=DeliveryState.PUBLISHED, published_at__gte=first, published_at__lte=last
    )
    return list(rows.values_list("pk", flat=True))


def live(
    *,
    since: datetime | None = None,
    posts: Collection[int] | None = None,
    deliveries: Collection[int] | None = None,
) -> list[Live]:
    """Published deliveries, by age, by post or by their own ids. It reads names alone."""
    rows = models.Delivery.objects.filter(state=DeliveryState.PUBLISHED, published_at__isnull=False)
    if since is not None:
        rows = rows.filter(published_at__gt=since)
    if posts is not None:
        rows = rows.filter(post_id__in=list(posts))
    if deliveries is not None:
        return [one for some in _portions(sorted(deliveries)) for one in _live(rows.filter(pk__in=some))]
    return _live(rows)


def _live(rows: QuerySet[models.Delivery]) -> list[Live]:
    taken: dict[int, set[str]] = defaultdict(set)
    for delivery_id, occasion in models.Snapshot.objects.filter(delivery__in=rows).values_list(
        "delivery_id", "occasion"
    ):
        taken[delivery_id].add(occasion)
    fields = ("pk", "post_id", "post__campaign", "account", "published_at")
    return [
        Live(pk, post_id, campaign, account, published_at, frozenset(taken.get(pk, ())))
        for pk, post_id, campaign, account, published_at in rows.order_by("pk").values_list(*fields)
        if published_at is not None
    ]


def remote_ids(delivery_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The networks' ids of each delivery's parts, in their order."""
    found: dict[int, list[str]] = defaultdict(list)
    for some in _portions(delivery_ids):
        rows = models.Part.objects.filter(delivery_id__in=some).order_by("delivery_id", "number")
        for delivery_id, remote_id in rows.values_list("delivery_id", "remote_id"):
            found[delivery_id].append(remote_id)
    return {delivery_id: tuple(ids) for delivery_id, ids in found.items()}


def _portions(ids: Iterable[int], size: int = 500) -> Iterator[list[int]]:
    """SQLite takes a limited number of values in one question."""
    every = sorted(set(ids))
    for start in range(0, len(every), size):
        yield every[start : start + size]


def of_deliveries(delivery_ids: Iterable[int]) -> dict[int, list[Snapshot]]:
    """Every snapshot of these deliveries, oldest first."""
    found: dict[int, list[Snapshot]] = defaultdict(list)
    for some in _portions(delivery_ids):
        rows = models.Snapshot.objects.filter(delivery_id__in=some)
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
