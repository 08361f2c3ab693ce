"""A network is gone for minutes, hours, days: what could not go out is told, and nothing comes in a burst."""

from __future__ import annotations

import pytest

from bfbot.domain.post import Delivery
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError, OutcomeUnknown, Unavailable
from tests.outages.world import DAY, HOUR, MINUTE, SOON, World
from tests.workspace import NOW, OTHER, PRACTICE

pytestmark = pytest.mark.django_db
PUBLISHED, MISSED = DeliveryState.PUBLISHED, DeliveryState.MISSED


def sent_in_its_window(world: World, account: str) -> None:
    """What came is what is recorded, each once and in its window."""
    recorded = [(part.text, one) for one in world.deliveries(account, PUBLISHED) for part in one.proof.parts]
    assert [text for _, text in world.nets[account].came] == [text for text, _ in recorded]
    for (at, text), (_, one) in zip(world.nets[account].came, recorded, strict=True):
        assert one.due_at <= at < one.closes_at, text


def test_three_days_without_a_network_are_told_and_leave_no_backlog(world: World) -> None:
    net = world.nets[PRACTICE]
    world.until(NOW + 15 * HOUR)  # Monday to midnight
    before = len(net.came)
    net.trouble = Unavailable("No connection.")
    gone = world.clock.now
    world.until(gone + 3 * DAY)
    assert len(net.came) == before == len(world.deliveries(PRACTICE, PUBLISHED))
    lost = world.deliveries(PRACTICE, MISSED)
    assert len(lost) >= 3, "a posting time and more a day"
    assert {one.reason for one in lost} == {"too_late"}
    for one in lost:
        (told,) = world.told_of(one.post_id)
        assert one.closes_at <= told <= one.closes_at + SOON
    net.trouble = None
    back = world.clock.now
    world.until(back + DAY)
    after = [at for at, _ in net.came if at >= back]
    due = [one.due_at for one in world.deliveries(PRACTICE) if one.due_at >= back]
    assert after == due, "each at its own time, and nothing of the days before"
    assert len(world.deliveries(PRACTICE)) == len(world.deliveries(PRACTICE, PUBLISHED, MISSED)), "nothing is lost"
    sent_in_its_window(world, PRACTICE)


def test_minutes_without_a_network_are_made_up_for_in_the_window(world: World) -> None:
    """Forty minutes: a posting time came meanwhile, and its window is two hours long."""
    world.until(NOW + 9 * HOUR - MINUTE)
    net = world.nets[PRACTICE]
    net.trouble = Unavailable("No connection.")
    world.until(NOW + 9 * HOUR + 40 * MINUTE)
    (waiting,) = world.deliveries(PRACTICE, DeliveryState.DUE)
    assert 4 <= waiting.attempts <= 9, "tried again, and each time later"
    net.trouble = None
    world.until(world.clock.now + 15 * MINUTE)
    assert not world.deliveries(PRACTICE, DeliveryState.DUE)
    assert not world.told, "it settled itself"
    sent_in_its_window(world, PRACTICE)


@pytest.mark.parametrize("keeps", [True, False])
def test_a_day_of_answers_that_never_came_sends_nothing_twice_and_nothing_late(world: World, keeps: bool) -> None:
    net = world.nets[PRACTICE]
    net.trouble, net.keeps = OutcomeUnknown("Cut off."), keeps
    world.until(NOW + 20 * HOUR)
    doubtful = world.deliveries(PRACTICE, DeliveryState.UNKNOWN)
    assert doubtful
    assert doubtful == world.deliveries(PRACTICE), "unknown is not sent again, and not given up"
    assert all(len(world.told_of(one.post_id)) == 1 for one in doubtful)
    net.trouble = None
    came = list(net.came)
    world.until(world.clock.now + HOUR)
    settled = {one.id: world_state(world, one) for one in doubtful}
    assert set(settled.values()) == ({PUBLISHED} if keeps else {MISSED})
    assert net.came == came, "the hour after brought nothing out"


@pytest.mark.parametrize("trouble", [Unavailable("No connection."), OutcomeUnknown("Cut off.")])
def test_one_account_s_trouble_delays_no_other(world: World, trouble: BfbotError) -> None:
    world.clock.now = NOW + 26 * HOUR  # Tuesday, an hour before the other campaign's posting time
    world.nets[PRACTICE].trouble = trouble
    world.until(NOW + 34 * HOUR)
    fine = world.deliveries(OTHER)
    assert [at for at, _ in world.nets[OTHER].came] == [one.due_at for one in fine]
    assert {one.state for one in fine} == {PUBLISHED}
    assert len(fine) == 1, "Tuesday at noon"
    assert world.deliveries(PRACTICE)
    assert not world.deliveries(PRACTICE, PUBLISHED)


def world_state(world: World, one: Delivery) -> DeliveryState:
    return next(other.state for other in world.deliveries(one.account) if other.id == one.id)
