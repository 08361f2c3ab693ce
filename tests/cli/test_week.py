"""`queue week` and `queue approve-week`, in this process: what is shown, and that only that is approved."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bfbot.cli import queue_week
from bfbot.cli.main import bfbot
from bfbot.config import config
from bfbot.desk import pairs, review, writing
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.errors import UsageError
from bfbot.ledger import approvals, posts
from tests.workspace import APPROVER, AUTHOR, BRIGHT, PRACTICE, SECOND, clear, small_workspace

pytestmark = pytest.mark.django_db
CLAIM = "About 12 per cent of families wait for longer than they should."


@pytest.fixture(autouse=True)
def home(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("bfbot.engine.database.ensure_ready", lambda: None)
    monkeypatch.setattr("bfbot.engine.logs.set_up", lambda level: None)
    yield small_workspace(config().home)
    clear(config().home)


def run(*words: object, typed: str | None = None) -> Result:
    return CliRunner().invoke(bfbot, ["queue", *(str(one) for one in words)], input=typed)


def listed(*words: object) -> list[dict[str, Any]]:
    done = run("week", "--json", *words)
    assert done.exit_code == 0, (done.output, done.exception)
    found: list[dict[str, Any]] = json.loads(done.stdout)["posts"]
    return found


def waiting(text: str = "Family hubs are open.", days: int = 1, language: str = "", author: str = AUTHOR) -> Post:
    now = datetime.now(UTC)
    at = (now + timedelta(days=days)).replace(hour=12, minute=0, second=0, microsecond=0)
    wording = Wording(text, language=language)
    post = writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=at, actor=author, now=now)
    return review.submit(post.id, actor=author, now=now)


def approve(*words: object, by: str = APPROVER) -> tuple[int, dict[int, dict[str, Any]]]:
    done = run("approve-week", *words, "--by", by, "--json")
    return done.exit_code, {one["post"]: one for one in json.loads(done.stdout)}


def test_each_is_shown_in_full_with_what_names_it() -> None:
    post, claim = waiting(), waiting(CLAIM, days=2)
    one, two = listed()
    assert one["shown"] == f"{post.id}:{one['seal'][:12]}"
    assert (one["signature"], one["proofs"][0]["parts"][0]["text"]) == (post.signature, post.text)
    assert (two["to_confirm"], two["findings"][0]["level"]) == (1, "confirm")
    told = run("week").output
    for words in (post.text, CLAIM, one["shown"], two["shown"], "To confirm", "characters"):
        assert words in told
    assert [each["id"] for each in listed("--from", f"{claim.scheduled_for:%Y-%m-%d}")] == [claim.id]
    assert listed("--campaign", "county") == []
    assert "Nothing waits" in run("week", "--campaign", "county").output


def test_a_picture_is_told_by_its_alt_text() -> None:
    now = datetime.now(UTC)
    picture = MediaUse("Children run over a new wooden bridge", file="pictures/park.png")
    wording = Wording("A bridge opens.", media=(picture,))
    post = writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=wording, at=now, actor=AUTHOR, now=now)
    review.submit(post.id, actor=AUTHOR, now=now)
    assert f"[picture: {picture.alt}]" in run("week").output
    [one] = listed()
    assert one["proofs"][0]["parts"][0]["media"][0]["alt"] == picture.alt


def test_what_was_shown_is_approved_and_the_rest_is_told() -> None:
    post, changed, claim = waiting(), waiting("Libraries open early."), waiting(CLAIM)
    shown = [one["shown"] for one in listed()]
    writing.rewrite(changed.id, actor=AUTHOR, now=datetime.now(UTC), wording=Wording("Come and buy."))
    review.submit(changed.id, actor=AUTHOR, now=datetime.now(UTC))
    code, answers = approve(*shown)
    assert code == 1
    assert {one: each["approved"] for one, each in answers.items()} == {
        post.id: True,
        changed.id: False,
        claim.id: False,
    }
    assert "no longer what was shown" in answers[changed.id]["why"]
    assert answers[claim.id]["findings"][0]["level"] == "confirm"
    code, answers = approve(shown[2], "--confirm", f"{claim.id}=The council's survey, table 4")
    assert (code, answers[claim.id]["approved"]) == (0, True)
    given = approvals.standing_on(claim.id)
    assert given is not None
    assert given.confirmed == "The council's survey, table 4"


def test_in_words_the_approved_and_the_refused_stand_apart() -> None:
    post, own = waiting(), waiting("Libraries open early.", author=APPROVER)
    done = run("approve-week", *(one["shown"] for one in listed()), "--by", APPROVER)
    assert done.exit_code == 1
    assert done.stdout == f"Post {post.id}: approved.\n"
    assert f"Post {own.id}: not approved." in done.stderr


@pytest.mark.parametrize("word", ["12", "12:", "12:abc", "12:xyzxyzxyzxyz", "x:0123456789ab", ":0123456789ab"])
def test_a_number_alone_approves_nothing(word: str) -> None:
    waiting()
    assert isinstance(run("approve-week", word, "--by", APPROVER).exception, UsageError)


def test_nobody_is_asked_where_nobody_sits() -> None:
    waiting()
    assert isinstance(run("approve-week", "--by", APPROVER, typed="y\n").exception, UsageError)
    assert isinstance(
        run("approve-week", "1:0123456789ab", "--confirm", "one", "--by", APPROVER).exception, UsageError
    )


def test_a_made_up_seal_and_a_made_up_post_are_refused() -> None:
    post = waiting()
    code, answers = approve(f"{post.id}:{'0' * 12}", f"99999:{'0' * 12}")
    assert (code, [one["approved"] for one in answers.values()]) == (1, [False, False])
    assert posts.get(post.id).state is PostState.IN_REVIEW


def test_two_languages_are_named_together() -> None:
    english, welsh = waiting(), waiting("Mae hybiau teulu ar agor.", language="cy")
    pairs.pair(english.id, welsh.id, actor=AUTHOR, now=datetime.now(UTC))
    one, two = listed()
    assert (one["with"], two["with"]) == (welsh.id, english.id)
    assert f"{one['shown']} {two['shown']}  (both together)" in run("week").output
    assert approve(one["shown"])[0] == 1
    assert approve(one["shown"], two["shown"])[0] == 0


def test_at_a_terminal_it_asks_post_by_post(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_week, "at_a_terminal", lambda: True)
    first, claim, own = waiting(), waiting(CLAIM, days=2), waiting("Mine.", days=3, author=APPROVER)
    later, last = waiting("Buses run.", days=4), waiting("Halls are warm.", days=5)
    done = run("approve-week", "--by", APPROVER, typed="y\ny\nThe survey, table 4\nn\nq\n")
    assert done.exit_code == 0, (done.output, done.exception)
    states = [posts.get(one.id).state for one in (first, claim, own, later, last)]
    assert states == [PostState.APPROVED] * 2 + [PostState.IN_REVIEW] * 3
    assert "somebody else approves it" in done.output
    assert "2 of 5 approved." in done.output
    assert done.output.count("Approve? (y)es") == 4, "not of one's own, and nothing behind the q"


def test_an_author_approves_by_command_what_an_approver_mended() -> None:
    """And nothing else; the same by `queue approve`."""
    post, other = waiting(), waiting("Libraries open early.", author=SECOND)
    run("edit", post.id, "--text", "Family hubs are open today.", "--by", APPROVER)
    code, answers = approve(*(one["shown"] for one in listed()), by=AUTHOR)
    assert code == 1
    assert {one: each["approved"] for one, each in answers.items()} == {post.id: True, other.id: False}
    again = waiting("Buses run late.")
    assert run("approve", again.id, "--by", AUTHOR).exception is not None
    run("edit", again.id, "--text", "Buses run later.", "--by", APPROVER)
    run("edit", again.id, "--at", f"{datetime.now(UTC) + timedelta(days=3):%Y-%m-%d} 10:00", "--by", AUTHOR)
    assert run("approve", again.id, "--by", AUTHOR).exception is not None, "it was moved since"
    run("edit", again.id, "--text", "Buses run later now.", "--by", APPROVER)
    assert run("approve", again.id, "--by", AUTHOR).exit_code == 0, "sent on by the approver, time and all"
