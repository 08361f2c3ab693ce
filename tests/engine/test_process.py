"""`up` as a process: alone on its workspace, beside commands, and gone within ten seconds with nothing lost."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.desk import Desk, new_desk, until
from tests.engine.networks import X_SETTINGS, approved, join, state, texts
from tests.simulators.mastodon import MastodonSimulator
from tests.simulators.server import HANG
from tests.simulators.x import KEYS, XSimulator

pytestmark = pytest.mark.slow

CANARIES = (*KEYS.values(), "canary-of-the-town", "canary-key-of-the-workspace-of-32-letters")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk", **X_SETTINGS)


def test_one_process_a_workspace_and_commands_beside_it(desk: Desk) -> None:
    with desk.start() as running:
        for words in (("up", "--port", running.port + 1), ("worker",), ("once",)):
            second = desk(*words)
            assert (second.code, second.out) == (4, ""), second
            assert f"already runs on this workspace (process {running.process.pid})" in second.err
            assert second.err.count("\n") == 1
        with urlopen(f"{running.url}/", timeout=60) as page:
            assert page.status == 200
        post = approved(desk, "practice-lga", "Written while bfbot runs.")
        until(lambda: state(desk, post) == "published")
        assert running.stop(signal.SIGINT) < 10
    assert running.process.returncode == 0
    assert desk.well("once", "--json").json["published"] == 0
    # On a slow machine the watch may look between the writing and the approval: that alert is right.
    right = ("not_approved", post)
    amiss = [one for one in running.log if one["level"] != "info" and (one.get("about"), one.get("post")) != right]
    assert not amiss, "\n".join(map(str, running.log))


def test_the_first_admin_gets_a_link_that_works_once(tmp_path: Path) -> None:
    desk = Desk(tmp_path / "new")
    desk.well("init", desk.home)
    with desk.start() as running:
        (link,) = re.findall(r"First sign-in \(works once\): (\S+)", "".join(running.out))
        assert link.startswith(running.url)
        with urlopen(link, timeout=60) as page:
            assert page.status == 200
        assert desk.json("user", "list") == [{"name": "admin", "roles": {"*": "admin"}}]


def test_a_stop_while_a_network_is_slow_takes_under_ten_seconds_and_loses_nothing(desk: Desk) -> None:
    with XSimulator() as network:
        join(desk, x=network.base_url)
        with desk.start() as running:
            network.lose(HANG, "/2/tweets")
            post = approved(desk, "town-x", "Said while the network was slow.")
            until(lambda: texts(network))
            assert running.stop() < 10
            assert running.process.returncode == 0
        assert state(desk, post) == "sending"
        assert running.log[-1]["what"].startswith("stopped while a request was on its way")
        with desk.start():
            until(lambda: state(desk, post) == "published")
        assert len(texts(network)) == 1


def test_a_stop_before_it_is_ready_is_a_stop(desk: Desk) -> None:
    running = desk.start()
    assert running.stop() < 10
    assert not any("Traceback" in line for line in running.err)
    assert desk.well("once")


def test_no_secret_reaches_logs_database_or_backups(desk: Desk) -> None:
    desk.settings |= {
        "TOWN_ENTRY": "canary-of-the-town",
        "BFBOT_SECRET_KEY": "canary-key-of-the-workspace-of-32-letters",
        "BFBOT_LOG": "debug",
    }
    with MastodonSimulator() as mastodon, XSimulator() as x:
        join(desk, mastodon=mastodon.base_url, x=x.base_url)
        x.refuse("/2/tweets", 500, {"detail": " ".join(KEYS.values())})
        with desk.start() as running:
            first = approved(desk, "town-x", "Refused once, with every key in the answer.")
            second = approved(desk, "town", "Sent with a key that does not open.")
            until(lambda: running.log and desk.post(first)["deliveries"][0]["error"])
            until(lambda: desk.post(second)["deliveries"][0]["error"])
            said = [desk("measure"), desk("accounts", "list", "--json"), desk("accounts", "test", "town")]
            said += [desk("audit", "--json"), desk("queue", "list", "--json")]
            assert said[2].code == 3
            running.stop()
        unmigrate(desk)
        said.append(desk("once"))
    assert list((desk.home / "var/backups").iterdir())
    told = "".join([*running.out, *running.err, *(one.out + one.err for one in said)])
    kept = b"".join(one.read_bytes() for one in (desk.home / "var").rglob("*") if one.is_file())
    for canary in CANARIES:
        assert canary not in told
        assert canary.encode() not in kept


def test_a_copy_is_kept_before_a_migration(desk: Desk) -> None:
    before = desk.rows("SELECT count(*) FROM ledger_user")
    unmigrate(desk)
    behind = desk("queue", "list")
    assert behind.code == 4
    assert "bfbot up" in behind.err
    desk.well("once")
    (copy,) = (desk.home / "var/backups").iterdir()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert Desk(desk.home).rows("SELECT count(*) FROM ledger_user") == before
    assert desk("queue", "list").code == 0


def test_a_worker_publishes_without_pages(desk: Desk) -> None:
    with desk.start("worker") as running:
        post = approved(desk, "practice-lga", "Out without pages.")
        until(lambda: state(desk, post) == "published")
        assert running.stop() < 10
    assert "without pages" in "".join(running.out)


def test_help_is_quick_and_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['bfbot', '--help']\n"
        "from bfbot.cli.main import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        "print([one for one in ('django', 'pydantic', 'requests', 'rich', 'apscheduler') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert done.stdout.splitlines()[-1] == "[]"


def unmigrate(desk: Desk) -> None:
    """Take one of Django's own migrations back, as if the workspace were of an older bfbot."""
    subprocess.run(
        [sys.executable, "-m", "django", "migrate", "sessions", "zero", "-v", "0"],
        env=desk.environment({"DJANGO_SETTINGS_MODULE": "bfbot.ledger.settings"}),
        check=True,
        timeout=60,
    )
