"""A network that answers nothing for a long time holds up its own account alone."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bfbot.domain.states import DeliveryState
from bfbot.engine import units
from bfbot.engine.embedded import EmbeddedEngine
from bfbot.engine.units import Work
from bfbot.ledger import deliveries
from bfbot.publishing import claim, door
from tests.filed import database_in
from tests.publishing.network import NOON, Clock, Network, approved

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
    hanging.before = lambda: answered.wait(30) and None
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
        assert engine.stop(10)


def until(done: Callable[[], bool]) -> None:
    ends = time.monotonic() + 30
    while not done():
        assert time.monotonic() < ends
        time.sleep(0.02)
