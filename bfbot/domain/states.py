"""The two state graphs, as data. A move that is not drawn here raises.

A post's hold and outcome are not states: they are derived from holds and deliveries.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from bfbot.errors import IllegalMove


class PostState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    REJECTED = "rejected"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class DeliveryState(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    SENDING = "sending"
    PUBLISHED = "published"
    FAILED = "failed"
    UNKNOWN = "unknown"
    MISSED = "missed"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"


_P, _D = PostState, DeliveryState

POST_MOVES: Mapping[PostState, frozenset[PostState]] = {
    _P.DRAFT: frozenset({_P.IN_REVIEW, _P.WITHDRAWN}),
    _P.IN_REVIEW: frozenset({_P.APPROVED, _P.REJECTED, _P.DRAFT, _P.IN_REVIEW, _P.WITHDRAWN}),
    _P.APPROVED: frozenset({_P.CLOSED, _P.DRAFT, _P.IN_REVIEW, _P.WITHDRAWN}),
    _P.REJECTED: frozenset({_P.DRAFT, _P.IN_REVIEW, _P.WITHDRAWN}),
    # A post closes when every delivery is published, withdrawn or deleted: one that failed, was missed or is
    # unknown still needs a person, so its post stays open.
    _P.CLOSED: frozenset(),
    _P.WITHDRAWN: frozenset(),
}

DELIVERY_MOVES: Mapping[DeliveryState, frozenset[DeliveryState]] = {
    _D.PLANNED: frozenset({_D.DUE, _D.MISSED, _D.WITHDRAWN}),
    _D.DUE: frozenset({_D.SENDING, _D.PLANNED, _D.MISSED, _D.WITHDRAWN}),
    _D.SENDING: frozenset({_D.PUBLISHED, _D.FAILED, _D.UNKNOWN, _D.DUE}),
    _D.UNKNOWN: frozenset({_D.PUBLISHED, _D.DUE, _D.FAILED, _D.MISSED}),
    _D.PUBLISHED: frozenset({_D.DELETED}),
    _D.FAILED: frozenset({_D.PLANNED, _D.WITHDRAWN}),
    _D.MISSED: frozenset({_D.PLANNED, _D.WITHDRAWN}),
    _D.WITHDRAWN: frozenset(),
    _D.DELETED: frozenset(),
}

GIVEN_UP = "given_up"
"""The reason of a failed delivery that may be live all the same: a person gave up finding out."""

HELD_BACK = "held:"
"""So begins the reason of a delivery that is due and that a rule keeps back; after it stands what names why."""

GIVEN_UP_MOVES = frozenset({_D.PUBLISHED, _D.FAILED})
"""Its row instead of that of `failed`: first somebody says whether it is live (docs/decisions/0009)."""

SOUGHT = "sought"
"""The reason of a delivery whose time has not come and that a restored backup put in doubt: bfbot looks for it."""

UNTRACED = "untraced"
"""The same, where bfbot looked again and again and could not find out."""

PERHAPS_EARLY = frozenset({SOUGHT, UNTRACED})

PERHAPS_EARLY_MOVES = DELIVERY_MOVES[_D.UNKNOWN] | {_D.PLANNED}
"""Their row instead of that of `unknown`: what did not go out early waits for its own time again."""

OPEN_POST = frozenset({_P.DRAFT, _P.IN_REVIEW, _P.APPROVED, _P.REJECTED})
"""States in which a post can still change or go out."""

OPEN_DELIVERY = frozenset({_D.PLANNED, _D.DUE, _D.SENDING, _D.UNKNOWN})
"""States in which a delivery may still become a post on the network."""

NEEDS_A_PERSON = frozenset({_D.FAILED, _D.UNKNOWN, _D.MISSED})


def check_post_move(old: PostState, new: PostState) -> None:
    """Raise IllegalMove unless the graph draws `old -> new`."""
    if new not in POST_MOVES[old]:
        raise IllegalMove(f"a post that is {old} cannot become {new}.", mend=_ways_out(old, POST_MOVES[old]))


def check_delivery_move(old: DeliveryState, new: DeliveryState, reason: str = "") -> None:
    """Raise IllegalMove unless the graph draws `old -> new`. `reason` is that of the delivery as it is."""
    if old is _D.FAILED and reason == GIVEN_UP:
        if new not in GIVEN_UP_MOVES:
            raise IllegalMove(
                f"what was given up may be live, so it cannot become {new}.", mend="Say first whether it is live."
            )
        return
    early = old is _D.UNKNOWN and reason in PERHAPS_EARLY
    moves = PERHAPS_EARLY_MOVES if early else DELIVERY_MOVES[old]
    if new not in moves:
        raise IllegalMove(f"a delivery that is {old} cannot become {new}.", mend=_ways_out(old, moves))


def _ways_out(old: StrEnum, moves: frozenset[PostState] | frozenset[DeliveryState]) -> str:
    return f"From {old} it can become: {', '.join(sorted(moves))}." if moves else f"{old} is final."


def _check_graphs() -> None:
    """Every state has its row, and every state can be reached: a graph with a hole fails at import."""
    for states, moves, start in (
        (set(PostState), POST_MOVES, PostState.DRAFT),
        (set(DeliveryState), DELIVERY_MOVES, DeliveryState.PLANNED),
    ):
        reached = {start}.union(*moves.values())
        if set(moves) != states or reached != states:
            raise AssertionError(f"the state graph of {start.__class__.__name__} has a hole")


_check_graphs()
