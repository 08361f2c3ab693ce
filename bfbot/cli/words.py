"""The team's words for the states of a post and of its way to an account, and for what rules say."""

from __future__ import annotations

from bfbot.domain.finding import Level
from bfbot.domain.post import Delivery
from bfbot.domain.states import DeliveryState, PostState

POST_STATES: dict[PostState, str] = {
    PostState.DRAFT: "draft",
    PostState.IN_REVIEW: "waiting for approval",
    PostState.APPROVED: "approved",
    PostState.REJECTED: "turned down",
    PostState.CLOSED: "done",
    PostState.WITHDRAWN: "cancelled",
}

DELIVERY_STATES: dict[DeliveryState, str] = {
    DeliveryState.PLANNED: "planned",
    DeliveryState.DUE: "due now",
    DeliveryState.SENDING: "going out",
    DeliveryState.PUBLISHED: "out",
    DeliveryState.FAILED: "failed",
    DeliveryState.UNKNOWN: "check: may be live",
    DeliveryState.MISSED: "not sent: too late",
    DeliveryState.WITHDRAWN: "cancelled",
    DeliveryState.DELETED: "deleted",
}

SOUGHT = "being looked for"
GIVEN_UP = "given up: may be live"

LEVELS: dict[Level, str] = {
    Level.REFUSE: "To mend",
    Level.CONFIRM: "To confirm",
    Level.HOLD: "Held for now",
    Level.WARN: "Worth a look",
}


def on_account(one: Delivery) -> str:
    """What became of a post on one account; one nobody approved in time is not called late."""
    if one.state is DeliveryState.MISSED and one.reason in NOT_SENT:
        return f"{one.account}: not sent: {NOT_SENT[one.reason]}"
    return f"{one.account}: {GIVEN_UP if one.given_up else SOUGHT if one.sought else DELIVERY_STATES[one.state]}"


NOT_SENT = {"not_approved": "nobody approved it in time", "paused": "paused when its time came"}
