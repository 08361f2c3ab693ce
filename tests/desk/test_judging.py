"""One mechanism: a preview says what submit would say, and the queue is what waits, not what lies about."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import judging, review
from bfbot.domain.finding import Level, Moment
from bfbot.domain.message import MediaUse
from bfbot.domain.post import Wording
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import posts
from tests.desk.steps import SOON, TEXT, drafted, in_review
from tests.workspace import AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db


def _preview(text: str = TEXT, **more: object) -> judging.Preview:
    given = {"campaign": BRIGHT, "accounts": [PRACTICE], "wording": Wording(text), "at": SOON, "now": NOW}
    return judging.preview(**(given | more))  # type: ignore[arg-type]  # by name


def test_a_preview_is_what_submit_stores(home: Path) -> None:
    shown = _preview(wording=Wording(TEXT, media=(MediaUse("A bridge of wood", file="pictures/park.png"),)))
    assert posts.open_posts() == []
    assert shown.limits[PRACTICE].text > 0
    stored = in_review().deliveries[0].proof
    assert stored is not None
    assert shown.proofs[PRACTICE].text == stored.text
    assert shown.proofs[PRACTICE].parts[0].media[0].alt == "A bridge of wood"


def test_a_preview_refuses_what_submit_refuses(home: Path) -> None:
    found = _preview("Children’s services face a gap of {fact:gap}.").findings
    assert any(one.level is Level.REFUSE for one in found)
    with pytest.raises(ContentRefused):
        _preview("{fact:nothing}")
    with pytest.raises(UsageError, match="Accounts in schedules"):
        _preview(accounts=["nowhere"])
    with pytest.raises(UsageError, match="Campaigns in schedules"):
        _preview(campaign="nothing")


def test_two_figures_for_one_measure_do_not_wait_together(home: Path) -> None:
    change(home, "  - id: gap", RIVAL)
    drafted("Enquiries rose {fact:rise}.")
    assert review.submit(drafted("Enquiries rose {fact:rival}.").id, actor=AUTHOR, now=NOW), "a draft is no plan"
    second = drafted("Enquiries rose {fact:rise} in all.")
    with pytest.raises(ContentRefused, match="in the queue"):
        review.submit(second.id, actor=AUTHOR, now=NOW)


def test_a_post_whose_time_is_over_blocks_nobody(home: Path) -> None:
    change(home, "  - id: gap", RIVAL)
    old = in_review("Enquiries rose {fact:rival}.", at=NOW - timedelta(hours=1), window=timedelta(hours=2))
    later = NOW + timedelta(hours=2)
    new = drafted("Enquiries rose {fact:rise}.", at=later)
    with pytest.raises(ContentRefused):
        review.submit(new.id, actor=AUTHOR, now=NOW)
    assert old.scheduled_for + old.window < later
    review.submit(new.id, actor=AUTHOR, now=later)


def test_findings_of_a_stored_post_are_those_of_its_stored_text(home: Path) -> None:
    post = in_review("Enquiries rose {fact:rise}.")
    assert not [one for one in judging.findings(post.id, Moment.SUBMIT, now=NOW) if one.level is Level.REFUSE]
    change(home, "value: 139", "value: 141")
    found = judging.findings(post.id, Moment.APPROVE, now=NOW, actor="Ben Approver")
    assert [one.rule for one in found if one.level is Level.REFUSE] == ["fact-unchanged"]


RIVAL = """  - id: rival
    measure: child protection enquiries
    value: 150
    unit: per cent
    qualifier: exact
    period: 2015/16 to 2025/26
    period_ends: 2026-03-31
    owner: LGA
    source: {name: Campaign page, url: "https://www.example.org/bright"}
    as_of: 2026-03-31
    status: usable
  - id: gap"""
