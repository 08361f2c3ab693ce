"""A backup put back: all or nothing, nothing twice, nothing by itself."""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import subprocess
import tarfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.desk import APPROVER, BFBOT, Desk, new_desk, until
from tests.engine.networks import X_SETTINGS, approved, join, state, texts
from tests.servers.feeds import FeedServer, entry, rss
from tests.simulators.mastodon import TOKEN, MastodonSimulator
from tests.simulators.x import XSimulator

pytestmark = pytest.mark.slow


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk", TOWN_ENTRY=TOKEN, **X_SETTINGS)


def backup(desk: Desk) -> Path:
    return Path(desk.well("backup").out.strip())


def whole(desk: Desk) -> dict[str, bytes]:
    """Every file of the workspace but the lock and the journals that a look at the database makes."""
    return {
        str(path.relative_to(desk.home)): path.read_bytes()
        for path in sorted(desk.home.rglob("*"))
        if path.is_file() and path.name != "running" and not path.name.endswith(("-wal", "-shm"))
    }


@pytest.mark.parametrize("network", ["mastodon that ignores keys", "x without keys"])
def test_what_went_out_after_the_backup_does_not_go_out_again(desk: Desk, network: str) -> None:
    with MastodonSimulator(honours_keys=False) as mastodon, XSimulator() as x:
        join(desk, mastodon=mastodon.base_url, x=x.base_url)
        account, there = ("town", mastodon) if "mastodon" in network else ("town-x", x)
        post = approved(desk, account, "Every council keeps a door open.")
        kept = backup(desk)
        desk.well("once")
        assert len(texts(there)) == 1
        assert state(desk, post) == "published"
        said = desk.well("restore", kept).out
        assert "1 will be looked for on the network" in said
        assert state(desk, post) == "unknown"
        with desk.start("worker"):
            until(lambda: state(desk, post) == "published")
            desk.well("resume", "--by", APPROVER)
        assert len(texts(there)) == 1
        ((remote_id,),) = desk.rows(f"SELECT remote_id FROM ledger_part WHERE delivery_id = {post}")
        assert remote_id in {str(one["id"]) for one in there.ledger}


def test_what_had_not_gone_out_waits_for_a_person(desk: Desk) -> None:
    post = approved(desk, "practice-lga", "Not out when the lights went out.")
    later = approved(desk, "practice-lga", "For another day.", "--at", "2030-01-07T09:00")
    kept = backup(desk)
    desk.well("restore", kept)
    (hold,) = desk.json("holds")
    assert "Restored from the backup" in hold["reason"]
    assert state(desk, later) == "planned"
    with desk.start("worker"):
        # The read-back proves nothing before a minute has passed: requests may still be on their way.
        until(lambda: desk.rows("SELECT 1 FROM ledger_attempt WHERE action = 'find'"))
        assert state(desk, post) == "unknown"
        desk.rows("UPDATE ledger_attempt SET started_at = '2020-01-01 00:00:00'")
        desk.rows(f"UPDATE ledger_delivery SET not_before = '2020-01-01 00:00:00' WHERE post_id = {post}")
        until(lambda: state(desk, post) == "due")
        desk.well("resume", "--by", APPROVER)
        assert state(desk, post) == "missed"
    assert desk.rows("SELECT 1 FROM ledger_practicepost") == []


def test_a_thread_waits_for_a_person_because_its_parts_prove_nothing_of_each_other(desk: Desk) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        join(desk, mastodon=network.base_url)
        post = approved(desk, "town", "First the door.\n\n---\n\nThen the room behind it.")
        kept = backup(desk)
        desk.well("once")
        assert len(texts(network)) == 2
        assert "1 wait for you to look" in desk.well("restore", kept).out
        desk.well("once")
        assert state(desk, post) == "unknown"
        link = network.ledger[0]["id"]
        url = f"{network.base_url}/@desk/{link}"
        desk.well("queue", "settle", post, "--account", "town", "--live", url, "--by", APPROVER)
        desk.well("resume", "--by", APPROVER)
        desk.well("once")
        assert len(texts(network)) == 2


def test_a_cancellation_that_the_backup_does_not_know_is_not_undone_by_itself(desk: Desk) -> None:
    post = approved(desk, "practice-lga", "Cancelled after the backup.", "--at", "2030-01-07T09:00")
    kept = backup(desk)
    desk.well("queue", "withdraw", post, "--by", APPROVER)
    desk.well("restore", kept)
    assert state(desk, post) == "planned"
    assert desk.json("holds"), "everything is paused until somebody has looked"
    assert desk.json("audit")[0]["action"] == "restored"
    assert all(one["whole"] for one in desk.json("audit"))


def test_feeds_begin_anew_and_nobody_is_signed_in(desk: Desk) -> None:
    desk.rows(
        "INSERT INTO ledger_feedstate (feed, etag, last_modified, body_digest, final_url, primed_at, failures, "
        "last_error, disabled_reason) VALUES ('lga', 'tag', '', 'd', '', '2026-01-01 00:00:00', 0, '', '')"
    )
    desk.rows("INSERT INTO django_session VALUES ('key', 'data', '2030-01-01 00:00:00')")
    desk.well("restore", backup(desk))
    assert desk.rows("SELECT primed_at, etag FROM ledger_feedstate WHERE feed = 'lga'") == [(None, "")]
    assert desk.rows("SELECT * FROM django_session") == []


def test_a_feed_that_moved_on_since_the_backup_does_not_flood(desk: Desk) -> None:
    with FeedServer() as server:
        feed = f"""feeds:
  - {{id: town-news, url: '{server.url("/feed.xml")}', campaigns: [bright-futures], accounts: [practice-lga],
     every: 5 min, template: release, publish: draft, window: 24 h, max_age: 3 days}}
"""
        desk.write("schedules/feeds.yaml", feed)
        desk.settings["BFBOT_PRIVATE_HOSTS"] = server.host
        server.publish("/feed.xml", rss([entry("An old release")]))
        desk.well("news", "poll")
        kept = backup(desk)
        news = [entry(f"Release number {number}") for number in range(4)]
        server.publish("/feed.xml", rss(news))
        desk.well("news", "poll")
        posts = "SELECT count(*) FROM ledger_post WHERE origin = 'release'"
        assert desk.rows(posts) == [(4,)]
        desk.well("restore", kept)
        desk.well("news", "poll")
        assert desk.rows(posts) == [(0,)], "they were posted or decided about before"
        desk.well("resume", "--by", APPROVER)
        server.publish("/feed.xml", rss([entry("Later than all of it"), *news]))
        desk.well("news", "poll")
        assert desk.rows(posts) == [(1,)]


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
        process.wait(10)
        has_it = bool(desk.rows(f"SELECT * FROM ledger_post WHERE id = {old}"))
        paused = bool(desk.rows("SELECT * FROM ledger_hold"))
        assert has_it != paused, "either as it was, or restored and paused"
        assert desk.rows("PRAGMA integrity_check") == [("ok",)]
    desk.well("restore", kept)
    assert not list((desk.home / "var").glob(".restoring-*"))
