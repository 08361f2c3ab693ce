"""What an error of a network means for the delivery, its account and the next try. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bfbot.domain.post import Delivery
from bfbot.domain.sending import Outcome, parts_live
from bfbot.domain.states import DeliveryState
from bfbot.errors import (
    Duplicate,
    NotAuthorised,
    OutcomeUnknown,
    OutOfCredit,
    RateLimited,
    Rejected,
    Unavailable,
)
from bfbot.publishing.retry import next_try

LONGEST_LIMIT = timedelta(days=1)
"""A network that says "come back next year" is asked again tomorrow."""


@dataclass(frozen=True)
class Verdict:
    """`not_before` moves the delivery, `next_at` its account; `stop` stops the account, with the reason.

    `burned`: whether the try counts. `look`: the post may be live already, so read it back at once.
    """

    state: DeliveryState
    outcome: Outcome
    error: str
    reason: str = ""
    not_before: datetime | None = None
    next_at: datetime | None = None
    stop: str = ""
    burned: bool = True
    look: bool = False


def verdict(error: Exception, delivery: Delivery, *, doubtful: bool, now: datetime) -> Verdict:
    """`doubtful`: an earlier request for the same part may have been carried out.

    Then a request that certainly failed proves nothing about the earlier one, and the delivery stays unknown.
    """
    text = f"{error} {parts_live(delivery)}".strip()
    again = DeliveryState.UNKNOWN if doubtful else DeliveryState.DUE
    match error:
        case Rejected() if not doubtful:
            return Verdict(DeliveryState.FAILED, Outcome.REJECTED, text, reason="rejected")
        case Rejected():
            return Verdict(DeliveryState.UNKNOWN, Outcome.REJECTED, text)
        case Duplicate():
            return Verdict(DeliveryState.UNKNOWN, Outcome.DUPLICATE, text, look=True)
        case NotAuthorised():
            return Verdict(again, Outcome.NOT_AUTHORISED, text, stop=str(error), burned=False)
        case OutOfCredit():
            return Verdict(again, Outcome.OUT_OF_CREDIT, text, stop=str(error), burned=False)
        case RateLimited():
            moment = min(max(error.retry_at, now), now + LONGEST_LIMIT)
            return Verdict(again, Outcome.RATE_LIMITED, text, next_at=moment, burned=False)
        case Unavailable():
            moment = next_try(delivery.attempts, now, delivery.closes_at, delivery.key)
            return Verdict(again, Outcome.UNAVAILABLE, text, not_before=moment)
        case OutcomeUnknown():
            return Verdict(DeliveryState.UNKNOWN, Outcome.UNKNOWN, text)
        case _:
            # Not ours, so its text may hold anything, a token included: only its type is written down.
            name = type(error).__name__
            return Verdict(DeliveryState.UNKNOWN, Outcome.UNKNOWN, f"bfbot met an error of its own: {name}.")
