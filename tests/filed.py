"""A database in a file, for tests with threads: one in memory is shared through a single table lock."""

from __future__ import annotations

import resource
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


@contextmanager
def database_in(folder: Path) -> Iterator[None]:
    """Inside, every thread's connection leads to a copy of the test's database below `folder`.

    On PostgreSQL every thread sees the test's database anyway.
    """
    if connection.vendor != "sqlite":
        yield
        return
    kept, name = connection.connection, connection.settings_dict["NAME"]
    path = str(folder / "threads.sqlite3")
    target = sqlite3.connect(path)
    kept.backup(target)
    target.close()
    connection.connection, connection.settings_dict["NAME"] = None, path
    try:
        yield
    finally:
        connection.close()
        connection.connection, connection.settings_dict["NAME"] = kept, name


@contextmanager
def full_disk() -> Iterator[None]:
    """Inside, no file of this process grows any more."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
