"""Backups of a workspace that is at work: whole, private, and without what opens anything."""

from __future__ import annotations

import hashlib
import json
import sqlite3
import tarfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.engine.backup_rotation import name_of
from tests.cli.desk import Desk, new_desk, until
from tests.engine.networks import approved, state

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk")


def contents(backup: Path) -> dict[str, bytes]:
    with tarfile.open(backup) as tar:
        return {one.name: tar.extractfile(one).read() for one in tar}


def backups(desk: Desk) -> list[str]:
    return sorted(one.name for one in (desk.home / "var/backups").glob("*"))


def test_a_copy_of_everything_is_made_while_it_runs(desk: Desk, tmp_path: Path) -> None:
    picture = b"bytes of a picture"
    digest = hashlib.sha256(picture).hexdigest()
    blob = desk.home / "var/media/blobs" / digest[:2] / digest
    blob.parent.mkdir(parents=True)
    blob.write_bytes(picture)
    (desk.home / "messages/.editor-swap").write_text("half a thought")
    with desk.start("worker"):
        until(lambda: backups(desk))  # the daily one, made by itself
        post = approved(desk, "practice-lga", "Written before the backup.")
        until(lambda: state(desk, post) == "published")
        made = tmp_path / "elsewhere/now.tar"
        assert desk.well("backup", "--to", made).out.strip() == str(made)
    assert made.stat().st_mode & 0o777 == 0o600
    found = contents(made)
    assert found[f"media/blobs/{digest[:2]}/{digest}"] == picture
    assert found["schedules/accounts.yaml"] == (desk.home / "schedules/accounts.yaml").read_bytes()
    assert not [name for name in found if "secret" in name or name.rpartition("/")[2].startswith(".")]
    secret = (desk.home / "var/secret-key").read_bytes().strip()
    assert not [name for name, data in found.items() if secret in data]
    promised = json.loads(found.pop("manifest.json"))["files"]
    assert promised == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    (tmp_path / "copy.sqlite3").write_bytes(found["bfbot.sqlite3"])
    with sqlite3.connect(tmp_path / "copy.sqlite3") as copy:
        states = copy.execute(f"SELECT state FROM ledger_delivery WHERE post_id = {post}").fetchall()
        assert states == [("published",)]
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_one_a_day_by_itself_and_old_ones_go(desk: Desk) -> None:
    folder = desk.home / "var/backups"
    folder.mkdir(exist_ok=True)
    now = datetime.now(UTC)
    for days in range(2, 60):
        (folder / name_of(now - timedelta(days=days))).touch()
    (folder / "mine.tar").touch()
    with desk.start("worker") as running:
        until(lambda: any(one["what"] == "backed up" for one in running.log))
        running.stop()
    (newest,) = [one for one in folder.iterdir() if one.stat().st_size]
    assert contents(newest)
    assert (folder / "mine.tar").exists()
    assert 9 <= len(backups(desk)) - 1 <= 11
    with desk.start("worker") as running:
        running.stop()
    assert len([one for one in folder.iterdir() if one.stat().st_size]) == 1, "it is young enough"


def test_a_backup_that_cannot_be_written_leaves_nothing_and_harms_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    refused = desk("backup", "--to", tmp_path / "file/below.tar")
    assert (refused.code, refused.out) == (4, "")
    assert "could not be written" in refused.err
    assert desk.well("queue", "list").code == 0
    assert list(tmp_path.glob("**/.new-*")) == []


def test_a_damaged_database_is_not_taken_for_a_backup(desk: Desk) -> None:
    database = desk.home / "var/bfbot.sqlite3"
    desk.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    data = bytearray(database.read_bytes())
    size = 4096
    for page in range(40, len(data) // size):
        data[page * size : page * size + 200] = b"\xff" * 200
    database.write_bytes(data)
    refused = desk("backup")
    assert refused.code == 4
    assert "damaged" in refused.err
    assert backups(desk) == []
