"""A network that answers nothing for a long time holds up its own account alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bfbot.domain.states import DeliveryState
from bfbot.engine import embedded, units
from bfbot.engine.embedded import EmbeddedEngine
from bfbot.engine.units import Work
from bfbot.errors import OutcomeUnknown
from bfbot.ledger import deliveries
from bfbot.publishing import claim, door
from tests.filed import database_in
from tests.publishing.network import NOON, Clock, Listing, Network, approved

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def database_in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_in(tmp_path):
        yield


def test_what_others_post_goes_out_while_three_accounts_wait_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = threading.Event()
    hanging, quick = Network(), Network()
    hanging.before = lambda: answered.wait(300) and None
    monkeypatch.setattr(door, "platform_of", lambda account, now: hanging if account.startswith("slow") else quick)
    monkeypatch.setattr(claim, "check_at_send", lambda delivery, now, *known: ())
    monkeypatch.setattr(units, "utc_now", Clock(NOON))
    stuck = [approved(f"Slow {n}", account=f"slow-{n}") for n in range(3)]
    fine = [approved(f"Quick {n}", account=f"quick-{n % 2}") for n in range(6)]
    engine = EmbeddedEngine(8)
    work = Work(engine, "worker", lambda: engine.stopping)
    try:
        work.publish()
        until(lambda: all(deliveries.get(one.id).state is DeliveryState.PUBLISHED for one in fine))
        assert {deliveries.get(one.id).state for one in stuck} == {DeliveryState.SENDING}
        assert not hanging.live
        answered.set()
        until(lambda: all(deliveries.get(one.id).state is DeliveryState.PUBLISHED for one in stuck))
    finally:
        answered.set()
        assert engine.stop(60)


def test_more_accounts_that_hang_than_there_are_threads_keep_no_other_waiting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answered = threading.Event()
    hanging, quick = Network(), Network()
    hanging.before = lambda: answered.wait(300) and None
    monkeypatch.setattr(door, "platform_of", lambda account, now: hanging if account.startswith("slow") else quick)
    monkeypatch.setattr(claim, "check_at_send", lambda delivery, now, *known: ())
    monkeypatch.setattr(units, "utc_now", Clock(NOON))
    monkeypatch.setattr(embedded, "LONG_WAIT", 0.2)
    stuck = [approved(f"Slow {n}", account=f"slow-{n}") for n in range(4)]
    before = threading.active_count()
    engine = EmbeddedEngine(2)
    work = Work(engine, "worker", lambda: engine.stopping)
    try:
        work.publish()
        until(lambda: sum(deliveries.get(one.id).state is DeliveryState.SENDING for one in stuck) >= 2)
        fine = approved("Quick", account="quick")
        until(lambda: [work.publish(), deliveries.get(fine.id).state][1] is DeliveryState.PUBLISHED)
        assert not hanging.live
        assert threading.active_count() - before < 12, "a thread for each that waits, and no more"
    finally:
        answered.set()
        assert engine.stop(60)


def test_a_list_that_hangs_keeps_only_its_own_account_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    answered = threading.Event()
    hanging, quick = Listing(), Listing()
    clock = Clock(NOON)
    monkeypatch.setattr(door, "platform_of", lambda account, now: hanging if account == "a-slow" else quick)
    monkeypatch.setattr(claim, "check_at_send", lambda delivery, now, *known: ())
    monkeypatch.setattr(units, "utc_now", clock)
    hanging.lost, quick.lost = [OutcomeUnknown("Cut.")], [OutcomeUnknown("Cut.")]
    slow, fine = approved("Slow", account="a-slow"), approved("Quick", account="quick")
    engine = EmbeddedEngine(4)
    work = Work(engine, "worker", lambda: engine.stopping)
    try:
        work.publish()
        until(lambda: {deliveries.get(one.id).state for one in (slow, fine)} == {DeliveryState.UNKNOWN})
        monkeypatch.setattr(hanging, "find", lambda sending: answered.wait(300) and None)
        clock.on(minutes=2)
        work.settle()
        until(lambda: deliveries.get(fine.id).state is DeliveryState.PUBLISHED)
        assert deliveries.get(slow.id).state is DeliveryState.UNKNOWN
    finally:
        answered.set()
        assert engine.stop(60)


def until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + 120
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.02)
