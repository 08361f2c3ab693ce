"""A copy of everything that only this machine has, made while bfbot runs: one .tar that nobody else may read.

In it: manifest.json (last), the database as at one moment, every stored picture, and the team's files as they
were. Never in it: .env, the secret key, logs. Pictures are only ever added, so copying them after the database
leaves none out that it names.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sqlite3
import tarfile
from contextlib import closing, suppress
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import bfbot
from bfbot.config import Config, config
from bfbot.engine.backup_rotation import name_of, superfluous, taken_at
from bfbot.errors import ConfigurationError
from bfbot.ledger import watching
from bfbot.media.files import read_plain

FORMAT = 1
DATABASE, MANIFEST = "bfbot.sqlite3", "manifest.json"
BLOBS, FILES = "media/blobs", ("messages", "schedules")
EVERY = timedelta(hours=24)
AWAITED = "first backup"
"""Under this name the ledger keeps since when the first backup is waited for."""

_UNFINISHED = ".new-"
_BY_HAND = "For PostgreSQL use its own tools: pg_dump for the database, and a copy of var/media beside it."


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself. `files` maps each name in it to the sha256 of its bytes."""

    format: int
    version: str
    made_at: str
    files: dict[str, str] = field(default_factory=dict)


def make(now: datetime, to: Path | None = None) -> Path:
    """Write a backup to `to`, else into var/backups; it is there whole or not at all (0600).

    Raises ConfigurationError on PostgreSQL, on a damaged database, and where it cannot be written.
    """
    settings = config()
    if settings.database_url:
        raise ConfigurationError("bfbot backs up SQLite only.", mend=_BY_HAND, where="BFBOT_DATABASE_URL")
    target = to or folder(settings) / name_of(now)
    unfinished = target.with_name(f"{_UNFINISHED}{os.getpid()}-{target.name}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
                _fill(tar, settings, now, beside=unfinished)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, target)
    except OSError as error:
        raise ConfigurationError(
            f"The backup could not be written: {error.strerror or error}.",
            mend="Make room on the disk, or name another place with --to. The workspace itself is untouched.",
            where=str(target.parent),
        ) from error
    finally:
        with suppress(OSError):
            unfinished.unlink()
    return target


def expected() -> bool:
    """Whether there is a daily backup: the sample workspace has nothing to lose, PostgreSQL has its own tools."""
    return not config().sample and not config().database_url


def make_when_due(now: datetime) -> Path | None:
    """The daily backup, and away with those that no rule keeps; None when the last one is young enough."""
    settings = config()
    if not expected():
        return None
    newest = newest_at(now)
    if newest is not None and now - newest < EVERY:
        return None
    _sweep(folder(settings), now)
    made = make(now)
    for name in superfluous(one.name for one in folder(settings).iterdir()):
        (folder(settings) / name).unlink(missing_ok=True)
    return made


def _sweep(place: Path, now: datetime) -> None:
    """What backups left that were killed half way, long ago."""
    for left in place.glob(f"{_UNFINISHED}*"):
        if datetime.fromtimestamp(left.stat().st_mtime, UTC) < now - EVERY:
            left.unlink(missing_ok=True)


def behind_since(now: datetime) -> datetime | None:
    """The moment of the newest backup, or since when the first is waited for; None where none is expected."""
    return (newest_at(now) or watching.written_at(AWAITED)) if expected() else None


def wait_for_the_first(now: datetime) -> None:
    """Write down since when, so that one that never comes is noticed, however often bfbot starts."""
    if expected() and behind_since(now) is None:
        watching.write(AWAITED, now)


def newest_at(now: datetime) -> datetime | None:
    """When the newest backup of var/backups was made (aware, UTC); one from the future is no comfort."""
    place = folder(config())
    names = [one.name for one in place.iterdir()] if place.is_dir() else []
    moments = [moment for name in names if (moment := taken_at(name)) is not None and moment <= now]
    return max(moments, default=None)


def folder(settings: Config) -> Path:
    return settings.var / "backups"


def _fill(tar: tarfile.TarFile, settings: Config, now: datetime, *, beside: Path) -> None:
    manifest = Manifest(FORMAT, bfbot.__version__, now.astimezone(UTC).isoformat(timespec="seconds"))
    copy = beside.with_name(f"{beside.name}.sqlite3")
    try:
        copy_database(settings.database_path, copy)
        _add_file(tar, DATABASE, copy, manifest)
    finally:
        copy.unlink(missing_ok=True)
    for name, path in _plain_files(settings):
        _add(tar, name, read_plain(path), manifest)
    _add(tar, MANIFEST, json.dumps(asdict(manifest), indent=1).encode(), manifest)


def copy_database(source: Path, target: Path) -> None:
    """A consistent copy in one file, whoever writes meanwhile. Raises ConfigurationError when it is damaged."""
    if not source.is_file():
        raise ConfigurationError("There is no database to back up yet.", where=str(source))
    target.touch(mode=0o600)
    with closing(sqlite3.connect(source, timeout=20)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")
        faults = [row[0] for row in copy.execute("PRAGMA quick_check") if row[0] != "ok"]
    if faults:
        raise ConfigurationError(
            "The database is damaged, so no backup was made of it.",
            mend="Restore the newest backup from var/backups: see docs/operations.md.",
            where=str(source),
        )


def _plain_files(settings: Config) -> list[tuple[str, Path]]:
    """Names in the backup and where they lie: pictures, and the team's files. Links are not followed."""
    found = [
        (f"{BLOBS}/{path.parent.name}/{path.name}", path)
        for path in sorted((settings.var / BLOBS).glob("[0-9a-f][0-9a-f]/*"))
        if not path.name.startswith(".")
    ]
    for part in FILES:
        root = settings.home / part
        visible = [path for path in sorted(root.rglob("*")) if not path.name.startswith(".")]
        found += [(f"{part}/{path.relative_to(root).as_posix()}", path) for path in visible]
    return [(name, path) for name, path in found if path.is_file() and not path.is_symlink()]


def _add(tar: tarfile.TarFile, name: str, data: bytes, manifest: Manifest) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(data), 0o600
    tar.addfile(entry, io.BytesIO(data))
    manifest.files[name] = hashlib.sha256(data).hexdigest()


def _add_file(tar: tarfile.TarFile, name: str, path: Path, manifest: Manifest) -> None:
    """Not through memory: the database may be large."""
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = path.stat().st_size, 0o600
    with path.open("rb") as file:
        manifest.files[name] = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        tar.addfile(entry, file)
