"""One after the other, where a decision rests on what was read just before."""

from __future__ import annotations

from enum import IntEnum

from django.db import connection


class Turn(IntEnum):
    """What is done by one transaction at a time."""

    AUDIT = 7_301
    PLANNING = 7_302
    STOPPING = 7_303


def wait_for(turn: Turn) -> None:
    """Until this transaction ends, no other one passes here. Call it inside a transaction, before reading.

    On SQLite a transaction begins as a writer (IMMEDIATE), and there is only ever one.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int(turn)])


def share(turn: Turn) -> None:
    """Any number may pass here together, but none while somebody has that turn, and the other way about."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [int(turn)])
