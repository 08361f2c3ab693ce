"""A person says what became of a post whose outcome bfbot could not find out."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import audit, deliveries, posts


def settle(
    delivery_id: int, *, actor: str, now: datetime, live_url: str | None = None, gone: bool = False
) -> None:
    """It is live at `live_url`; or it is not live (`gone`), and then it counts as failed, to be retried."""
    if (live_url is None) == (not gone):
        raise UsageError("Say one of the two: it is live at a link, or it is not live.")
    if live_url is not None and not live_url.startswith(("https://", "http://", "/practice/")):
        raise UsageError(f"“{live_url}” is not a link.", mend="Paste the address of the live post.")
    with transaction.atomic():
        post = posts.to_change(deliveries.get(delivery_id).post_id)
        delivery = deliveries.get(delivery_id)
        people.require(actor, Role.APPROVER, post.campaign)
        if delivery.state is not DeliveryState.UNKNOWN:
            raise ContentRefused(
                f"The post on {delivery.account} is {delivery.state}: there is nothing to settle."
            )
        if live_url is not None:
            deliveries.settle_live(delivery, live_url, now)
        else:
            deliveries.move(delivery, DeliveryState.FAILED, reason="not_live", error=f"{actor}: it is not live.")
        said = {"account": delivery.account, "live": live_url, "gone": gone}
        audit.record(actor, "settled", f"post:{post.id}", now, said)
    posts.close_settled(now)
