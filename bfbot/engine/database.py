"""The database before anything else runs: there, not from the future, and migrated with a copy kept first."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bfbot.config import config
from bfbot.errors import ConfigurationError


def prepare(now: datetime) -> None:
    """Migrate when there is something to migrate. The caller holds the workspace's lock.

    Raises ConfigurationError for a database that a newer bfbot wrote, that cannot be opened, or a full disk.
    """
    try:
        executor = MigrationExecutor(connection)
        applied = set(executor.loader.applied_migrations)
        unknown = sorted(name for app, name in applied - set(executor.loader.disk_migrations) if app == "ledger")
        if unknown:
            raise ConfigurationError(
                f"The database was written by a newer bfbot (it knows {unknown[-1]}).",
                mend="Install that version again, or restore the copy in var/backups that was made before it.",
                where=_place(),
            )
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            if applied:
                keep_copy(now)
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise _readable(error) from error


def ensure_ready() -> None:
    """For commands beside a running bfbot: the database must be there already.

    Raises ConfigurationError when it is not, or when it is older or newer than this bfbot.
    """
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise ConfigurationError(
                "This workspace's database is not set up for this version.",
                mend="Start `bfbot up` once (or `bfbot init DIR` for a new workspace).",
                where=_place(),
            )
    except DatabaseError as error:
        raise _readable(error) from error


def keep_copy(now: datetime) -> Path | None:
    """A consistent copy of the SQLite database in var/backups; PostgreSQL has its own tools for that."""
    if config().database_url:
        return None
    folder = config().var / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"before-migration-{now:%Y%m%dT%H%M%SZ}.sqlite3"
    with sqlite3.connect(config().database_path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    return target


def _readable(error: DatabaseError) -> ConfigurationError:
    """A database's own words, turned into what to do."""
    text = str(error)
    if "full" in text:
        return ConfigurationError("The disk is full; nothing was lost.", mend="Free some space.", where=_place())
    if "readonly" in text or "unable to open" in text:
        return ConfigurationError(
            "The database cannot be opened for writing.", mend="Check who owns the folder var/.", where=_place()
        )
    if "not a database" in text or "malformed" in text:
        return ConfigurationError(
            "The database file is damaged.", mend="Restore the newest copy from var/backups.", where=_place()
        )
    return ConfigurationError(
        f"The database refused: {text}.", mend="Check its address and rights.", where=_place()
    )


def _place() -> str:
    return "BFBOT_DATABASE_URL" if config().database_url else str(config().database_path)
