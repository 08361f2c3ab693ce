"""A workspace whose database is PostgreSQL: made, worked in by several commands, and one pass of the engine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

BFBOT = str(Path(sys.executable).with_name("bfbot"))
TEXT = "What works close to home. https://www.local.gov.uk/bright-futures #GettingTheBest"

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


@pytest.fixture
def bfbot(database: str, tmp_path: Path) -> Callable[..., str]:
    """Runs a command in one workspace on one new database; gives its stdout."""
    settings = {"BFBOT_HOME": str(tmp_path / "desk"), "BFBOT_DATABASE_URL": database}

    def run(*words: str) -> str:
        done = subprocess.run(
            [BFBOT, *words],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )
        assert done.returncode == 0, f"{words}: {done.stderr}"
        return done.stdout

    run("init", settings["BFBOT_HOME"])
    return run


def test_a_post_goes_out_from_a_workspace_on_postgresql(bfbot, tmp_path):
    for name, role in (("Ada Author", "author"), ("Ben Approver", "approver")):
        bfbot("user", "add", name, "--role", role)
    words = ["--campaign", "bright-futures", "--account", "practice-lga", "--text", TEXT, "--at", "now"]
    post = json.loads(bfbot("queue", "add", *words, "--author", "Ada Author", "--json"))
    bfbot("queue", "approve", str(post["id"]), "--by", "Ben Approver")
    done = json.loads(bfbot("once", "--json"))
    assert done["published"] == 1
    assert done["planned"] > 0
    assert json.loads(bfbot("once", "--json"))["published"] == 0, "said once"
    shown = next(one for one in json.loads(bfbot("queue", "list", "--json")) if one["id"] == post["id"])
    assert [one["state"] for one in shown["deliveries"]] == ["published"]
    assert not (tmp_path / "desk" / "var" / "bfbot.sqlite3").exists(), "nothing fell back to a file"


def test_people_stop_and_resume_on_postgresql_and_the_record_is_whole(bfbot):
    bfbot("user", "add", "Ben Approver", "--role", "approver")
    bfbot("pause", "--by", "Ben Approver", "--reason", "A test of the stop")
    assert len(json.loads(bfbot("holds", "--json"))) == 1
    bfbot("resume", "--by", "Ben Approver")
    assert json.loads(bfbot("holds", "--json")) == []
    assert json.loads(bfbot("audit", "--json")), "exit code 1 would tell of a broken chain"
