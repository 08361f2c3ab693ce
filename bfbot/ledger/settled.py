"""What a person said about a post that may be live. Call these inside the transaction that carries the decision.

Each is conditional on the delivery as it was read: whoever was first wins, and the other is told.
"""

from __future__ import annotations

from datetime import datetime

from bfbot.domain.post import Delivery
from bfbot.domain.sending import Outcome
from bfbot.domain.states import GIVEN_UP, DeliveryState, check_delivery_move
from bfbot.ledger import models
from bfbot.ledger.claims import keep_part, resolve_doubt
from bfbot.ledger.deliveries import change

_S = DeliveryState


def belongs_to(account: str, remote_id: str) -> int | None:
    """The post that has this remote post on record already; None when nobody has."""
    rows = models.Part.objects.filter(delivery__account=account, remote_id=remote_id)
    return rows.values_list("delivery__post_id", flat=True).first()


def part_live(
    delivery: Delivery, part: int, *, remote_id: str, url: str, published_at: datetime, now: datetime
) -> None:
    """A part that somebody saw on the network. Where it is the last of them, call `live` too."""
    change(delivery, error=delivery.error)
    keep_part(delivery.id, part, remote_id, url, published_at)
    resolve_doubt(delivery.id, Outcome.SETTLED, now, part)


def live(delivery: Delivery, published_at: datetime) -> None:
    """All parts are live: unknown | failed (given up) -> published."""
    check_delivery_move(delivery.state, _S.PUBLISHED, delivery.reason)
    change(delivery, state=_S.PUBLISHED, published_at=published_at, error="", reason="settled_by_person")


def go_on(delivery: Delivery, now: datetime) -> None:
    """What is not live goes out after all: unknown -> due | planned, with nothing left in doubt.

    Planned is what may have gone out early and has not: its own time is still to come.
    """
    early = delivery.perhaps_early and now < delivery.due_at
    new, moment = (_S.PLANNED, delivery.due_at) if early else (_S.DUE, now)
    check_delivery_move(delivery.state, new, delivery.reason)
    change(delivery, state=new, not_before=moment, error="", reason="")
    resolve_doubt(delivery.id, Outcome.SETTLED, now)


def end(delivery: Delivery, state: DeliveryState, *, reason: str, error: str, now: datetime) -> None:
    """What is not live does not go out any more: -> missed | failed, with nothing left in doubt."""
    check_delivery_move(delivery.state, state, delivery.reason)
    change(delivery, state=state, reason=reason, error=error)
    resolve_doubt(delivery.id, Outcome.SETTLED, now)


def give_up(delivery: Delivery, error: str) -> None:
    """unknown -> failed. The requests stay on record as they are: nobody knows what came of them."""
    check_delivery_move(delivery.state, _S.FAILED, delivery.reason)
    change(delivery, state=_S.FAILED, reason=GIVEN_UP, error=error)
