"""Requests to networks, read in the order in which they were written down: how long each took, and its outcome."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max

from bfbot.domain.sending import Action, Outcome
from bfbot.ledger import models

_FIELDS = ("pk", "started_at", "ended_at", "action", "outcome", "delivery__account", "delivery__platform")
_AT_ONCE = 400


@dataclass(frozen=True)
class Timed:
    """One request. `ended_at` is None while nothing is known of its end."""

    number: int
    started_at: datetime
    ended_at: datetime | None
    action: Action
    outcome: Outcome
    account: str
    platform: str


def newest() -> int:
    """The number of the last request; 0 before the first."""
    return int(models.Attempt.objects.aggregate(last=Max("pk"))["last"] or 0)


def after(number: int) -> Iterator[Timed]:
    """Those that were written down since; read as far as it is asked for."""
    rows = models.Attempt.objects.filter(pk__gt=number).order_by("pk").values_list(*_FIELDS)
    return (_timed(*row) for row in rows.iterator(chunk_size=2000))


def among(numbers: Iterable[int]) -> Iterator[Timed]:
    """Those of these numbers."""
    wanted = sorted(numbers)
    for start in range(0, len(wanted), _AT_ONCE):
        rows = models.Attempt.objects.filter(pk__in=wanted[start : start + _AT_ONCE])
        yield from (_timed(*row) for row in rows.values_list(*_FIELDS))


def _timed(
    number: int,
    started_at: datetime,
    ended_at: datetime | None,
    action: str,
    outcome: str,
    account: str,
    platform: str,
) -> Timed:
    return Timed(number, started_at, ended_at, Action(action), Outcome(outcome), account, platform)
