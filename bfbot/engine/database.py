"""The database before anything else runs: there, not from the future, and migrated with a copy kept first."""

from __future__ import annotations

import sqlite3
from contextlib import closing
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
        executor = _executor()
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            if executor.loader.applied_migrations:
                keep_copy(now)
            call_command("migrate", interactive=False, verbosity=0)
    except (DatabaseError, sqlite3.Error) as error:
        raise readable(error) from error


def ensure_ready() -> None:
    """For commands beside a running bfbot: the database must be there already.

    Raises ConfigurationError when it is not, or when it is older or newer than this bfbot.
    """
    try:
        executor = _executor()
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            raise ConfigurationError(
                "This workspace's database is not set up for this version.",
                mend="Start `bfbot up` once (or `bfbot init DIR` for a new workspace).",
                where=_place(),
            )
    except DatabaseError as error:
        raise readable(error) from error


def keep_copy(now: datetime) -> Path | None:
    """A consistent copy of the SQLite database in var/backups; PostgreSQL has its own tools for that."""
    if config().database_url:
        return None
    folder = config().var / "backups"
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"before-migration-{now:%Y%m%dT%H%M%SZ}.sqlite3"
    target.touch(mode=0o600)
    try:
        with closing(sqlite3.connect(config().database_path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error:
        target.unlink()  # half a copy would be taken for one
        raise
    return target


def readable(error: Exception) -> ConfigurationError:
    """A database's own words, turned into what to do."""
    text = str(error).partition("\n")[0]
    for words, message, mend in _KNOWN:
        if any(word in text for word in words):
            return ConfigurationError(message, mend=mend, where=_place())
    return ConfigurationError(
        f"The database refused: {text}.", mend="Nothing was lost. Check its address and rights.", where=_place()
    )


_KNOWN = (
    (
        ("is full", "disk I/O error", "No space left"),
        "The disk is full or refuses to write.",
        "Nothing was lost: free some space and try again.",
    ),
    (
        ("readonly", "unable to open"),
        "The database cannot be opened for writing.",
        "Check who owns the folder var/.",
    ),
    (
        ("not a database", "malformed"),
        "The database file is damaged.",
        "Restore the newest copy from var/backups.",
    ),
    (
        ("is locked", "database table is locked"),
        "The database is kept busy by another program.",
        "Nothing was lost: try again in a moment.",
    ),
)


def _executor() -> MigrationExecutor:
    """Raises ConfigurationError where the database knows a migration that this bfbot does not."""
    executor = MigrationExecutor(connection)
    unknown = sorted(set(executor.loader.applied_migrations) - set(executor.loader.disk_migrations))
    ours = [name for app, name in unknown if app == "ledger"]
    if ours:
        raise ConfigurationError(
            f"The database was written by a newer bfbot (it knows {ours[-1]}).",
            mend="Install that version again, or restore the copy in var/backups that was made before it.",
            where=_place(),
        )
    return executor


def _place() -> str:
    return "BFBOT_DATABASE_URL" if config().database_url else str(config().database_path)
