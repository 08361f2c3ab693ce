"""`queue sign-off`, `take-back` and `sign-offs`, and what `queue show` says of who signs."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bfbot.desk import people, writing
from bfbot.domain.person import Role
from bfbot.domain.post import Wording
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError, ContentRefused, NotAllowed
from bfbot.ledger import models, posts
from tests.cli.test_week import home, run, waiting
from tests.workspace import APPROVER, AUTHOR, COUNTY

__all__ = ["home"]
pytestmark = pytest.mark.django_db
JOINT = "With CCN we ask every council to keep its family hubs open."
THEIRS, WORD = "Approver of theirs", "Our board agreed to this."


@pytest.fixture(autouse=True)
def theirs(home: Path) -> None:
    people.add_user(THEIRS, Role.APPROVER, campaign=COUNTY, actor="tests", now=datetime.now(UTC))


def as_json(*words: object) -> Any:
    done = run(*words, "--json")
    assert done.exit_code == 0, (done.output, done.exception)
    return json.loads(done.stdout)


def refusal(*words: object) -> BfbotError:
    found = run(*words).exception
    assert isinstance(found, BfbotError), found
    return found


def test_from_the_list_to_both_signatures_and_back() -> None:
    post = waiting(JOINT)
    listed = run("sign-offs", "--by", THEIRS).output
    assert f"post:{post.id}, Bright: {JOINT}" in listed
    assert "LGA: waits for an approval" in listed
    assert f'CCN: waits for a sign-off: bfbot queue sign-off {post.id} --for "CCN" --say WORDS' in listed
    assert "CCN has not signed it off" in str(refusal("approve", post.id, "--by", APPROVER))
    signed = run("sign-off", post.id, "--say", WORD, "--by", THEIRS)
    assert signed.output.startswith(f"{THEIRS} has signed it off for CCN.")
    assert "Nothing waits for a sign-off." in run("sign-offs", "--by", THEIRS).output
    assert run("approve", post.id, "--by", APPROVER).exit_code == 0
    assert posts.get(post.id).state is PostState.APPROVED
    shown = run("show", post.id).output
    assert "Each organisation signs. This post names CCN." in shown
    assert f"LGA: approved by {APPROVER}" in shown
    assert f"CCN: signed off by {THEIRS}, who wrote: {WORD}" in shown
    assert f"{THEIRS}: signed for another" in shown
    back = run("take-back", post.id, "--reason", "They met again.", "--by", THEIRS).output
    assert "The sign-off for CCN is taken back." in back
    assert "CCN: waits for a sign-off" in back


def test_the_same_as_json() -> None:
    post = waiting(JOINT)
    own = {"owner": "LGA", "waits": True, "signed": []}
    [found] = as_json("sign-offs")
    assert found == as_json("show", post.id)["sign_offs"]
    assert (found["subject"], found["digest"]) == (f"post:{post.id}", post.signature)
    assert found["organisations"] == [own, {"owner": "CCN", "waits": True, "signed": []}]
    after = as_json("sign-off", post.id, "--say", WORD, "--by", THEIRS)
    row = models.OwnerSignOff.objects.get()
    [mark] = after["organisations"][1]["signed"]
    assert (mark["by"], mark["said"]) == (THEIRS, WORD)
    assert datetime.fromisoformat(mark["at"]) == row.given_at.replace(microsecond=0)
    assert as_json("show", waiting("Hubs are open.").id)["sign_offs"] is None


def test_an_evergreen_post_by_its_name(home: Path) -> None:
    (home / "messages" / "joint.yaml").write_text(
        f'messages:\n  - {{id: joint, kind: action, campaign: bright, pillar: outcomes, text: "{JOINT}"}}\n',
        encoding="utf-8",
    )
    assert [one["subject"] for one in as_json("sign-offs")] == ["message:joint"]
    assert "CCN: signed off by" in run("sign-off", "message:joint", "--say", WORD, "--by", THEIRS).output
    assert "CCN: waits" in run("take-back", "message:joint", "--by", THEIRS).output


def test_with_its_seal_only_what_was_shown_is_signed() -> None:
    post = waiting(JOINT)
    shown = as_json("show", post.id)["shown"]
    writing.rewrite(post.id, actor=AUTHOR, now=datetime.now(UTC), wording=Wording(JOINT + " Today."))
    assert run("submit", post.id, "--by", AUTHOR).exit_code == 0
    error = refusal("sign-off", shown, "--say", WORD, "--by", THEIRS)
    assert isinstance(error, ContentRefused)
    assert "is not what was shown" in str(error)
    shown = as_json("show", post.id)["shown"]
    assert run("sign-off", shown, "--say", WORD, "--by", THEIRS).exit_code == 0


def test_others_are_told_who_may() -> None:
    post = waiting(JOINT)
    people.add_user("Olga", Role.APPROVER, campaign="bright", actor="tests", now=datetime.now(UTC))
    error = refusal("sign-off", post.id, "--say", WORD, "--by", "Olga")
    assert isinstance(error, NotAllowed)
    assert str(error) == "Olga does not approve for CCN. Somebody who approves for CCN signs it off."
