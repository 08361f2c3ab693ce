"""Names that can be told apart: two people see every post, and everybody sees which two."""

from __future__ import annotations

import unicodedata
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from bfbot.desk import people
from bfbot.domain.approval import Approval
from bfbot.domain.person import Role
from bfbot.errors import NotAllowed, UsageError
from bfbot.ledger import approvals, audit, models
from bfbot.ledger import people as users
from tests.workspace import NOW

pytestmark = pytest.mark.django_db


def _add(name: str, role: Role = Role.AUTHOR) -> None:
    people.add_user(name, role, actor="tests", now=NOW)


@pytest.mark.parametrize(
    "second", ["zoe brown", "Zoe Brown", "ZOË BROWN", "Zoë  Brown", "Zoë\u200b Brown", "ZoëBrown", " Zoë Brown"]
)
def test_a_name_like_anothers_is_refused(second: str) -> None:
    _add("Zoë Brown")
    with pytest.raises(UsageError):
        _add(second)
    assert users.names() == ["Zoë Brown"]


def test_the_same_name_is_the_same_person_with_one_more_role() -> None:
    _add("Zoë Brown")
    people.add_user("Zoë Brown", Role.APPROVER, actor="tests", now=NOW, campaign="county")
    person = people.require("Zoë Brown", Role.APPROVER, "county")
    assert person.roles == {"*": Role.AUTHOR, "county": Role.APPROVER}
    assert [one.actor for one in audit.entries("user:Zoë Brown")] == ["tests", "tests"]


@pytest.mark.parametrize(
    "name", ["planner", "Planner", "bfbot", "feed:news", "FEED:x", "", "  ", "\u200b", "x" * 81]
)
def test_bfbots_own_names_and_no_names_are_refused(name: str) -> None:
    with pytest.raises(UsageError):
        _add(name)


def test_who_is_gone_keeps_the_name_and_may_do_nothing() -> None:
    _add("Zoë Brown")
    models.User.objects.update(is_active=False)
    with pytest.raises(NotAllowed):
        people.require("Zoë Brown", Role.VIEWER, None)
    with pytest.raises(UsageError):
        _add("Zoe Brown")


def test_a_name_typed_on_another_keyboard_is_still_a_name() -> None:
    _add(unicodedata.normalize("NFD", "Zoë Brown"))


@pytest.mark.parametrize("approver", ["Ada", "ADA", "ada"])
def test_the_database_refuses_an_approver_who_is_the_author(approver: str) -> None:
    models.Revision.objects.create(number=1, digest="", made_at=NOW, content={})
    post = models.Post.objects.create(
        campaign="bright", origin="person", state="in_review", text="x", author="Ada", first_planned_at=NOW,
        scheduled_for=NOW, window_seconds=60, revision_id=1, created_at=NOW, changed_at=NOW,
    )  # fmt: skip
    given = Approval(
        post_id=post.pk,
        author="Ada",
        approver=approver,
        signature="",
        from_time=NOW,
        until=NOW + timedelta(days=1),
        given_at=NOW,
    )
    with pytest.raises(IntegrityError), transaction.atomic():
        approvals.give(given)
