"""Put a backup in the place of the present state, which is kept aside; nothing changes before all is checked."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from bfbot.config import Config, config
from bfbot.desk.in_doubt import network_of
from bfbot.engine.backup import AWAITED, BLOBS, FILES
from bfbot.engine.lock import WorkspaceLock
from bfbot.engine.restore_checks import Unpacked, check_audit, check_database, unpack
from bfbot.errors import ConfigurationError
from bfbot.ledger import revisions, watching
from bfbot.ledger.restored import Asked, InDoubt, distrust
from bfbot.platforms.base import Findable

_PLACE = ".restoring-"


@dataclass(frozen=True)
class Restored:
    """What came of it. `aside` holds the database that was there before, None where there was none.

    `files`: which of the team's folders came from the backup, because the workspace had none.
    """

    made_at: datetime
    aside: Path | None
    doubts: InDoubt
    pictures: int
    files: tuple[str, ...]


def restore(file: Path, now: datetime) -> Restored:
    """Check the backup, bring it up to date, put it in place. Raises ConfigurationError, and then nothing changed.

    Only while no bfbot runs on the workspace. Killed at any moment it leaves the old database or the new one.
    """
    settings = config()
    if settings.database_url:
        raise ConfigurationError(
            "bfbot restores SQLite only.", mend="For PostgreSQL use pg_restore.", where="BFBOT_DATABASE_URL"
        )
    lock = WorkspaceLock(settings.var)
    lock.take()
    try:
        for left in settings.var.glob(f"{_PLACE}*"):  # by one that was killed; the lock says that it is gone
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(prefix=_PLACE, dir=settings.var) as place:
            backup = unpack(file, Path(place))
            check_database(backup.database)
            with _connected_to(backup.database):
                call_command("migrate", interactive=False, verbosity=0)
                check_audit()
                made_at = min(backup.made_at, now)
                doubts = distrust(made_at, now, _askable())
                watching.forget(AWAITED)
            _into_one_file(backup.database)
            pictures = _merge_pictures(backup, settings)
            files = _bring_files(backup, settings)
            aside = _swap(backup.database, settings, now)
        return Restored(made_at, aside, doubts, pictures, files)
    finally:
        lock.release()


@contextmanager
def _connected_to(database: Path) -> Iterator[None]:
    """Django's own connection, led to another file for a while: the ledger's code then works on that one."""
    name = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = database
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = name


def _askable() -> Asked:
    """The accounts of the backup's own revision, by whether their network can be asked. Contacts nobody."""
    try:
        revision = revisions.latest()
    except ValueError:  # a shape that this bfbot does not read: then nobody is asked
        revision = None
    if revision is None:
        return Asked()
    networks = {one: network_of(one, revision) for one in revision.accounts}
    known = {one: network for one, network in networks.items() if network is not None}
    here = {one for one, network in known.items() if network.limits.practice}
    return Asked({one for one, network in known.items() if isinstance(network, Findable)} - here, here)


def _into_one_file(database: Path) -> None:
    with closing(sqlite3.connect(database)) as copy:
        copy.execute("PRAGMA journal_mode=DELETE")


def _merge_pictures(backup: Unpacked, settings: Config) -> int:
    """Only those that are missing or damaged here: a picture is named by what is in it. How many came."""
    came = 0
    for path in sorted((backup.place / BLOBS).glob("*/*")):
        target = settings.var / BLOBS / path.parent.name / path.name
        if target.is_file() and target.read_bytes() == path.read_bytes():
            continue
        target.parent.mkdir(parents=True, exist_ok=True)
        path.chmod(0o644)
        os.replace(path, target)
        came += 1
    return came


def _bring_files(backup: Unpacked, settings: Config) -> tuple[str, ...]:
    """The team's files are theirs: what lies here stays, and only a folder that is missing comes back."""
    came = []
    for part in FILES:
        if (backup.place / part).is_dir() and not (settings.home / part).exists():
            shutil.copytree(backup.place / part, settings.home / part)
            came.append(part)
    return tuple(came)


def _new_folder(wanted: Path) -> Path:
    """That folder, for its owner alone; with a number behind its name where this second has one already."""
    for number in count(1):
        folder = wanted if number == 1 else wanted.with_name(f"{wanted.name}-{number}")
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700)
            break
    return folder


def _swap(new: Path, settings: Config, now: datetime) -> Path | None:
    """The new database under the old one's name, in one step. The old one is kept, with any journal it has."""
    present = settings.database_path
    aside = None
    if present.exists():
        aside = _new_folder(settings.var / f"before-restore-{now:%Y%m%dT%H%M%SZ}")
        _close_journal(present)
        with suppress(FileExistsError):
            os.link(present, aside / present.name)
    for suffix in ("-wal", "-shm"):  # left where the old one is damaged: under the new one they would be its ruin
        journal = present.with_name(present.name + suffix)
        if journal.exists() and aside is not None:
            os.replace(journal, aside / journal.name)
        journal.unlink(missing_ok=True)
    new.chmod(0o600)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(new, present)
    descriptor = os.open(present.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return aside


def _close_journal(database: Path) -> None:
    """Everything into the one file. Raises ConfigurationError while a command still works on it."""
    try:
        with closing(sqlite3.connect(database, timeout=5)) as present:
            present.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        if "locked" not in str(error):
            return  # damaged: it is kept aside as it is, with its journal
        raise ConfigurationError(
            "Another command still works on this workspace's database.",
            mend="Nothing was changed: wait until it has ended, then restore again.",
            where=str(database),
        ) from error
    except sqlite3.DatabaseError:
        return  # damaged, as above
