"""What was acknowledged survives a power cut: SQLite writes ahead and waits for the disk at every commit."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from tests.filed import database_in

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server is set up by those who run it"),
]
FULL = 2


@pytest.fixture(autouse=True)
def database_in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_in(tmp_path):
        yield


def kept() -> tuple[str, int]:
    """How this thread's connection keeps what is committed."""
    with connection.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {name}").fetchone() for name in ("journal_mode", "synchronous")]
    return found[0][0], found[1][0]


def test_every_connection_writes_ahead_and_waits_for_the_disk() -> None:
    assert kept() == ("wal", FULL)
    connection.close()
    assert kept() == ("wal", FULL), "a connection that was opened again"
    found: list[tuple[str, int]] = []

    def elsewhere() -> None:
        found.append(kept())
        connection.close()

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join(60)
    assert found == [("wal", FULL)], "and another thread's"
