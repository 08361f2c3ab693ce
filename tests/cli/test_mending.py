"""`queue mend`, `queue check-links` and the two languages, as commands of this very process."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from bfbot.cli.queue import queue
from bfbot.config import config
from bfbot.desk import link_check
from bfbot.domain.post import Wording
from bfbot.http import Fetched
from bfbot.ledger import models, posts
from tests.desk.steps import TEXT, drafted
from tests.workspace import AUTHOR, BRIGHT, PRACTICE, clear, small_workspace

pytestmark = pytest.mark.django_db
ODD = "𝗛𝗲𝗹𝗽 early, always. #gettingthebest"


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    """The small workspace; a command sets up logging for its process, which is undone here."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield small_workspace(config().home)
    root.handlers[:] = handlers
    root.setLevel(level)
    clear(config().home)


def told(*words: object) -> str:
    done = CliRunner().invoke(queue, [str(one) for one in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_mends_are_listed_and_made_when_asked_for(home: Path) -> None:
    post = drafted(ODD)
    listed = json.loads(told("mend", post.id, "--json"))
    assert [(one["before"], one["after"]) for one in listed] == [
        ("𝗛𝗲𝗹𝗽", "Help"),
        ("#gettingthebest", "#GettingTheBest"),
    ]
    assert posts.get(post.id).wording.text == ODD
    told("mend", post.id, "--make", "--by", AUTHOR)
    assert posts.get(post.id).wording == Wording("Help early, always. #GettingTheBest")
    assert "nothing to mend" in told("mend", post.id)


def test_who_writes_hears_of_it(home: Path) -> None:
    words = ("add", "--campaign", BRIGHT, "--account", PRACTICE, "--author", AUTHOR, "--draft")
    said = told(*words, "--text", f"{TEXT} #gettingthebest")
    assert "bfbot would change this" in said
    assert "#gettingthebest -> #GettingTheBest" in said


def test_two_languages(home: Path) -> None:
    english = drafted(TEXT)
    words = ("add", "--campaign", BRIGHT, "--account", PRACTICE, "--author", AUTHOR, "--draft", "--json")
    made = json.loads(told(*words, "--text", "Mae hybiau ar agor.", "--language", "cy", "--pair", english.id))
    assert (made["language"], made["pair"]) == ("cy", english.id)
    assert posts.get(english.id).pair == made["id"]


def test_links_are_looked_at(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    post = drafted(TEXT)
    models.Post.objects.update(link="https://old.example/a")
    monkeypatch.setattr(link_check, "look", lambda url, seconds: Fetched(200, b"", {}, "https://new.example/b"))
    assert told("check-links", post.id) == "https://old.example/a -> https://new.example/b: moved (200)\n"
    assert json.loads(told("check-links", post.id, "--json"))[0]["state"] == "moved"
