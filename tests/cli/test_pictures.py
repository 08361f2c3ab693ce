"""Pictures at the terminal: uploaded with their rights, refused without, renewed, or used from the library."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from PIL import Image

from bfbot.cli.consent import consent
from bfbot.cli.library import recheck
from bfbot.cli.queue import show
from bfbot.cli.queue_approving import approve
from bfbot.cli.queue_writing import add, edit
from bfbot.config import config
from bfbot.domain.picture import NEVER, People, Rights
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import models, posts
from tests.desk.people_files import CONSENT, with_people
from tests.workspace import APPROVER, AUTHOR, BRIGHT, PRACTICE, change, clear, small_workspace

pytestmark = pytest.mark.django_db

ALT = "A blue card with a question on it"
OURS = (
    "--credit",
    "The council’s photographer",
    "--licence",
    "our own",
    "--owner",
    "The council",
    "--people",
    "none",
)
LOOKED = ("--by", APPROVER, "--confirm", "I know the photographer.")
UNTIL = ("--rights-until", "2095-12-31")
KEPT = Rights(
    people=People.NONE,
    credit="The council’s photographer",
    licence="our own",
    owner="The council",
    expires=date(2095, 12, 31),
)


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    """A command sets up logging for its process, which is undone here."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    home = with_people(small_workspace(config().home))
    change(home, "expires: 2027-11-01}", "expires: 2095-11-01}")
    yield home
    root.handlers[:] = handlers
    root.setLevel(level)
    clear(config().home)


@pytest.fixture
def card(tmp_path: Path) -> Path:
    return drawn(tmp_path / "card.png", "navy")


def drawn(path: Path, colour: str) -> Path:
    Image.new("RGB", (60, 40), colour).save(path)
    return path


def told(command: click.Command, *words: object) -> str:
    done = CliRunner().invoke(command, [str(one) for one in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def added(*words: object) -> Any:
    fixed = ("--campaign", BRIGHT, "--account", PRACTICE, "--text", "Come in.", "--author", AUTHOR, "--json")
    return json.loads(told(add, *fixed, *words))


def rights(post_id: int) -> list[Rights | None]:
    return [one.rights for one in posts.get(post_id).wording.media]


def refusal(*words: object) -> str:
    with pytest.raises(ContentRefused) as refused:
        added(*words)
    return str(refused.value)


def test_the_rights_of_an_upload_are_kept_and_shown(home: Path, card: Path) -> None:
    post = added("--media", card, "--alt", ALT, *OURS, *UNTIL)
    assert post["state"] == "in_review"
    assert rights(post["id"]) == [KEPT]
    said = {
        "people": "none",
        "credit": "The council’s photographer",
        "licence": "our own",
        "owner": "The council",
        "expires": "2095-12-31",
        "missing": [],
        "consent": None,
    }
    assert [(one["alt"], one["rights"]) for one in post["media"]] == [(ALT, said)]
    assert json.loads(told(show, post["id"], "--json"))["media"] == post["media"]
    assert (
        f"Uploaded picture “{ALT}”: credit: The council’s photographer; licence: our own; owner: The council; "
        "until 2095-12-31; people: none; consent: none\n"
    ) in told(show, post["id"])


def test_what_the_approver_reads_is_what_the_author_wrote(home: Path, card: Path) -> None:
    post = added("--media", card, "--alt", ALT, *OURS, "--rights-until", "Never")
    assert rights(post["id"])[0] == replace(KEPT, expires=NEVER)
    assert post["media"][0]["rights"]["expires"] == "never"
    whole = told(show, post["id"])
    assert "until without end" not in whole
    assert "; without end; people: none" in whole
    assert "credit: The council’s photographer; licence: our own; owner: The council" in whole
    assert "credit: The council’s photographer; licence: our own" in told(approve, post["id"], *LOOKED)
    assert posts.get(post["id"]).state is PostState.APPROVED


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Nobody wrote down whose"),
        (OURS, "no last day"),
        ((*OURS[2:], *UNTIL), "no credit"),
        ((*OURS[:-2], *UNTIL), "who can be seen"),
        ((*OURS, "--rights-until", "2020-12-31"), "ended on"),
        ((*OURS[:-1], "adults", *UNTIL), "no consent"),
    ],
)
def test_without_them_the_post_is_kept_as_a_draft(
    home: Path, card: Path, words: tuple[str, ...], said: str
) -> None:
    fixed = ("--campaign", BRIGHT, "--account", PRACTICE, "--text", "Come in.", "--author", AUTHOR)
    done = CliRunner().invoke(add, [*fixed, "--media", str(card), "--alt", ALT, *words])
    assert said in str(done.exception)
    (post,) = posts.listing()
    assert f"Post {post.id} is kept as a draft." in done.stderr
    assert post.state is PostState.DRAFT
    line = told(show, post.id)
    assert f"Uploaded picture “{ALT}”: " in line
    assert ("nobody wrote down its rights" in line) is (not words)


def test_with_people_it_needs_a_consent_that_holds(home: Path, card: Path) -> None:
    people = (*OURS[:6], *UNTIL, "--people", "children")
    post = added("--media", card, "--alt", ALT, *people, "--consent", CONSENT)
    assert post["state"] == "in_review"
    assert f"waits: post {post['id']} " in told(consent, "show", CONSENT)
    assert "consent-2026-999" in refusal("--media", card, "--alt", ALT, *people, "--consent", "consent-2026-999")


def test_what_nobody_sees_is_not_kept(home: Path, card: Path) -> None:
    """A terminal would take it for an order to wipe out what the approver is about to read."""
    hidden = ("--credit", "\x1b[2K\u202eOurs\x07\n", *OURS[2:], *UNTIL)
    assert rights(added("--media", card, "--alt", ALT, *hidden)["id"])[0].credit == "[2KOurs"


def test_once_for_all_of_them_or_once_for_each_in_order(home: Path, card: Path, tmp_path: Path) -> None:
    two = ("--media", card, "--alt", ALT, "--media", drawn(tmp_path / "red.png", "red"), "--alt", "A red card")
    post = added(*two, *OURS, *UNTIL, "--credit", "A reader")
    first, second = rights(post["id"])
    assert first == KEPT
    assert second == replace(KEPT, credit="A reader")
    with pytest.raises(UsageError, match="--credit is given 3 times, and 2 pictures are uploaded") as wrong:
        added(*two, *OURS, *UNTIL, "--credit", "A reader", "--credit", "Another")
    assert "in the order of the pictures" in wrong.value.mend
    with pytest.raises(UsageError, match="--rights-until is given 2 times, and 1 picture is uploaded"):
        added("--media", card, "--alt", ALT, *OURS, *UNTIL, *UNTIL)
    assert len(posts.listing()) == 1, "nothing is written where the command is called wrongly"


@pytest.mark.parametrize("typed", ["31.12.2027", "20271231", "2027-W52-5", "2027-02-30", "", "for ever"])
def test_a_last_day_that_is_none_is_told(home: Path, card: Path, typed: str) -> None:
    with pytest.raises(UsageError, match="is no last day of rights") as wrong:
        added("--media", card, "--alt", ALT, *OURS, "--rights-until", typed)
    assert "like 2027-12-31, or never" in wrong.value.mend
    assert posts.listing() == []


def test_a_file_of_the_library_is_used_from_there(home: Path, card: Path) -> None:
    """Its rights are those of the list; an upload beside it has its own, and an unlisted file is one."""
    park = home / "messages" / "pictures" / "park.png"
    post = added("--media", park, "--alt", "A wooden bridge", "--media", card, "--alt", ALT, *OURS, *UNTIL)
    first, second = posts.get(post["id"]).wording.media
    assert (first.file, first.blob, first.rights) == ("pictures/park.png", None, None)
    assert (second.file, second.rights) == (None, KEPT)
    assert [one["file"] for one in post["media"]] == ["pictures/park.png", None]
    alone = added("--media", park, "--alt", "A wooden bridge")
    assert alone["state"] == "in_review"
    assert "Uploaded picture" not in told(show, alone["id"])
    with pytest.raises(UsageError, match="no uploaded picture that --credit could be about") as wrong:
        added("--media", park, "--alt", "A wooden bridge", "--credit", "The council")
    assert "messages/media.yaml" in wrong.value.mend
    stray = drawn(home / "messages" / "pictures" / "stray.png", "green")
    assert "Nobody wrote down whose" in refusal("--media", stray, "--alt", "A green card")


def test_an_edit_renews_them_and_asks_for_approval_again(home: Path, card: Path) -> None:
    number = added("--media", card, "--alt", ALT, *OURS, *UNTIL)["id"]
    told(approve, number, *LOOKED)
    same = CliRunner().invoke(edit, [str(number), "--by", AUTHOR, *UNTIL])
    assert "It stays approved: nothing changed.\n" in same.stderr
    told(edit, number, "--rights-until", "never", "--consent", CONSENT, "--by", AUTHOR)
    assert posts.get(number).state is PostState.IN_REVIEW
    assert rights(number) == [replace(KEPT, expires=NEVER, consent=CONSENT)]
    told(edit, number, "--text", "Come in, all of you.", "--consent", "none", "--by", AUTHOR)
    assert posts.get(number).text == "Come in, all of you."
    assert rights(number) == [replace(KEPT, expires=NEVER)]
    told(edit, number, "--text", "Come in.", "--by", AUTHOR)
    assert rights(number) == [replace(KEPT, expires=NEVER)], "they stay with another text"


def test_a_post_that_was_approved_before_rights_were_asked_for(home: Path, card: Path) -> None:
    """It comes back by itself; an edit writes what it lacks."""
    number = added("--media", card, "--alt", ALT, *OURS, *UNTIL)["id"]
    told(approve, number, *LOOKED)
    row = models.Post.objects.get(pk=number)
    row.media = [{key: value for key, value in one.items() if key != "rights"} for one in row.media]
    row.save()
    assert told(recheck).endswith(f"Back to a person: {number}.\n")
    back = posts.get(number)
    assert (back.state, rights(number)) == (PostState.IN_REVIEW, [None])
    assert "Nobody wrote down whose" in back.note
    told(edit, number, *OURS, *UNTIL, "--by", AUTHOR)
    assert (posts.get(number).state, rights(number)) == (PostState.IN_REVIEW, [KEPT])
    told(approve, number, *LOOKED)
    assert told(recheck).endswith("Back to a person: none.\n")


def test_an_edit_writes_the_rights_that_a_draft_lacks(home: Path, card: Path, tmp_path: Path) -> None:
    red = drawn(tmp_path / "red.png", "red")
    refusal("--media", card, "--alt", ALT, "--media", red, "--alt", "A red card", "--consent", CONSENT)
    (post,) = posts.listing()
    told(edit, post.id, *OURS, *UNTIL, "--credit", "A reader", "--by", AUTHOR)
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert [one.credit for one in rights(post.id) if one] == [KEPT.credit, "A reader"]
    assert [one.consent for one in rights(post.id) if one] == [CONSENT] * 2, "what was not given stays"
    with pytest.raises(UsageError, match="--owner is given 3 times, and 2 pictures are uploaded"):
        told(edit, post.id, "--owner", "A", "--owner", "B", "--owner", "C", "--by", AUTHOR)


def test_a_post_without_uploads_has_no_rights_to_renew(home: Path) -> None:
    number = added()["id"]
    with pytest.raises(UsageError, match="no uploaded picture that --licence could be about"):
        told(edit, number, "--licence", "our own", "--by", AUTHOR)
    with pytest.raises(UsageError, match="Say what to change") as nothing:
        told(edit, number, "--by", AUTHOR)
    assert "the rights of its pictures" in nothing.value.mend
