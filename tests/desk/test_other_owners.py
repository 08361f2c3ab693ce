"""A joint statement: it takes somebody who may sign for both organisations, and their word on record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bfbot.desk import people, review
from bfbot.desk.judging import Refused
from bfbot.desk.standing import sign_message
from bfbot.domain.finding import Level
from bfbot.domain.person import Role
from bfbot.domain.states import PostState
from bfbot.ledger import audit, models, posts
from tests.desk.steps import in_review
from tests.workspace import BRIGHT, COUNTY, NOW

pytestmark = pytest.mark.django_db
JOINT = "With CCN we ask every council to keep its family hubs open."
WORD = "Agreed by CCN’s campaign team on 20 November."
OURS, BOTH = "Approver of ours", "Approver of both"


@pytest.fixture(autouse=True)
def approvers(home: Path) -> None:
    for name, campaigns in ((OURS, [BRIGHT]), (BOTH, [BRIGHT, COUNTY])):
        for campaign in campaigns:
            people.add_user(name, Role.APPROVER, campaign=campaign, actor="bfbot", now=NOW)


def test_whoever_signs_for_one_organisation_cannot_say_that_the_other_agrees() -> None:
    post = in_review(JOINT)
    with pytest.raises(Refused) as refused:
        review.approve(post.id, actor=OURS, now=NOW, confirmed=WORD)
    [finding] = refused.value.findings
    assert (finding.rule, finding.level) == ("owner-names", Level.REFUSE)
    assert finding.message == f"{OURS} cannot say for CCN that it agrees: they do not approve for County."
    assert posts.get(post.id).state is PostState.IN_REVIEW


def test_whoever_signs_for_both_says_so_in_writing() -> None:
    post = in_review(JOINT)
    with pytest.raises(Refused, match="CCN"):
        review.approve(post.id, actor=BOTH, now=NOW)
    assert review.approve(post.id, actor=BOTH, now=NOW, confirmed=WORD).state is PostState.APPROVED
    entry = audit.entries(f"post:{post.id}", "approved")[0]
    assert (entry.actor, entry.detail["confirmed"]) == (BOTH, WORD)


def test_a_word_on_something_else_needs_no_other_organisation() -> None:
    post = in_review("About 12 per cent of families wait for longer than they should.")
    assert review.approve(post.id, actor=OURS, now=NOW, confirmed="Our survey, table 4")


def test_nor_is_it_approved_for_repeat(home: Path) -> None:
    file = home / "messages" / "joint.yaml"
    file.write_text(
        f'messages:\n  - {{id: joint, kind: action, campaign: bright, pillar: outcomes, text: "{JOINT}"}}\n',
        encoding="utf-8",
    )
    with pytest.raises(Refused, match="cannot say for CCN"):
        sign_message("joint", actor=OURS, now=NOW, until=date(2026, 12, 1), confirmed=WORD)
    assert sign_message("joint", actor=BOTH, now=NOW, until=date(2026, 12, 1), confirmed=WORD).signer == BOTH


def test_the_role_counts_as_it_is_when_they_sign() -> None:
    post = in_review(JOINT)
    models.Membership.objects.filter(user__name=BOTH, campaign=COUNTY).update(role=Role.AUTHOR)
    with pytest.raises(Refused, match="cannot say for CCN"):
        review.approve(post.id, actor=BOTH, now=NOW, confirmed=WORD)
