"""Two people, and exactly what the second one saw."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bfbot.domain.finding import Level, Moment
from tests.rules.cases import case, found, said, send_case
from tests.rules.team_files import NOW

DUE = NOW + timedelta(hours=2)


@pytest.mark.parametrize(
    "actor", ["Demo author", "demo AUTHOR", " Demo  author ", "Demo\u200b author", "Ｄemo author"]
)
def test_nobody_approves_their_own_post(actor: str) -> None:
    findings = found("author-approver", case(moment=Moment.APPROVE, actor=actor))
    assert [one.level for one in findings] == [Level.REFUSE]


@pytest.mark.parametrize("actor", ["", " ", "\u200b"])
def test_an_approval_has_a_person(actor: str) -> None:
    assert "Nobody" in said("author-approver", case(moment=Moment.APPROVE, actor=actor))


def test_the_author_may_submit() -> None:
    assert not found("author-approver", case(actor="Demo author"))


@pytest.mark.parametrize("author", ["planner", "feed:lga-news"])
def test_a_person_may_approve_what_the_schedule_or_a_feed_brought(author: str) -> None:
    assert not found("author-approver", case(moment=Moment.APPROVE, author=author))


@pytest.mark.parametrize(
    ("approved", "words"),
    [
        ({}, ""),
        ({"post_id": 8}, "Nobody has approved"),
        ({"voided_at": NOW}, "cancelled at 09:00 on 23 November 2026"),
        ({"signature": "0" * 64}, "edited since Demo approver approved it"),
        ({"signature": ""}, "edited since"),
        ({"until": DUE}, "approved it for"),
        ({"until": DUE + timedelta(microseconds=1)}, ""),
        ({"from_time": DUE}, ""),
        ({"from_time": DUE + timedelta(microseconds=1)}, "approved it for"),
        ({"approver": "demo author"}, "both author and approver"),
    ],
)
def test_what_an_approval_covers(approved: dict[str, Any], words: str) -> None:
    findings = found("approval", send_case(approved=approved))
    assert [one.level for one in findings] == ([Level.HOLD] if words else [])
    assert words in said("approval", send_case(approved=approved))


def test_without_an_approval_nothing_goes_out() -> None:
    assert "Nobody has approved" in said("approval", replace(send_case(), approval=None))


def test_an_approver_who_edited_afterwards_needs_somebody_else() -> None:
    """The desk makes the last editor the author."""
    asked = send_case()
    edited = replace(asked, post=replace(asked.post, author="Demo approver"))
    assert "both author and approver" in said("approval", edited)
