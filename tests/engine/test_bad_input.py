"""Whatever is wrong with the machine or the files: one clear error that says what to do, and nothing lost."""

from __future__ import annotations

import resource
import shutil
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.desk import APPROVER, AUTHOR, Desk, new_desk, until
from tests.engine.networks import approved, join, state, texts
from tests.servers.feeds import FeedServer, entry, rss
from tests.servers.ports import free_port
from tests.simulators.mastodon import TOKEN, MastodonSimulator

pytestmark = pytest.mark.slow

UP = ("up", "--port", "{port}")
LIST = ("queue", "list", "--json")
BROKEN = "messages:\n  - id: half\n    text: 'no end\n"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk")


@dataclass(frozen=True)
class Case:
    """`breaks` spoils a workspace; each of `commands` then ends with `code` and one line that holds `says`."""

    breaks: Callable[[Desk], object]
    commands: tuple[tuple[str, ...], ...]
    says: tuple[str, ...]
    code: int = 4


def settings(line: str) -> Callable[[Desk], None]:
    return lambda desk: desk.write(".env", line + "\n")


def newer(desk: Desk) -> None:
    desk.rows("INSERT INTO django_migrations (app, name, applied) VALUES ('ledger', '9999_later', '2095-01-01')")


def damaged(desk: Desk) -> None:
    for path in (desk.home / "var").glob("bfbot.sqlite3*"):
        path.unlink()
    (desk.home / "var/bfbot.sqlite3").write_bytes(b"this was a database once" * 400)


def never_good(desk: Desk) -> None:
    shutil.rmtree(desk.home / "var")
    desk.write("messages/half.yaml", BROKEN)


def other_folder(desk: Desk) -> None:
    desk.settings["BFBOT_HOME"] = str(desk.home.parent)


CASES = {
    "a port that is no number": Case(settings("BFBOT_PORT=eighty"), (UP[:1], LIST), ("BFBOT_PORT", "1 to 65535")),
    "a log level that is none": Case(settings("BFBOT_LOG=loud"), (UP,), ("BFBOT_LOG", "debug, info")),
    "a zone that is none": Case(settings("BFBOT_TIMEZONE=Mars/Base"), (UP,), ("BFBOT_TIMEZONE", "Europe/London")),
    "a key too short": Case(settings("BFBOT_SECRET_KEY=short"), (UP, LIST), ("BFBOT_SECRET_KEY", "32")),
    "a key file that is not there": Case(
        settings("BFBOT_SECRET_KEY_FILE=/nowhere/key"), (UP,), ("/nowhere/key", "Mend the path")
    ),
    "settings that are no text": Case(
        lambda desk: desk.home.joinpath(".env").write_bytes(b"BFBOT_CONTACT=caf\xe9\n"),
        (UP, LIST),
        (".env", "UTF-8"),
    ),
    "a database of another kind": Case(
        settings("BFBOT_DATABASE_URL=mysql://db.example/desk"), (UP, LIST), ("mysql", "postgresql://")
    ),
    "a folder that is no workspace": Case(other_folder, (UP, LIST), ("no workspace", "bfbot init")),
    "a database from a newer version": Case(newer, (UP, LIST, ("once",)), ("newer bfbot", "var/backups")),
    "a damaged database": Case(damaged, (UP, LIST), ("damaged", "var/backups")),
    "files that were never good": Case(never_good, (UP,), ("messages/half.yaml:", "bfbot check")),
}


@pytest.mark.parametrize("name", CASES)
def test_one_clear_error_that_says_what_to_do(desk: Desk, name: str) -> None:
    case = CASES[name]
    case.breaks(desk)
    port = str(free_port())
    for words in case.commands:
        done = desk(*(word.format(port=port) for word in words))
        assert (done.code, done.out) == (case.code, ""), done
        assert done.err.count("\n") == 1, done.err
        assert done.err.startswith("bfbot: ")
        assert "Traceback" not in done.err
        for part in case.says:
            assert part in done.err


def test_a_taken_port(desk: Desk) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = desk("up", "--port", port)
        assert (done.code, done.out) == (4, "")
        (line,) = done.err.splitlines()
        assert line.startswith(f"bfbot: Port {port} is taken by another program. Choose another")
    assert desk.well("once")


def test_a_full_disk_loses_nothing_and_work_goes_on_when_there_is_room(desk: Desk) -> None:
    words = ("queue", "add", "--campaign", "bright-futures", "--account", "practice-lga", "--author", AUTHOR)
    with desk.start() as running:
        post = approved(desk, "practice-lga", "Before the disk was full.", "--at", "2095-05-06T09:00")
        full(running.process.pid)
        waiting = approved(desk, "practice-lga", "While the disk was full.")
        until(lambda: any("disk is full" in one.get("error", "") for one in running.log))
        refused = desk.start(*words, "--text", "Nobody could keep this.", before=lambda: full(0))
        assert refused.process.wait(60) == 4
        until(lambda: refused.err)
        (line,) = refused.err
        assert "disk is full" in line
        assert "Nothing was lost" in line
        assert state(desk, waiting) in {"planned", "due"}
        errors = [one for one in running.log if one["level"] == "error"]
        assert len({one["error"] for one in errors}) == len(errors), "each is told once"
        assert not any("trace" in one for one in running.log)
        resource.prlimit(running.process.pid, resource.RLIMIT_FSIZE, UNLIMITED)
        until(lambda: state(desk, waiting) == "published")
    assert state(desk, post) == "planned"
    assert not any("Nobody could keep this" in one["text"] for one in desk.json("queue", "list"))
    assert all(one["whole"] for one in desk.json("audit"))


def test_a_broken_file_leaves_the_last_good_state_in_use(desk: Desk) -> None:
    desk.write("messages/half.yaml", BROKEN)
    with desk.start() as running:
        until(lambda: any("half.yaml" in one.get("fault", "") for one in running.log))
        post = approved(desk, "practice-lga", "Said while a file was broken.")
        beside = desk("queue", "show", post)
        assert (beside.code, "bfbot check" in beside.err) == (0, True)
        until(lambda: state(desk, post) == "published")
        (desk.home / "messages/half.yaml").unlink()
        until(lambda: any(one["what"] == "the files are good again" for one in running.log))
        desk.write("schedules/accounts.yaml", "accounts: [")
        until(lambda: any("accounts.yaml" in one.get("fault", "") for one in running.log))
        assert [one["id"] for one in desk.json("accounts", "list")] == ["practice-lga", "practice-ccn"]
    assert not any("trace" in one for one in running.log)
    broken = desk("check", "--json")
    assert broken.code == 1
    assert next(one["file"] for one in broken.json if one["level"] == "error") == "schedules/accounts.yaml"


def test_a_missing_credential_keeps_its_posts_and_stops_nobody_else(desk: Desk) -> None:
    join(desk, mastodon="http://127.0.0.1:9")
    with desk.start():
        waits = approved(desk, "town", "Said where no key is set.")
        goes = approved(desk, "practice-lga", "Said on the practice channel.")
        until(lambda: state(desk, goes) == "published")
        until(lambda: desk.post(waits)["deliveries"][0]["error"])
        delivery = desk.post(waits)["deliveries"][0]
        assert delivery["state"] == "due"
        assert "TOWN_ENTRY" in delivery["error"]
        assert delivery["attempts"] == 0
        states = {one["id"]: one for one in desk.json("accounts", "list")}
        assert states["town"]["state"] == "missing_secret"
        assert "TOWN_ENTRY" in states["town"]["problem"]
    refused = desk("accounts", "test", "town")
    assert (refused.code, refused.err.count("\n")) == (4, 1)


def test_a_key_that_does_not_open_stops_its_account_until_a_person_has_mended_it(desk: Desk) -> None:
    with MastodonSimulator() as network:
        join(desk, mastodon=network.base_url)
        desk.settings["TOWN_ENTRY"] = "a key of last year"
        post = approved(desk, "town", "Said with the new key.")
        assert desk("once").code == 3
        (town,) = [one for one in desk.json("accounts", "list") if one["id"] == "town"]
        assert (town["state"], bool(town["problem"])) == ("stopped", True)
        assert (state(desk, post), network.ledger) == ("due", [])
        desk.settings["TOWN_ENTRY"] = TOKEN
        assert desk.well("once", "--json").json["published"] == 0
        assert desk("accounts", "start", "town", "--by", AUTHOR).code == 1
        desk.well("accounts", "start", "town", "--by", APPROVER)
        assert desk.well("once", "--json").json["published"] == 1
        assert texts(network) == ["Said with the new key."]


def test_an_unreadable_feed_is_an_error_and_never_no_news(desk: Desk) -> None:
    a_page, nothing = b"<html><title>Sign in</title></html>", b""
    cut_short = rss([entry("A new release")])[:-60]
    with FeedServer() as server:
        server.publish("/feed.xml", rss([entry("An old release")]))
        feed = "feeds:\n  - {id: town-news, url: '%s', campaigns: [bright-futures], accounts: [practice-lga],\n"
        feed += "     every: 5 min, template: release, publish: draft, window: 24 h, max_age: 3 days}\n"
        desk.write("schedules/feeds.yaml", feed % server.url("/feed.xml"))
        desk.settings["BFBOT_PRIVATE_HOSTS"] = server.host
        assert "1 marked as seen" in desk.well("news", "poll").out
        for answer in (a_page, nothing, cut_short):
            server.answer("/feed.xml", answer, headers={"Content-Type": "application/rss+xml"})
            done = desk("news", "poll")
            assert (done.code, done.out, done.err.count("\n")) == (3, "", 1), done
            assert "town-news" in done.err
        post = approved(desk, "practice-lga", "Goes out whatever the feed does.")
        desk.rows("UPDATE ledger_feedstate SET next_poll_at = NULL")
        passed = desk("once", "--json")
        assert (passed.code, passed.json["failed"].keys()) == (3, {"town-news"})
        assert state(desk, post) == "published"
        assert len(desk.json("news", "list")) == 1
    away = desk("news", "poll")
    assert (away.code, away.err.count("\n")) == (3, 1)


def test_a_folder_that_may_not_be_written(desk: Desk) -> None:
    (desk.home / "var/running").unlink(missing_ok=True)
    (desk.home / "var/running").mkdir()
    done = desk("once")
    assert (done.code, done.err.count("\n")) == (4, 1)
    assert "running" in done.err


UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


def full(pid: int) -> None:
    """No file of that process (0: this one) may grow past a few bytes: every write of the database fails."""
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (64, resource.RLIM_INFINITY))
