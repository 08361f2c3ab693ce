"""The database is held by a process that was stopped: whoever presses the stop is told that nothing is paused."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from bfbot.config import config
from bfbot.ledger.models import Hold, User
from tests.cli.desk import AUTHOR, new_desk
from tests.filed import database_in
from tests.operations.stopped import stopped_writer
from tests.workspace import AUTHOR as ADA
from tests.workspace import clear, small_workspace

pytestmark = [
    pytest.mark.sqlite,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server decides itself whom it lets wait"),
]
IMPATIENT = """
from bfbot.ledger import settings
settings.DATABASES["default"]["OPTIONS"]["timeout"] = 0.2
from bfbot.cli.main import main
main()
"""


@pytest.fixture
def database(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """In a file, and asked for with little patience: twenty seconds are too long for a test."""
    small_workspace(config().home)
    monkeypatch.setitem(connection.settings_dict["OPTIONS"], "timeout", 0.2)
    with database_in(tmp_path):
        yield Path(connection.settings_dict["NAME"])
    clear(config().home)


@pytest.mark.django_db(transaction=True)
def test_the_page_says_that_nothing_is_paused_and_what_to_do(database: Path) -> None:
    browser = Client()
    browser.force_login(User.objects.get(name=ADA))
    assert browser.get(reverse("today")).status_code == 200
    with stopped_writer(database):
        answer = browser.post(reverse("pause"), {"reason": "A sad day"})
        assert answer.status_code == 503
        html = answer.content.decode()
        assert "Nothing is paused: this could not be written down, and posts still go out." in html
        assert "end bfbot itself" in html
        assert "kept busy by another program" in html
        assert "try again in a moment" in html
        assert browser.get(reverse("today")).status_code == 200, "what only reads goes on"
    assert browser.post(reverse("pause"), {"reason": "A sad day"}).status_code == 302
    assert Hold.objects.count() == 1


def test_the_command_says_so_in_one_line_and_ends_with_4(tmp_path: Path) -> None:
    desk = new_desk(tmp_path / "desk")

    def pause() -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", IMPATIENT, "pause", "--reason", "A sad day", "--by", AUTHOR],
            env=desk.environment({"DJANGO_SETTINGS_MODULE": "bfbot.ledger.settings"}),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    with stopped_writer(desk.home / "var/bfbot.sqlite3"):
        refused = pause()
    assert (refused.returncode, refused.stdout) == (4, "")
    assert len(refused.stderr.splitlines()) == 1
    assert "Nothing is paused" in refused.stderr
    assert "try again in a moment" in refused.stderr
    done = pause()
    assert done.returncode == 0, done.stderr
    assert len(desk.json("holds")) == 1
