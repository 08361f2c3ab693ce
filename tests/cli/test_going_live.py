"""`bfbot accounts`: which are muted, what each needs, and the two people's steps, for eyes and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bfbot.cli import accounts, going_live, queue
from bfbot.config import config
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import models
from tests.desk.to_live import TOWN, planned, ready, with_town
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, clear, small_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def town(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for module in (accounts, going_live):
        monkeypatch.setattr(module, "begin", lambda: NOW)
    monkeypatch.setattr("bfbot.cli.start.begin", lambda: NOW)
    yield with_town(small_workspace(config().home))
    clear(config().home)


def run(*words: str) -> str:
    return CliRunner().invoke(accounts.accounts, words, catch_exceptions=False).output


def as_json(*words: str) -> Any:
    return json.loads(run(*words, "--json"))


def test_the_list_says_which_are_muted(town: Path) -> None:
    muted = {one["id"]: one["muted"] for one in as_json("list")}
    assert muted == {TOWN: True, PRACTICE: False, "practice-county": False}
    assert "nothing: muted" in run("list")
    models.AccountState.objects.filter(pk=TOWN).update(live_since=NOW)
    assert "nothing: muted" not in run("list")


def test_what_it_needs_is_listed_with_what_to_do(town: Path) -> None:
    told = run("going-live", TOWN)
    assert told.startswith("town is muted: nothing goes out on it by itself.")
    assert "[ ] Nobody has tried a pause" in told
    assert "Pause once" in told
    found = as_json("going-live", TOWN)
    assert [(one["need"], one["met"]) for one in found["conditions"]] == [
        ("statistics", False), ("pause", False), ("feeds", False), ("first-post", False), ("two-people", False),
    ]  # fmt: skip
    assert (found["muted"], found["asked_by"], found["live_since"]) == (True, None, None)
    assert run("going-live", PRACTICE) == "practice is a practice channel: it is never muted.\n"
    with pytest.raises(UsageError, match="no account"):
        run("going-live", "nowhere")


def test_two_people_at_their_terminals(town: Path) -> None:
    with pytest.raises(ContentRefused, match="cannot go live yet"):
        run("ask-to-go-live", TOWN, "--by", AUTHOR)
    ready()
    assert "[x] Cleo Approver reviewed 1 statistic" in run("reviewed", TOWN, "--by", "Cleo Approver")
    assert as_json("ask-to-go-live", TOWN, "--by", APPROVER)["asked_by"] == APPROVER
    with pytest.raises(NotAllowed):
        run("confirm-going-live", TOWN, "--by", APPROVER)
    with pytest.raises(UsageError, match="--by"):
        run("confirm-going-live", TOWN)
    assert run("confirm-going-live", TOWN, "--by", "Cleo Approver").startswith("town is live.")
    told = run("mute", TOWN, "--reason", "The tone is wrong.", "--by", APPROVER)
    assert f"Muted by {APPROVER}: The tone is wrong." in told


def test_a_post_that_waits_for_it_is_held_in_the_queue(town: Path) -> None:
    number = planned(NOW).id
    shown = CliRunner().invoke(queue.queue, ["list", "--json"], catch_exceptions=False).output
    assert {one["id"]: one["held"] for one in json.loads(shown)} == {number: True}
    assert as_json("going-live", TOWN)["waiting"] == 1
    assert "wait for it: 1" in run("going-live", TOWN)
