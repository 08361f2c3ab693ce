"""The last look at each page that a post links to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import datetime

from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.proof import proof_from_json
from bfbot.domain.states import OPEN_POST
from bfbot.ledger.models import LinkCheck, Post


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


def written(from_time: datetime, until: datetime) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The link of each open post planned in that time (half-open) with all its texts, the next one first.

    As written, and as it will go out. Read some hundreds at a time: a queue of thousands is never held at once.
    """
    rows = Post.objects.filter(state__in=list(OPEN_POST), scheduled_for__gte=from_time, scheduled_for__lt=until)
    fields = ("link", "text", "variants", "deliveries__proof__content")
    for link, text, variants, proof in rows.order_by("scheduled_for", "pk").values_list(*fields).iterator(500):
        going_out = (proof_from_json(proof).text,) if proof else ()
        yield link, (text, *variants.values(), *going_out)


def _to_domain(row: LinkCheck) -> LinkSeen:
    return LinkSeen(row.address, LinkState(row.state), row.checked_at, row.status, row.final, row.why)
