"""What was told to people, so that it is told once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from bfbot.domain.watching import Known
from bfbot.ledger import models


def known() -> Mapping[str, Known]:
    """By key; those that are long over are forgotten."""
    return {
        row.key: Known(row.key, row.fingerprint, row.since, row.told_at, row.over_at)
        for row in models.Alert.objects.all()
    }


def standing() -> list[models.Alert]:
    """Those that are not over, the longest standing first."""
    return list(models.Alert.objects.filter(over_at=None).order_by("since", "pk"))


def notice(key: str, fingerprint: str, text: str, path: str, now: datetime) -> None:
    """It is there, and nobody was told yet."""
    models.Alert.objects.update_or_create(
        key=key,
        defaults={
            "fingerprint": fingerprint,
            "text": text,
            "path": path,
            "since": now,
            "told_at": None,
            "over_at": None,
        },
    )


def there_again(keys: Iterable[str]) -> None:
    """They had gone away for a moment."""
    models.Alert.objects.filter(pk__in=list(keys)).update(over_at=None)


def over(keys: Iterable[str], now: datetime) -> None:
    """They went away."""
    models.Alert.objects.filter(pk__in=list(keys), over_at=None).update(over_at=now)


def told(keys: Iterable[str], now: datetime) -> None:
    models.Alert.objects.filter(pk__in=list(keys)).update(told_at=now)


def forget(before: datetime) -> None:
    """Those that are over since then."""
    models.Alert.objects.filter(over_at__lt=before).delete()
