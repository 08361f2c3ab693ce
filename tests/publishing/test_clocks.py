"""Clocks that are moved, and the two nights on which a country moves them: in its window, and once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bfbot.domain.states import DeliveryState
from bfbot.errors import OutcomeUnknown
from bfbot.ledger import deliveries
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import adopt_orphans, rescue
from bfbot.publishing.release import release_due
from tests.publishing.kinds import LateKept
from tests.publishing.network import NOON, Clock, Network, approved

pytestmark = pytest.mark.django_db
MINUTES = (*range(16), 20, 25, 30, 40, 50, 60, 75, 90, 120, 150, 180, 240, 300, 360)
"""When the publisher beats: closely while clocks move, and then until every window is over."""


def beat(clock: Clock) -> None:
    rescue(clock, "worker")
    release_due(clock())
    drain("desk", clock, "worker")


@pytest.mark.parametrize("night", [datetime(2026, 10, 25, tzinfo=UTC), datetime(2027, 3, 28, tzinfo=UTC)])
def test_on_the_nights_of_the_clock_change_each_post_goes_out_once_in_its_window(
    network: Network, clock: Clock, night: datetime
) -> None:
    moments = [night + timedelta(minutes=20 * one) for one in range(9)]  # from 00:00 to 02:40 UTC
    for number, at in enumerate(moments):
        approved(f"{number}", at=at, window=timedelta(minutes=15))
    came: list[datetime] = []
    network.before = lambda: came.append(clock())
    clock.now = night - timedelta(minutes=30)
    while clock.now < night + timedelta(hours=4):
        beat(clock)
        clock.on(minutes=5)
    assert network.texts == [str(number) for number in range(9)]
    assert came == moments


@pytest.mark.parametrize("hours", [-2, 2])
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moved_after=st.integers(0, 5), lost=st.booleans(), back_after=st.integers(1, 8))
def test_a_clock_moved_by_two_hours_and_put_right_sends_nothing_twice(
    joined: object, hours: int, moved_after: int, lost: bool, back_after: int
) -> None:
    """The answer to the first request is lost; its network lists late; minutes later the clock is right again."""
    from django.db import transaction

    network = LateKept()
    network.hidden = True
    joined(network)  # type: ignore[operator]  # the fixture of that name
    with transaction.atomic():
        clock, wrong = Clock(), timedelta()
        post = approved("One", window=timedelta(hours=1))
        (network.lost if lost else network.answers).append(OutcomeUnknown("Cut."))
        for minute in MINUTES:
            network.true.now = NOON + timedelta(minutes=minute)
            if minute in {moved_after, moved_after + back_after}:
                wrong = timedelta(hours=hours) - wrong
            clock.now = network.true.now + wrong
            seen = len(network.asked)
            beat(clock)
            if len(network.asked) > seen:
                assert NOON <= clock.now < NOON + timedelta(hours=1)
        assert len(network.texts) <= 1
        state = deliveries.get(post.id).state
        assert state is (DeliveryState.PUBLISHED if network.texts else DeliveryState.MISSED)
        transaction.set_rollback(True)


def test_a_process_that_stood_still_for_three_hours_sends_nothing_late(network: Network, clock: Clock) -> None:
    early, late = approved("One", window=timedelta(hours=1)), approved("Two", window=timedelta(hours=5))
    network.uploads = lambda: clock.on(hours=3) if clock() == NOON else None
    beat(clock)
    adopt_orphans(clock())
    for _ in range(3):
        beat(clock)
        clock.on(minutes=1)
    assert network.texts == ["Two"]
    assert deliveries.get(early.id).state is DeliveryState.MISSED
    assert deliveries.get(late.id).state is DeliveryState.PUBLISHED
