"""The database's guard over the audit, as the migration lays it down and takes it away."""

from __future__ import annotations

from importlib import import_module

from django.db import connection

_migration = import_module("bfbot.ledger.migrations.0002_the_audit_is_kept")


def take_away() -> None:
    _run({"sqlite": _migration.SQLITE_BACK, "postgresql": _migration.POSTGRES_BACK})


def put_back() -> None:
    _run({"sqlite": _migration.SQLITE, "postgresql": _migration.POSTGRES})


def _run(statements: dict[str, list[str]]) -> None:
    with connection.cursor() as cursor:
        for statement in statements[connection.vendor]:
            cursor.execute(statement)
