"""A database's own words become what to do."""

from __future__ import annotations

import pytest
from django.db import OperationalError

from bfbot.engine.database import readable


@pytest.mark.parametrize(
    ("said", "means"),
    [
        ("database or disk is full", "free some space"),
        ("disk I/O error", "free some space"),
        ("attempt to write a readonly database", "who owns the folder var/"),
        ("unable to open database file", "who owns the folder var/"),
        ("file is not a database", "newest copy from var/backups"),
        ("database disk image is malformed", "newest copy from var/backups"),
        ("database is locked", "try again in a moment"),
        ('connection to server at "db", port 5432 failed\nIs the server running?', "Check its address"),
    ],
)
def test_it_says_what_to_do_in_one_line(said: str, means: str) -> None:
    told = readable(OperationalError(said))
    assert means in str(told)
    assert "\n" not in str(told)
    assert told.exit_code == 4
