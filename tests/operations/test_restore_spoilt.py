"""A backup that is not what it was is refused, and nothing is changed."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.desk import APPROVER, Desk
from tests.operations.archive import backup, whole

pytestmark = pytest.mark.slow
Spoil = Callable[[dict[str, bytes]], None]


def flip(name: str) -> Spoil:
    def spoil(files: dict[str, bytes]) -> None:
        found = next(one for one in files if one.startswith(name))
        files[found] = files[found][:-1] + bytes([files[found][-1] ^ 1])

    return spoil


def sql(statement: str) -> Spoil:
    """Change the database in it, and the digest with it, as somebody would who means it."""

    def spoil(files: dict[str, bytes]) -> None:
        import sqlite3

        held = sqlite3.connect(":memory:")
        held.deserialize(files["bfbot.sqlite3"])
        held.executescript(statement)
        files["bfbot.sqlite3"] = held.serialize()
        said = json.loads(files["manifest.json"])
        said["files"]["bfbot.sqlite3"] = hashlib.sha256(files["bfbot.sqlite3"]).hexdigest()
        files["manifest.json"] = json.dumps(said).encode()

    return spoil


def named(name: str) -> Spoil:
    return lambda files: files.update({name: b"x"})


def without(name: str) -> Spoil:
    return lambda files: [files.pop(one) for one in list(files) if one.startswith(name)] and None


SPOILT: dict[str, tuple[Spoil, str]] = {
    "a changed byte": (flip("messages/"), "damaged or missing"),
    "a changed database": (flip("bfbot.sqlite3"), "damaged or missing"),
    "a changed picture": (flip("media/blobs"), "damaged or missing"),
    "a missing file": (without("schedules/accounts"), "damaged or missing"),
    "no contents": (without("manifest.json"), "list of contents is missing"),
    "a file more": (named("schedules/more.yaml"), "damaged or missing"),
    "a way out": (named("../outside"), "in no backup"),
    "settings": (named(".env"), "in no backup"),
    "a newer bfbot": (
        sql("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '0999_next', '2030-01-01')"),
        "newer bfbot",
    ),
    "a changed record of decisions": (
        sql(
            "DROP TRIGGER ledger_audit_unchanged; UPDATE ledger_auditentry SET actor = 'Mallory' WHERE number = 1"
        ),
        "record of decisions",
    ),
    "a stranger's database": (sql("DELETE FROM django_migrations WHERE app = 'ledger'"), "not bfbot's"),
}


@pytest.mark.parametrize("what", SPOILT)
def test_a_backup_that_is_not_what_it_was_changes_nothing(desk: Desk, what: str, tmp_path: Path) -> None:
    picture = b"bytes of a picture"
    digest = hashlib.sha256(picture).hexdigest()
    blob = desk.home / "var/media/blobs" / digest[:2] / digest
    blob.parent.mkdir(parents=True)
    blob.write_bytes(picture)
    desk.well("pause", "--reason", "An entry of the record", "--by", APPROVER)
    with tarfile.open(backup(desk)) as tar:
        files = {one.name: tar.extractfile(one).read() for one in tar}
    spoil, why = SPOILT[what]
    spoil(files)
    spoilt = tmp_path / "spoilt.tar"
    with tarfile.open(spoilt, "w") as tar:
        for name, data in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(data)
            tar.addfile(entry, io.BytesIO(data))
    before = whole(desk)
    refused = desk("restore", spoilt)
    assert refused.code == 4, refused
    assert why in refused.err
    assert "Nothing was changed" in refused.err
    assert whole(desk) == before
