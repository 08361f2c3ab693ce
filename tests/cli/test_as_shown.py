"""`queue approve`: as it was shown, as it is now and told in full, until a day; and what `queue show` says."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bfbot.cli import queue_approving
from bfbot.cli.as_shown import as_shown, named
from bfbot.desk import pairs, review, writing
from bfbot.desk.binding import last_day
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import BfbotError, ContentRefused, UsageError
from bfbot.ledger import approvals, models, posts
from tests.cli.test_week import CLAIM, approve, home, listed, run, waiting
from tests.workspace import APPROVER, AUTHOR

__all__ = ["home"]
pytestmark = pytest.mark.django_db
WORD = "The council's survey, table 4"


def show(post: Post) -> dict[str, Any]:
    done = run("show", post.id, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def error(*words: object, by: str = APPROVER) -> BfbotError:
    found = run("approve", *words, "--by", by).exception
    assert isinstance(found, BfbotError), found
    return found


def state(post: Post) -> PostState:
    return posts.get(post.id).state


def new_clash(home: Path) -> None:
    today = datetime.now(UTC).date()
    line = f"{{id: other, name: Their week, campaigns: [bright], from: {today}, until: {today + timedelta(7)}}}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")


def test_show_gives_the_seal_and_the_command_that_approves_it() -> None:
    post = waiting()
    told, found = run("show", post.id).output, show(post)
    assert found["shown"] == f"{post.id}:{found['seal'][:12]}" == listed()[0]["shown"]
    assert f"Approve it as shown: bfbot queue approve {found['shown']}" in told
    assert (found["approval"], found["signature"]) == (None, post.signature)
    assert found["proofs"][0]["parts"][0]["text"] == post.text
    assert run("approve", found["shown"], "--by", APPROVER).exit_code == 0
    assert state(post) is PostState.APPROVED
    after = show(post)
    assert (after["shown"], after["approval"]["approver"]) == (None, APPROVER)
    assert "Approve it as shown" not in run("show", post.id).output
    assert f"Approved by {APPROVER} until {post.scheduled_for:%a %-d %b %Y}" in run("show", post.id).output


def test_what_changed_or_moved_since_it_was_shown_is_not_approved() -> None:
    post, now = waiting(), datetime.now(UTC)
    shown = show(post)["shown"]
    writing.rewrite(post.id, actor=AUTHOR, now=now, wording=Wording("Come and buy."))
    review.submit(post.id, actor=AUTHOR, now=now)
    assert "no longer what was shown" in str(error(shown))
    shown = show(post)["shown"]
    writing.rewrite(post.id, actor=AUTHOR, now=now, at=post.scheduled_for + timedelta(hours=1))
    review.submit(post.id, actor=AUTHOR, now=now)
    assert "no longer what was shown" in str(error(shown))
    assert state(post) is PostState.IN_REVIEW
    assert run("approve", show(post)["shown"], "--by", APPROVER).exit_code == 0


def test_a_script_that_names_a_number_is_told_in_full_what_was_approved() -> None:
    one, two = waiting(), waiting("Libraries open early.")
    seal = show(one)["seal"]
    told = run("approve", one.id, "--by", APPROVER).output
    assert f"Approved exactly this, {one.id}:{seal[:12]}:" in told
    assert one.text in told
    found = json.loads(run("approve", two.id, "--by", APPROVER, "--json").stdout)
    assert (found["state"], found["approval"]["signature"]) == ("approved", two.signature)
    assert found["proofs"][0]["parts"][0]["text"] == two.text


def test_at_a_terminal_a_number_is_shown_before_it_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queue_approving, "at_a_terminal", lambda: True)
    post = waiting()
    told = run("approve", post.id, "--by", APPROVER, typed="n\n")
    assert (post.text in told.output, state(post)) == (True, PostState.IN_REVIEW)
    assert "Approve exactly this?" in told.output
    assert run("approve", post.id, "--by", APPROVER, typed="y\n").exit_code == 0
    assert state(post) is PostState.APPROVED
    assert "approved already" in str(error(post.id))
    claim = waiting(CLAIM)
    done = run("approve", claim.id, "--by", APPROVER, typed=f"y\n{WORD}\n")
    assert (done.exit_code, state(claim)) == (0, PostState.APPROVED), done.output
    assert show(claim)["approval"]["confirmed"] == WORD
    other = waiting("Libraries open early.")
    assert run("approve", show(other)["shown"], "--by", APPROVER, typed="").exit_code == 0, "it was read before"


def test_at_a_terminal_what_changes_before_the_answer_is_not_approved(monkeypatch: pytest.MonkeyPatch) -> None:
    post = waiting()

    def meanwhile(*_: object, **__: object) -> bool:
        now = datetime.now(UTC)
        writing.rewrite(post.id, actor=AUTHOR, now=now, wording=Wording("Come and buy."))
        review.submit(post.id, actor=AUTHOR, now=now)
        return True

    monkeypatch.setattr(queue_approving, "at_a_terminal", lambda: True)
    monkeypatch.setattr("click.confirm", meanwhile)
    assert "no longer what was shown" in str(error(post.id))


@pytest.mark.parametrize(
    "word", ["x", "12:", "12:abc", "12:xyzxyzxyz", "12:0123456789ab:", "12:0123456789ab:no", "-1"]
)
def test_what_names_nothing_is_told_so(word: str) -> None:
    assert run("approve", "--by", APPROVER, "--", word).exception is not None
    with pytest.raises(UsageError):
        named(word)


def test_a_post_is_named_as_it_was_shown() -> None:
    word = as_shown(12, "0123456789abcdef", ["00aa", "11bb"])
    assert word == "12:0123456789ab:00aa,11bb"
    found = named(word)
    assert (found.number, found.seal, found.claims) == (12, "0123456789ab", {"00aa", "11bb"})


def test_two_languages_are_named_with_each_other() -> None:
    english, welsh = waiting(), waiting("Mae hybiau teulu ar agor.", language="cy")
    pairs.pair(english.id, welsh.id, actor=AUTHOR, now=datetime.now(UTC))
    one, two = show(english)["shown"], show(welsh)["shown"]
    assert f"`bfbot queue show {welsh.id}`" in run("show", english.id).output
    assert "was not shown with it" in str(error(one))
    assert isinstance(error(english.id, "--with", two), UsageError)
    assert run("approve", one, "--with", two, "--by", APPROVER).exit_code == 0
    assert (state(english), state(welsh)) == (PostState.APPROVED, PostState.APPROVED)


@pytest.mark.parametrize("command", ["approve", "approve-week"])
def test_a_word_is_for_the_claims_that_were_shown(home: Path, command: str) -> None:
    post = waiting(CLAIM)
    shown = show(post)["shown"]
    assert shown == listed()[0]["shown"]
    assert shown.endswith(f":{show(post)['findings'][0]['claim']}")
    new_clash(home)
    if command == "approve":
        assert "New since you looked" in str(error(shown, "--confirm", WORD))
    else:
        code, answers = approve(shown, "--confirm", f"{post.id}={WORD}")
        [new] = answers[post.id]["findings"]
        assert (code, new["new"], new["rule"]) == (1, True, "clash-declared")
        assert new["claim"] in listed()[0]["shown"]
    assert state(post) is PostState.IN_REVIEW
    again = listed()[0]["shown"]
    if command == "approve":
        assert run("approve", again, "--confirm", WORD, "--by", APPROVER).exit_code == 0
    else:
        assert approve(again, "--confirm", f"{post.id}={WORD}")[0] == 0
    assert state(post) is PostState.APPROVED


def test_a_claim_that_is_left_out_is_not_settled() -> None:
    post = waiting(CLAIM)
    bare = show(post)["shown"].rpartition(":")[0]
    assert isinstance(error(bare, "--confirm", WORD), ContentRefused)
    assert run("approve", post.id, "--confirm", WORD, "--by", APPROVER).exit_code == 0


def test_until_a_day_it_is_moved_and_tried_again_without_another_approval() -> None:
    post = waiting()
    own = post.scheduled_for.date()
    for wrong in (own - timedelta(1), own + timedelta(15)):
        assert isinstance(error(post.id, "--until", wrong), UsageError)
    until = own + timedelta(4)
    assert run("approve", show(post)["shown"], "--until", until, "--by", APPROVER).exit_code == 0
    given = approvals.standing_on(post.id)
    assert given is not None
    assert last_day(given, "Europe/London") == until
    assert show(post)["approval"]["good_until"] == until.isoformat()
    assert f"until {until:%a %-d %b %Y}" in run("show", post.id).output
    moved = run("edit", post.id, "--at", f"{own + timedelta(2)} 10:00", "--by", AUTHOR)
    assert (moved.exit_code, "stays approved" in moved.stderr) == (0, True)
    assert "moved" in run("show", post.id).output
    models.Delivery.objects.update(state=DeliveryState.MISSED, reason="too_late")
    assert run("retry", post.id, "--at", f"{own + timedelta(3)} 10:00", "--by", AUTHOR).exit_code == 0
    assert state(post) is PostState.APPROVED
    assert run("edit", post.id, "--at", f"{until + timedelta(1)} 10:00", "--by", AUTHOR).exit_code == 0
    assert (state(post), approvals.standing_on(post.id)) == (PostState.IN_REVIEW, None)
