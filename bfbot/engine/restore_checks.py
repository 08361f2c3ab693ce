"""Is a backup whole, and of no newer bfbot than this one? It is looked at outside the workspace's own files."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from django.db.migrations.loader import MigrationLoader

from bfbot.engine.backup import BLOBS, DATABASE, FILES, FORMAT, MANIFEST
from bfbot.errors import ConfigurationError
from bfbot.ledger import audit

_SQLITE = b"SQLite format 3\0"
_PICTURE = re.compile(rf"{BLOBS}/([0-9a-f]{{2}})/(\1[0-9a-f]{{62}})", re.ASCII)
_OTHER = "Nothing was changed. Take an older backup from var/backups."


@dataclass(frozen=True)
class Unpacked:
    """A backup in a folder of its own. `made_at` is aware, and never later than the copy really is."""

    place: Path
    made_at: datetime

    @property
    def database(self) -> Path:
        return self.place / DATABASE


def unpack(file: Path, place: Path) -> Unpacked:
    """Into the empty folder `place`, each file as its digest says. A copy from before a migration will do too.

    Raises ConfigurationError for what is no backup, is not whole, or holds what a backup never holds.
    """
    try:
        with file.open("rb") as opened:
            if opened.read(len(_SQLITE)) == _SQLITE:
                shutil.copyfile(file, place / DATABASE)
                return Unpacked(place, _last_entry(place / DATABASE, file))
        with tarfile.open(file, "r:") as tar:
            return Unpacked(place, _unpack_tar(tar, place, file))
    except (tarfile.TarError, EOFError) as error:
        raise _refuse(f"This is no whole backup ({error}).", file) from error
    except OSError as error:
        raise ConfigurationError(f"It cannot be read: {error.strerror or error}.", where=str(file)) from error


def check_database(database: Path) -> None:
    """Its own structure, and that every one of its migrations is known here."""
    try:
        with closing(sqlite3.connect(database)) as opened:
            faults = [row[0] for row in opened.execute("PRAGMA integrity_check") if row[0] != "ok"]
            faults += [f"{row[0]} points at nothing" for row in opened.execute("PRAGMA foreign_key_check")]
            applied = set(opened.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.DatabaseError as error:
        raise _refuse(f"The database in this backup is damaged ({error}).") from error
    if faults:
        raise _refuse(f"The database in this backup is damaged ({faults[0]}).")
    known = set(MigrationLoader(None).disk_migrations)
    newer = sorted(name for app, name in applied if app == "ledger" and (app, name) not in known)
    if newer:
        raise ConfigurationError(
            f"This backup is of a newer bfbot (it knows {newer[-1]}).",
            mend="Nothing was changed. Install that version first.",
        )
    if ("ledger", "0001_the_memory") not in applied:
        raise _refuse("The database in this backup is not bfbot's.")


def check_audit() -> None:
    """The record of decisions must be whole, on the database that Django is connected to."""
    broken = list(audit.breaks())
    if broken:
        raise _refuse(f"The record of decisions in this backup was changed (entry {broken[0]}).")


def _unpack_tar(tar: tarfile.TarFile, place: Path, file: Path) -> datetime:
    digests: dict[str, str] = {}
    for entry in tar:
        if not entry.isreg() or not _belongs(entry.name):
            raise _refuse(f"It holds “{entry.name[:80]}”, which is in no backup of bfbot's.", file)
        target = place / entry.name
        target.parent.mkdir(parents=True, exist_ok=True)
        source = tar.extractfile(entry)
        assert source is not None  # it is a regular file
        with source, target.open("xb") as written:
            shutil.copyfileobj(source, written)
        with target.open("rb") as again:
            digests[entry.name] = hashlib.file_digest(again, "sha256").hexdigest()
    digests.pop(MANIFEST, None)
    made_at, promised = _manifest(place / MANIFEST, file)
    wrong = sorted(name for name in digests.keys() | promised.keys() if digests.get(name) != promised.get(name))
    wrong += [name for name, digest in digests.items() if _PICTURE.fullmatch(name) and not name.endswith(digest)]
    if wrong:
        raise _refuse(f"“{wrong[0]}” in it is damaged or missing.", file)
    if DATABASE not in digests:
        raise _refuse("It holds no database.", file)
    return made_at


def _manifest(path: Path, file: Path) -> tuple[datetime, dict[str, str]]:
    """When the backup was made, and the digests that it promises."""
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        made_at = datetime.fromisoformat(said["made_at"]).astimezone(UTC)
        promised = {str(name): str(digest) for name, digest in said["files"].items()}
        known = said["format"] == FORMAT
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _refuse("It is not whole: its list of contents is missing.", file) from error
    if not known:
        raise _refuse(f"It is of a kind that this bfbot does not read ({said['format']}).", file)
    return made_at, promised


def _belongs(name: str) -> bool:
    """Whether a backup may hold a file of that name; nothing absolute, nothing that climbs out."""
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or str(path) != name:
        return False
    return name in {DATABASE, MANIFEST} or bool(_PICTURE.fullmatch(name)) or path.parts[0] in FILES


def _last_entry(database: Path, file: Path) -> datetime:
    """A bare database says nothing of its age: no later than its file, no later than the last decision in it."""
    made_at = datetime.fromtimestamp(file.stat().st_mtime, UTC)
    try:
        with closing(sqlite3.connect(database)) as opened:
            (last,) = opened.execute("SELECT max(at) FROM ledger_auditentry").fetchone()
    except sqlite3.DatabaseError:
        return made_at  # the check that follows says what is wrong with it
    return min(made_at, datetime.fromisoformat(last).replace(tzinfo=UTC)) if last else made_at


def _refuse(message: str, file: Path | None = None) -> ConfigurationError:
    return ConfigurationError(message, mend=_OTHER, where=str(file) if file else "")
