"""Deleting a post from its network."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.domain.sending import Outcome
from bfbot.domain.states import DeliveryState, check_delivery_move
from bfbot.errors import ContentRefused, PlatformError
from bfbot.ledger import audit, deliveries, posts, removals
from bfbot.platforms.base import Deletable
from bfbot.publishing import door


def delete(delivery_id: int, *, actor: str, now: datetime) -> None:
    """Take every part down, the last one first. Safe to repeat: what is gone already is a success.

    Raises NotAllowed, IllegalMove unless it is published, ContentRefused where the network deletes nothing, and
    the network's own PlatformError: the post then counts as live, and the attempt is on record.
    """
    delivery = deliveries.get(delivery_id)
    people.require(actor, Role.APPROVER, posts.get(delivery.post_id).campaign)
    check_delivery_move(delivery.state, DeliveryState.DELETED)
    platform = door.platform_of(delivery.account, now)
    if not isinstance(platform, Deletable):
        raise ContentRefused(f"bfbot cannot take posts down on {platform.label}.", mend="Delete it there by hand.")
    for part in sorted(delivery.parts, key=lambda one: one.index, reverse=True):
        attempt = removals.begin(delivery.id, part.index, actor, now)
        try:
            platform.delete(part.remote_id)
        except PlatformError as error:
            removals.close(attempt, Outcome.UNKNOWN, str(error), now)
            raise
        removals.close(attempt, Outcome.DELETED, "", now)
    with transaction.atomic():
        removals.deleted(delivery, now)
        audit.record(actor, "deleted", f"post:{delivery.post_id}", now, {"account": delivery.account})
