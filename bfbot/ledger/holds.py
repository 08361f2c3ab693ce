"""Holds, as domain objects."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import connection
from django.db.models import F, Q

from bfbot.domain.hold import Hold, Scope
from bfbot.errors import ContentRefused
from bfbot.ledger import models


def standing(now: datetime) -> list[Hold]:
    """Holds that stand at `now`, oldest first. Asked for every post that goes out: mostly there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT 1 FROM ledger_hold WHERE lifted_at IS NULL)")
        if not cursor.fetchone()[0]:
            return []
    rows = models.Hold.objects.filter(starts_at__lte=now, lifted_at=None)
    return _with_cleared(rows.filter(Q(until=None) | Q(until__gt=now)).order_by("pk"))


def everything(most: int = 100) -> list[Hold]:
    """Lifted and ended ones too, newest first."""
    return _with_cleared(models.Hold.objects.order_by("-pk")[:most])


def get(hold_id: int) -> Hold:
    row = models.Hold.objects.filter(pk=hold_id).first()
    if row is None:
        raise ContentRefused(f"There is no pause {hold_id}.", mend="See `bfbot holds`.")
    return _to_domain(row)


def add(
    scope: Scope,
    scope_id: str,
    reason: str,
    placed_by: str,
    starts_at: datetime,
    *,
    until: datetime | None = None,
    automatic_only: bool = False,
) -> Hold:
    return _to_domain(
        models.Hold.objects.create(
            scope=scope,
            scope_id=scope_id,
            reason=reason,
            placed_by=placed_by,
            starts_at=starts_at,
            until=until,
            automatic_only=automatic_only,
        )
    )


def lift(hold_id: int, by: str, now: datetime, reason: str = "") -> bool:
    """False when it was lifted already."""
    rows = models.Hold.objects.filter(pk=hold_id, lifted_at=None)
    return bool(rows.update(lifted_at=now, lifted_by=by, lift_reason=reason))


def _with_cleared(rows: Iterable[models.Hold]) -> list[Hold]:
    """A post edited since it was cleared is not what two people cleared: it is left out."""
    found = list(rows)
    if not found:
        return []
    given = models.Clearance.objects.filter(hold__in=[one.pk for one in found], given_at__isnull=False)
    cleared: dict[int, set[int]] = {}
    for hold_id, post_id in given.filter(signature=F("post__signature")).values_list("hold_id", "post_id"):
        cleared.setdefault(hold_id, set()).add(post_id)
    return [_to_domain(row, frozenset(cleared.get(row.pk, ()))) for row in found]


def _to_domain(row: models.Hold, cleared: frozenset[int] = frozenset()) -> Hold:
    return Hold(
        id=row.pk,
        scope=Scope(row.scope),
        scope_id=row.scope_id,
        reason=row.reason,
        placed_by=row.placed_by,
        starts_at=row.starts_at,
        until=row.until,
        lifted_at=row.lifted_at,
        automatic_only=row.automatic_only,
        cleared=cleared,
    )
