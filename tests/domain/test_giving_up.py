"""What was given up never becomes something that is sent, along whatever moves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bfbot.domain.post import Delivery
from bfbot.domain.states import DELIVERY_MOVES, GIVEN_UP, DeliveryState, check_delivery_move
from bfbot.errors import IllegalMove

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
SENT = {DeliveryState.PLANNED, DeliveryState.DUE, DeliveryState.SENDING}


@given(some.lists(some.tuples(some.sampled_from(DeliveryState), some.booleans()), max_size=12))
def test_no_walk_leads_to_a_request_unless_somebody_says_that_it_is_not_live(
    walk: list[tuple[DeliveryState, bool]],
) -> None:
    """`spoken`: the move is made with another reason, because a person said that it is not live."""
    state, reason, spoken = DeliveryState.FAILED, GIVEN_UP, False
    for new, speaks in walk:
        try:
            check_delivery_move(state, new, reason)
        except IllegalMove:
            continue
        spoken = spoken or (speaks and new is DeliveryState.FAILED)
        state, reason = new, reason if new is DeliveryState.FAILED and not speaks else "not_live"
        assert state not in SENT or spoken


@pytest.mark.parametrize("new", DeliveryState)
def test_the_way_on_is_to_say_whether_it_is_live(new: DeliveryState) -> None:
    if new in {DeliveryState.PUBLISHED, DeliveryState.FAILED}:
        check_delivery_move(DeliveryState.FAILED, new, GIVEN_UP)
        return
    with pytest.raises(IllegalMove) as refused:
        check_delivery_move(DeliveryState.FAILED, new, GIVEN_UP)
    assert refused.value.mend == "Say first whether it is live."


def test_only_what_failed_and_was_given_up_is_bound() -> None:
    for new in DELIVERY_MOVES[DeliveryState.FAILED]:
        check_delivery_move(DeliveryState.FAILED, new, "rejected")
    for old in DeliveryState:
        made = Delivery(1, 1, "a", "x", old, "k", NOW, NOW, NOW, 1, reason=GIVEN_UP)
        assert made.given_up is (old is DeliveryState.FAILED)
        assert made.in_doubt is (old in {DeliveryState.FAILED, DeliveryState.UNKNOWN})
        assert made.needs_a_person is (old in {DeliveryState.UNKNOWN, DeliveryState.MISSED})
