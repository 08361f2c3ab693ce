"""The audit: append-only, each entry hashed together with the one before it."""

from __future__ import annotations

import getpass
import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from functools import cache

from django.db import transaction

from bfbot.ledger import models
from bfbot.ledger.names import for_record
from bfbot.ledger.turns import Turn, wait_for

_GENESIS = "0" * 64


def record(
    actor: str, action: str, subject: str, now: datetime, detail: Mapping[str, object] | None = None
) -> None:
    """Add a decision. Call it inside the transaction that carries the decision out."""
    with transaction.atomic():
        wait_for(Turn.AUDIT)
        last = models.AuditEntry.objects.order_by("-number").values_list("number", "hash").first()
        number, previous = (last[0] + 1, last[1]) if last else (1, _GENESIS)
        entry = models.AuditEntry(
            number=number,
            at=now,
            actor=actor,
            os_user=_os_user(),
            action=action,
            subject=subject,
            detail=for_record(detail or {}),
            previous=previous,
        )
        entry.hash = _hash(entry)
        entry.save(force_insert=True)


def entries(subject: str | None = None, action: str | None = None, most: int = 200) -> list[models.AuditEntry]:
    """The newest entries first."""
    rows = models.AuditEntry.objects.order_by("-number")
    if subject is not None:
        rows = rows.filter(subject=subject)
    if action is not None:
        rows = rows.filter(action=action)
    return list(rows[:most])


def of_several(subjects: Collection[str], actions: Collection[str]) -> dict[str, list[models.AuditEntry]]:
    """By subject, the newest first."""
    found: dict[str, list[models.AuditEntry]] = {}
    if subjects:
        rows = models.AuditEntry.objects.filter(subject__in=list(subjects), action__in=list(actions))
        for row in rows.order_by("-number"):
            found.setdefault(row.subject, []).append(row)
    return found


def breaks() -> Iterator[int]:
    """Numbers of entries that do not follow from the one before: changed, missing or inserted.

    Entries cut off at the end leave no mark in the rest: compare the last number with an export.
    """
    number, previous = 0, _GENESIS
    for entry in models.AuditEntry.objects.order_by("number").iterator():
        if entry.number != number + 1 or entry.previous != previous or entry.hash != _hash(entry):
            yield entry.number
        number, previous = entry.number, entry.hash


def _hash(entry: models.AuditEntry) -> str:
    fields = [
        entry.number,
        entry.at.astimezone(UTC).isoformat(),
        entry.actor,
        entry.os_user,
        entry.action,
        entry.subject,
        entry.detail,
        entry.previous,
    ]
    return hashlib.sha256(json.dumps(fields, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@cache
def _os_user() -> str:
    try:
        return getpass.getuser()[:80]
    except (OSError, KeyError):  # no such user on this machine, as in some containers
        return ""
