"""A backup put back: all of it or nothing, whatever it meets and whenever it is killed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from bfbot.engine.restore import _new_folder
from tests.cli.desk import BFBOT, Desk, until
from tests.engine.networks import approved
from tests.operations.archive import backup, whole

pytestmark = pytest.mark.slow


def test_not_while_it_runs_and_what_was_there_is_kept(desk: Desk) -> None:
    kept = backup(desk)
    post = approved(desk, "practice-lga", "After the backup.", "--at", "2030-01-07T09:00")
    with desk.start("worker"):
        refused = desk("restore", kept)
        assert refused.code == 4
        assert "already runs" in refused.err
    desk.well("restore", kept)
    assert desk.rows(f"SELECT * FROM ledger_post WHERE id = {post}") == []
    (aside,) = (desk.home / "var").glob("before-restore-*")
    other = Desk(aside.parent / "other")
    (other.home / "var").mkdir(parents=True)
    shutil.copytree(aside, other.home / "var", dirs_exist_ok=True)
    assert other.rows(f"SELECT id FROM ledger_post WHERE id = {post}") == [(post,)]


@pytest.mark.parametrize("cut", [0, 5000, -20000])
def test_half_a_backup_is_none(desk: Desk, cut: int, tmp_path: Path) -> None:
    half = tmp_path / "half.tar"
    half.write_bytes(backup(desk).read_bytes()[:cut])
    before = whole(desk)
    refused = desk("restore", half)
    assert refused.code == 4, refused
    assert whole(desk) == before


def test_on_a_new_machine_everything_comes_back(desk: Desk, tmp_path: Path) -> None:
    picture = b"bytes of a picture"
    digest = hashlib.sha256(picture).hexdigest()
    blob = desk.home / "var/media/blobs" / digest[:2] / digest
    blob.parent.mkdir(parents=True)
    blob.write_bytes(picture)
    kept = backup(desk)
    new = Desk(tmp_path / "new")
    new.home.mkdir()
    said = new.well("restore", kept).out
    assert "schedules/ was missing" in said
    assert new.json("user", "list") == desk.json("user", "list")
    assert (new.home / "messages/facts.yaml").read_bytes() == (desk.home / "messages/facts.yaml").read_bytes()
    assert (new.home / "var/media/blobs" / digest[:2] / digest).read_bytes() == picture
    assert (new.home / "var/bfbot.sqlite3").stat().st_mode & 0o077 == 0


def test_two_restores_within_a_second_keep_both_old_states_apart(tmp_path: Path) -> None:
    wanted = tmp_path / "before-restore-20261122T042020Z"
    made = [_new_folder(wanted) for _ in range(3)]
    assert [one.name for one in made] == [wanted.name, f"{wanted.name}-2", f"{wanted.name}-3"]
    assert all(one.stat().st_mode & 0o077 == 0 for one in made)


MARKS = (".restoring-*", ".restoring-*/manifest.json", "before-restore-*", "before-restore-*/*")
"""The steps of a restore, as the files show them that it makes."""


def wait_for_step(step: int, var: Path, process: subprocess.Popen[bytes]) -> None:
    if step < len(MARKS):
        until(lambda: process.poll() is not None or list(var.glob(MARKS[step])))
    else:
        time.sleep(0.15 * (step - len(MARKS) + 2))


def test_killed_at_any_moment_it_leaves_the_old_state_or_the_new_one(desk: Desk) -> None:
    kept = backup(desk)
    old = approved(desk, "practice-lga", "After the backup.", "--at", "2030-01-07T09:00")
    taken = Path(shutil.copytree(desk.home, desk.home.parent / "taken"))
    for step in range(8):
        shutil.rmtree(desk.home)
        shutil.copytree(taken, desk.home)
        process = subprocess.Popen(
            [str(BFBOT), "restore", str(kept)],
            env=desk.environment({}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for_step(step, desk.home / "var", process)
        process.kill()
        process.wait(60)
        has_it = bool(desk.rows(f"SELECT * FROM ledger_post WHERE id = {old}"))
        paused = bool(desk.rows("SELECT * FROM ledger_hold"))
        assert has_it != paused, "either as it was, or restored and paused"
        assert desk.rows("PRAGMA integrity_check") == [("ok",)]
    desk.well("restore", kept)
    assert not list((desk.home / "var").glob(".restoring-*"))
