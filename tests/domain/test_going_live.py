"""What an account needs before it goes live: each condition met or not, why, and what to do."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from bfbot.domain.fact import Fact, FactStatus, Qualifier
from bfbot.domain.going_live import (
    Evidence,
    FirstPost,
    Need,
    Reviewed,
    Stage,
    Tried,
    conditions,
    digest_of,
    to_meet,
)

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)


def fact(name: str = "rise", value: int = 139, review_by: date | None = None) -> Fact:
    day = date(2026, 3, 31)
    return Fact(
        name, "enquiries", Decimal(value), "per cent", Qualifier.EXACT, "2026", "LGA", None, day,
        FactStatus.USABLE, review_by=review_by,
    )  # fmt: skip


def said(*facts: Fact) -> Reviewed:
    return Reviewed("Bea", NOW, {one.id: digest_of(one) for one in facts})


READY = Evidence(
    today=TODAY,
    zone="Europe/London",
    stage=Stage("town", seen_at=NOW),
    facts=(fact(),),
    reviewed=said(fact()),
    tried=Tried("Ann", NOW, "Bea", NOW),
    feeds={"news": NOW},
    first_post=FirstPost(7, "Ann", "Bea", NOW),
)


def the(need: Need, known: Evidence) -> tuple[bool, str, str]:
    (found,) = [one for one in conditions(known) if one.need is need]
    assert found.met is not bool(found.todo), "what is not met says what to do, and what is met does not"
    assert found.why.endswith(".")
    return found.met, found.why, found.todo


def test_every_need_has_its_condition_in_order() -> None:
    assert [one.need for one in conditions(READY)] == list(Need)
    assert to_meet(conditions(READY)) == ()


@pytest.mark.parametrize(
    ("facts", "reviewed", "met", "why"),
    [
        ((), None, True, "no statistics"),
        ((fact(),), None, False, "the statistics of its campaigns were reviewed (1 in use)."),
        ((fact(),), said(fact()), True, "Bea reviewed 1 statistic of its campaigns on 23 November 2026."),
        ((fact(value=140),), said(fact()), False, "New or changed since Bea reviewed the statistics: rise."),
        ((fact(), fact("new")), said(fact()), False, ": new."),
        ((fact(),), said(fact(), fact("gone")), True, "Bea reviewed"),
        ((fact(review_by=date(2026, 11, 22)),), None, False, "1 should have been reviewed by now: rise."),
        (
            tuple(fact(f"f{n}", review_by=date(2026, 1, 1)) for n in range(6)),
            None,
            False,
            "f0, f1, f2, f3 and 2 more",
        ),
        ((fact(review_by=TODAY),), said(fact(review_by=TODAY)), True, "Bea reviewed"),
    ],
)
def test_statistics_are_in_date_and_vouched_for_as_they_are(
    facts: tuple[Fact, ...], reviewed: Reviewed | None, met: bool, why: str
) -> None:
    found = the(Need.STATISTICS, replace(READY, facts=facts, reviewed=reviewed))
    assert found[0] is met
    assert why in found[1]


def test_a_date_alone_is_not_a_review_and_a_review_does_not_outlive_the_date() -> None:
    late = fact(review_by=date(2026, 11, 22))
    assert not the(Need.STATISTICS, replace(READY, facts=(late,), reviewed=said(late)))[0]


def test_a_pause_was_tried() -> None:
    assert "Ann paused on 23 November 2026, and Bea resumed" in the(Need.PAUSE, READY)[1]
    met, why, _ = the(Need.PAUSE, replace(READY, tried=None))
    assert not met
    assert "since it was set up on 23 November 2026" in why


def test_feeds_are_marked_as_seen_or_there_are_none() -> None:
    assert the(Need.FEEDS, replace(READY, feeds={}))[:2] == (True, "No feed posts to it.")
    met, why, _ = the(Need.FEEDS, replace(READY, feeds={"news": NOW, "late": None}))
    assert not met
    assert why.endswith("could be taken for news: late.")


def test_a_first_post_is_live() -> None:
    assert "Post 7, written by Ann and approved by Bea, is live on it" in the(Need.FIRST_POST, READY)[1]
    assert not the(Need.FIRST_POST, replace(READY, first_post=None))[0]


def test_two_people_decide() -> None:
    met, why, todo = the(Need.TWO_PEOPLE, READY)
    assert (met, why) == (False, "Nobody has asked that it goes live.")
    assert "somebody else" in todo
    asked = replace(READY.stage, asked_by="Ann", asked_at=NOW)
    met, why, todo = the(Need.TWO_PEOPLE, replace(READY, stage=asked))
    assert (met, todo) == (False, "An approver other than Ann confirms it.")
    live = replace(asked, live_since=NOW, live_by="Bea")
    assert the(Need.TWO_PEOPLE, replace(READY, stage=live))[:2] == (
        True,
        "Live since 23 November 2026: Ann asked and Bea confirmed.",
    )


def test_only_the_two_people_are_left_out_of_what_keeps_anybody_from_asking() -> None:
    bare = Evidence(TODAY, "Europe/London", Stage("town"), facts=(fact(),), feeds={"news": None})
    assert [one.need for one in to_meet(conditions(bare))] == [one for one in Need if one is not Need.TWO_PEOPLE]
