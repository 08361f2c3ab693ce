"""A joint statement that lacks the other organisation's sign-off is told half an hour before its time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from bfbot.alerts import tell as telling
from bfbot.alerts.tell import tell
from bfbot.alerts.wording import Message
from bfbot.config import config
from bfbot.desk import other_owners, people, review
from bfbot.desk import unsigned as asking
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.ledger import posts
from bfbot.library import current_revision
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.desk.steps import in_review
from tests.workspace import APPROVER, COUNTY, NOW, PRACTICE, clear, small_workspace

pytestmark = pytest.mark.django_db
JOINT = "With CCN we ask every council to keep its family hubs open."
THEIRS = "Approver of theirs"
MINUTE = timedelta(minutes=1)
AT = NOW + timedelta(hours=2)


@pytest.fixture(autouse=True)
def home() -> Iterator[None]:
    small_workspace(config().home)
    people.add_user(THEIRS, Role.APPROVER, campaign=COUNTY, actor="tests", now=NOW)
    yield
    clear(config().home)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[Message]:
    settings = replace(config(), alert_urls=("json://127.0.0.1:9/nobody",), public_url="https://desk.example")
    monkeypatch.setattr(telling, "config", lambda: settings)
    return []


def look(told: list[Message], before: timedelta) -> int:
    def send(addresses: Sequence[str], message: Message) -> bool:
        told.append(message)
        return True

    return tell(AT - before, sender=send)


def sign(post: Post) -> None:
    other_owners.sign(f"post:{post.id}", actor=THEIRS, now=NOW, said="Our board agreed.")


def approved(text: str = JOINT) -> Post:
    post = in_review(text, at=AT)
    if text == JOINT:
        sign(post)
    return review.approve(post.id, actor=APPROVER, now=NOW)


def test_approved_and_signed_is_no_trouble(told: list[Message]) -> None:
    approved()
    assert look(told, 10 * MINUTE) == 0


def test_a_sign_off_that_was_taken_back_is_told_with_whose_it_is(told: list[Message]) -> None:
    post = approved()
    other_owners.take_back(f"post:{post.id}", actor=THEIRS, now=NOW, reason="We meet again.")
    assert look(told, 31 * MINUTE) == 0
    assert look(told, 30 * MINUTE) == 1
    assert told[0].title == "bfbot: a post waits for a sign-off"
    assert "is for Mon 23 Nov 11:00 and approved, and the sign-off of CCN is missing" in told[0].body
    assert told[0].body.endswith(f"https://desk.example/posts/{post.id}")
    assert THEIRS not in told[0].body
    assert [look(told, minutes * MINUTE) for minutes in (20, 10, 1)] == [0, 0, 0]
    sign(post)
    assert look(told, timedelta()) == 0
    assert len(told) == 1


def test_at_its_time_it_is_told_as_held(told: list[Message]) -> None:
    post = approved()
    other_owners.take_back(f"post:{post.id}", actor=THEIRS, now=NOW)
    assert look(told, 10 * MINUTE) == 1
    assert release_due(AT) == [PRACTICE]
    assert drain(PRACTICE, lambda: AT, "w") == 0
    assert look(told, timedelta()) == 1
    assert "is held at its time" in told[1].body
    assert "CCN has not signed it off as it is now" in told[1].body


def test_what_waits_for_both_is_one_message_that_says_so(told: list[Message]) -> None:
    post = in_review(JOINT, at=AT)
    assert look(told, 30 * MINUTE) == 1
    assert told[0].title == "bfbot: a post waits for approval"
    assert "nobody has approved it. The sign-off of CCN is missing, too." in told[0].body
    sign(post)
    assert look(told, 20 * MINUTE) == 0, "told once; it still waits for the approval"


def test_what_names_nobody_else_is_read_once_and_not_again(
    told: list[Message], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, joint = approved("Family hubs are open."), approved()
    read: list[int] = []

    def counted(post: Post, revision: Revision) -> object:
        read.append(post.id)
        return of_post(post, revision)

    of_post = asking.joint_of_post
    monkeypatch.setattr(asking, "joint_of_post", counted)
    asking._alone.clear()
    revision = current_revision(NOW)
    asked: Mapping[int, str] = {one.id: posts.get(one.id).signature for one in (plain, joint)}
    assert asking.unsigned(asked, revision) == []
    other_owners.take_back(f"post:{joint.id}", actor=THEIRS, now=NOW)
    assert [one.subject for one in asking.unsigned(asked, revision)] == [f"post:{joint.id}"]
    assert sorted(read) == [plain.id, joint.id, joint.id]
    asking.unsigned({**asked, plain.id: "another text"}, revision)
    assert read.count(plain.id) == 2
