"""`media`, `consent` and `quote` as commands of this very process."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from bfbot.cli.consent import consent
from bfbot.cli.media import media
from bfbot.cli.quote import quote
from bfbot.config import config
from bfbot.desk import review, writing
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState
from bfbot.errors import UsageError
from tests.desk.people_files import CONSENT, QUOTED, SAID, with_people, withdrawn
from tests.desk.steps import SOON, in_review, set_state
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, clear, small_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    """With people in it; a command sets up logging for its process, which is undone here."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield with_people(small_workspace(config().home))
    root.handlers[:] = handlers
    root.setLevel(level)
    clear(config().home)


def told(command: click.Command, *words: object) -> str:
    done = CliRunner().invoke(command, [str(one) for one in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def shown(text: str) -> Post:
    wording = Wording(text, media=(MediaUse("A wooden bridge", file="pictures/park.png"),))
    post = writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=SOON, actor=AUTHOR, now=NOW)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    return review.approve(post.id, actor=APPROVER, now=NOW, confirmed="Looked at it.")


def test_a_picture_tells_its_rights_and_where_it_is(home: Path) -> None:
    out, waits = shown("Open on Saturday."), shown("Come to the new park.")
    set_state(out, DeliveryState.PUBLISHED)
    (one,) = json.loads(told(media, "list", "--json"))
    assert (one["id"], one["people"], one["expires"], one["consent"]) == ("park", "children", "never", CONSENT)
    assert one["evergreen"] == ["park"]
    assert [each["post"] for each in one["waiting"]] == [waits.id]
    assert one["live"] == [{"post": out.id, "account": PRACTICE, "url": None, "certain": True}]
    assert json.loads(told(media, "show", "park", "--json")) == one
    said = told(media, "show", "park")
    assert "credit: The council; licence: our own; owner: The council" in said
    assert f"waits: post {waits.id}" in said
    assert f"live: post {out.id} on {PRACTICE}" in said
    assert "without end" in told(media, "list")
    with pytest.raises(UsageError, match="There is no picture “bridge”"):
        told(media, "show", "bridge")


def test_a_withdrawal_lists_what_to_delete_and_what_to_cancel(home: Path) -> None:
    out, waits = shown("Open on Saturday."), shown("Come to the new park.")
    set_state(out, DeliveryState.PUBLISHED)
    assert "delete:" not in told(consent, "show", CONSENT)
    withdrawn(home)
    said = told(consent, "show", CONSENT)
    assert "WITHDRAWN on 2026-11-23" in said
    assert f"delete: bfbot queue delete {out.id}\n" in said
    assert f"cancel: bfbot queue withdraw {waits.id}\n" in said
    found = json.loads(told(consent, "show", CONSENT, "--json"))
    assert (found["withdrawn"], found["live"][0]["post"], found["given_by"]) == ("2026-11-23", out.id, "parent")
    assert json.loads(told(consent, "list", "--json")) == [found]
    assert CONSENT in told(consent, "list")
    with pytest.raises(UsageError, match="There is no consent"):
        told(consent, "show", "consent-2026-999")


def test_quoted_words_are_listed_and_signed_off(home: Path) -> None:
    post = in_review(QUOTED)
    assert json.loads(told(quote, "list", "--json")) == [
        {"subject": "message:doors-said", "by": ["chair"], "words": SAID},
        {"subject": f"post:{post.id}", "by": ["chair"], "words": f"{SAID},"},
    ]
    assert "doors-said" in told(quote, "list")
    said = told(quote, "sign", f"post:{post.id}", "chair", "--said", "By mail.", "--by", APPROVER)
    assert said == f"Signed off for chair: “{SAID},”\n"
    assert json.loads(told(quote, "list", "--json") or "[]") == []
