"""The database's guard over the audit, as the migration lays it down and takes it away."""

from __future__ import annotations

from importlib import import_module

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_migration = import_module("bfbot.ledger.migrations.0002_the_audit_is_kept")


def take_away(editor: BaseDatabaseSchemaEditor) -> None:
    _migration.unguard(None, editor)


def put_back(editor: BaseDatabaseSchemaEditor) -> None:
    _migration.guard(None, editor)
