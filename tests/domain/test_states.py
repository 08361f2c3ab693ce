"""The state graphs: every move that is drawn, and no other."""

from __future__ import annotations

from itertools import product

import pytest

from bfbot.domain import states
from bfbot.domain.states import DELIVERY_MOVES, PERHAPS_EARLY, POST_MOVES, DeliveryState, PostState
from bfbot.errors import IllegalMove


@pytest.mark.parametrize(("old", "new"), list(product(PostState, PostState)))
def test_a_post_moves_along_the_graph_alone(old: PostState, new: PostState) -> None:
    if new in POST_MOVES[old]:
        states.check_post_move(old, new)
    else:
        with pytest.raises(IllegalMove, match=f"{old} cannot become {new}"):
            states.check_post_move(old, new)


@pytest.mark.parametrize(("old", "new"), list(product(DeliveryState, DeliveryState)))
def test_a_delivery_moves_along_the_graph_alone(old: DeliveryState, new: DeliveryState) -> None:
    if new in DELIVERY_MOVES[old]:
        states.check_delivery_move(old, new)
    else:
        with pytest.raises(IllegalMove, match=f"{old} cannot become {new}"):
            states.check_delivery_move(old, new)


def test_what_may_have_gone_out_is_never_simply_planned_again() -> None:
    """The one move that would post twice: a request was made, and its outcome is not known."""
    for old in (DeliveryState.SENDING, DeliveryState.UNKNOWN, DeliveryState.PUBLISHED):
        assert DeliveryState.PLANNED not in DELIVERY_MOVES[old]


@pytest.mark.parametrize("new", DeliveryState)
def test_alone_what_a_restore_put_in_doubt_before_its_time_may_be_planned_again(new: DeliveryState) -> None:
    """Nobody made a request that we know of: it was found not to be there, twice, or a person said so."""
    for reason in PERHAPS_EARLY:
        if new is DeliveryState.PLANNED or new in DELIVERY_MOVES[DeliveryState.UNKNOWN]:
            states.check_delivery_move(DeliveryState.UNKNOWN, new, reason)
        else:
            with pytest.raises(IllegalMove, match="cannot become"):
                states.check_delivery_move(DeliveryState.UNKNOWN, new, reason)
    for old in {DeliveryState.SENDING, DeliveryState.PUBLISHED}:
        with pytest.raises(IllegalMove):
            states.check_delivery_move(old, DeliveryState.PLANNED, "sought")


def test_a_graph_with_a_hole_fails_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    holed = {state: moves - {PostState.REJECTED} for state, moves in POST_MOVES.items()}
    monkeypatch.setattr(states, "POST_MOVES", holed)
    with pytest.raises(AssertionError, match="hole"):
        states._check_graphs()
