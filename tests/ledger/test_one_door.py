"""On SQLite the threads of one process write one after the other, and none of them waits in vain."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from bfbot.ledger import account_states, models

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.sqlite]
THREADS, TIMES = 40, 10


@pytest.fixture(autouse=True)
def only_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the door is SQLite's")


def in_a_thread(run: Callable[[], object]) -> threading.Thread:
    def then_close() -> None:
        try:
            run()
        finally:
            connection.close()

    thread = threading.Thread(target=then_close)
    thread.start()
    return thread


def test_many_writers_lose_nothing():
    def write(number: int) -> None:
        try:
            for turn in range(TIMES):
                with transaction.atomic():
                    models.AccountState.objects.filter(pk="none").exists()
                    models.AccountState.objects.create(account=f"{number}-{turn}")
                account_states.start(f"{number}-{turn}")
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(write, range(THREADS)))
    assert models.AccountState.objects.count() == THREADS * TIMES


def test_the_door_is_free_after_an_error():
    @transaction.atomic
    def breaks_off() -> None:
        account_states.stop("one", "for a moment", datetime.now(UTC))
        raise ValueError("in the middle")

    with pytest.raises(ValueError, match="middle"):
        breaks_off()
    thread = in_a_thread(lambda: account_states.stop("two", "for a moment", datetime.now(UTC)))
    thread.join(60)
    assert [one.account for one in account_states.stopped()] == ["two"]
