"""Threads that go for the same delivery at the same moment, on a database of their own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection

from bfbot.domain.hold import Scope
from bfbot.domain.states import DeliveryState
from bfbot.ledger import deliveries, holds
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.filed import database_in
from tests.publishing.network import NOON, Clock, Network, approved

pytestmark = pytest.mark.django_db(transaction=True)
WORKERS = 4


@pytest.fixture(autouse=True)
def database_in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_in(tmp_path):
        yield


def race(accounts: list[str]) -> int:
    start = Barrier(len(accounts))

    def work(account: str) -> int:
        try:
            start.wait()
            return drain(account, Clock(), f"worker-{account}")
        finally:
            connection.close()

    with ThreadPoolExecutor(len(accounts)) as pool:
        return sum(pool.map(work, accounts))


def test_one_delivery_is_sent_once(network: Network) -> None:
    for round_ in range(5):
        post = approved(f"Round {round_}", at=NOON - timedelta(minutes=5 - round_))
        release_due(NOON)
        assert race(["desk"] * WORKERS) == 1
        assert deliveries.get(post.id).state is DeliveryState.PUBLISHED
    assert network.texts == [f"Round {one}" for one in range(5)]


def test_an_account_in_many_hands_keeps_its_order(network: Network) -> None:
    for number in range(8):
        approved(f"{number}", at=NOON - timedelta(minutes=30 - number))
    release_due(NOON)
    assert race(["desk"] * WORKERS) + drain("desk", Clock(), "last") == 8
    assert network.texts == [str(number) for number in range(8)]


def test_nothing_starts_after_a_hold_was_acknowledged(network: Network) -> None:
    for number in range(12):
        approved(f"{number}", account=f"desk-{number % 3}")
    release_due(NOON)
    seen: list[bool] = []
    held: list[bool] = []
    network.before = lambda: seen.append(bool(held))

    def pause() -> None:
        try:
            holds.add(Scope.EVERYTHING, "", "Crisis", "Author", NOON)
            held.append(True)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        done = pool.submit(pause)
        race([f"desk-{number}" for number in range(3)])
        done.result()
    late = sum(seen)
    assert late <= 3, "at most the requests that were already on their way, one an account"
    assert drain("desk-0", Clock(), "worker") == 0
