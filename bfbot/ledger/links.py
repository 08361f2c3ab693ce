"""The last look at each page that a post links to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from bfbot.domain.link import LinkSeen, LinkState
from bfbot.ledger.models import LinkCheck


def seen(addresses: Iterable[str]) -> dict[str, LinkSeen]:
    """By address; those never looked at are left out."""
    wanted = list(addresses)
    if not wanted:
        return {}
    return {row.address: _to_domain(row) for row in LinkCheck.objects.filter(address__in=wanted)}


def keep(found: LinkSeen) -> None:
    """In the place of what was seen of that page before."""
    values = {name: value for name, value in asdict(found).items() if name != "address"}
    LinkCheck.objects.update_or_create(address=found.address, defaults=values)


def forget(before: datetime) -> int:
    """Drop what was last looked at before a moment: no open post has had that link since. Returns how many."""
    return LinkCheck.objects.filter(checked_at__lt=before).delete()[0]


def _to_domain(row: LinkCheck) -> LinkSeen:
    return LinkSeen(row.address, LinkState(row.state), row.checked_at, row.status, row.final, row.why)
