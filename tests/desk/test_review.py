"""From draft to approval: two people, exactly what was seen, for that day."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import people, review, writing
from bfbot.desk.judging import Refused, check_at_send
from bfbot.domain.person import Role
from bfbot.domain.post import Post, Wording
from bfbot.domain.proof import joint_digest
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, NotAllowed
from bfbot.ledger import approvals, audit, models, posts
from bfbot.media import blobs
from tests.desk.steps import TEXT, approved, drafted, in_review
from tests.uploads import uploaded
from tests.web.pictures import png
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_a_post_goes_from_draft_to_approved(home: Path) -> None:
    post = drafted()
    assert post.state is PostState.DRAFT
    post = review.submit(post.id, actor=AUTHOR, now=NOW)
    assert post.state is PostState.IN_REVIEW
    proof = post.deliveries[0].proof
    assert proof is not None
    assert TEXT in proof.text
    assert post.signature == joint_digest([proof])
    post = review.approve(post.id, actor=APPROVER, now=NOW)
    given = approvals.standing_on(post.id)
    assert post.state is PostState.APPROVED
    assert given is not None
    assert (given.author, given.approver, given.signature) == (AUTHOR, APPROVER, post.signature)
    assert (given.from_time, given.until) == (NOW.replace(hour=0), NOW.replace(hour=0) + timedelta(days=1))
    assert check_at_send(post.deliveries[0], post.scheduled_for) == ()


@pytest.mark.parametrize("name", [APPROVER, "ben approver"])
def test_who_wrote_it_cannot_approve_it(home: Path, name: str) -> None:
    post = in_review(author=APPROVER)
    with pytest.raises((Refused, NotAllowed)):
        review.approve(post.id, actor=name, now=NOW)
    assert posts.get(post.id).state is PostState.IN_REVIEW


def test_a_refused_self_approval_is_on_record_and_leaves_no_note(home: Path) -> None:
    post = in_review(author=APPROVER)
    with pytest.raises(Refused) as refused:
        review.approve(post.id, actor=APPROVER, now=NOW)
    assert [one.rule for one in refused.value.findings] == ["author-approver"]
    entry = audit.entries(f"post:{post.id}", "refused")[0]
    assert (entry.actor, entry.detail["rules"]) == (APPROVER, ["author-approver"])
    assert posts.get(post.id).note == ""


def test_what_was_changed_in_the_store_is_neither_approved_nor_sent(home: Path) -> None:
    post = in_review()
    _forge(post)
    with pytest.raises(Refused) as refused:
        review.approve(post.id, actor=APPROVER, now=NOW)
    assert "not what was sent for approval" in str(refused.value)
    other = approved(text="Libraries open early in the holidays.")
    _forge(other)
    found = check_at_send(posts.get(other.id).deliveries[0], other.scheduled_for)
    assert [one.rule for one in found] == ["approval"]


def _forge(post: Post) -> None:
    row = models.Proof.objects.get(deliveries__post_id=post.id)
    row.content["parts"][0]["text"] = "Buy now!"
    row.save()


def test_an_approval_counts_for_the_local_day(home: Path) -> None:
    summer = datetime(2027, 6, 1, 23, 30, tzinfo=NOW.tzinfo)  # 00:30 on 2 June in London
    post = approved(at=summer)
    given = approvals.standing_on(post.id)
    assert given is not None
    assert (given.from_time, given.until) == (summer.replace(minute=0), summer.replace(minute=0) + 24 * HOUR)


def test_found_in_the_evening_and_approved_the_next_morning_goes_out_that_morning(home: Path) -> None:
    post = in_review(at=NOW + 8 * HOUR, window=24 * HOUR)
    morning = NOW + timedelta(days=1)
    post = review.approve(post.id, actor=APPROVER, now=morning)
    assert check_at_send(post.deliveries[0], morning) == ()


def test_a_post_late_in_the_evening_keeps_its_approval_past_midnight(home: Path) -> None:
    late = NOW.replace(hour=23, minute=50)
    post = approved(at=late)
    given = approvals.standing_on(post.id)
    assert given is not None
    assert given.covers(post.signature, late + timedelta(hours=1, minutes=59))
    assert not given.covers(post.signature, late + timedelta(hours=2)), "two hours, whatever the window"


def test_a_rule_refuses_at_submit_with_audit_and_note(home: Path) -> None:
    post = drafted(text="Children’s services face a gap of {fact:gap}.")
    with pytest.raises(Refused):
        review.submit(post.id, actor=AUTHOR, now=NOW)
    kept = posts.get(post.id)
    assert kept.state is PostState.DRAFT
    assert "gap" in kept.note
    assert audit.entries(f"post:{post.id}", "refused")[0].detail["rules"]


def test_a_placeholder_nobody_knows_is_refused_on_record(home: Path) -> None:
    post = drafted(text="Enquiries rose {fact:no-such-thing}.")
    with pytest.raises(ContentRefused, match="no-such-thing"):
        review.submit(post.id, actor=AUTHOR, now=NOW)
    assert "no-such-thing" in posts.get(post.id).note
    assert audit.entries(f"post:{post.id}", "refused")


def test_a_figure_that_expires_before_approval_is_refused_on_record(home: Path) -> None:
    post = in_review(text="Child protection enquiries rose {fact:rise}.")
    change(home, "as_of: 2026-03-31\n    status: usable", "as_of: 2026-03-31\n    status: blocked")
    with pytest.raises(Refused):
        review.approve(post.id, actor=APPROVER, now=NOW)
    assert audit.entries(f"post:{post.id}", "refused")[0].actor == APPROVER
    assert "blocked" in posts.get(post.id).note


def test_rejecting_and_sending_back_need_a_reason_and_an_approver(home: Path) -> None:
    post = in_review()
    with pytest.raises(ContentRefused):
        review.reject(post.id, actor=APPROVER, now=NOW, reason=" ")
    with pytest.raises(NotAllowed):
        review.reject(post.id, actor=AUTHOR, now=NOW, reason="Dull.")
    assert review.reject(post.id, actor=APPROVER, now=NOW, reason="Dull.").state is PostState.REJECTED
    assert review.submit(post.id, actor=AUTHOR, now=NOW).state is PostState.IN_REVIEW


def test_roles_are_by_campaign(home: Path) -> None:
    people.add_user("Dora", Role.APPROVER, actor="tests", now=NOW, campaign="county")
    post = in_review()
    with pytest.raises(NotAllowed):
        review.approve(post.id, actor="Dora", now=NOW)
    with pytest.raises(NotAllowed):
        writing.write(campaign=BRIGHT, accounts=[PRACTICE], wording=Wording("x"), at=NOW, actor="Dora", now=NOW)


def test_the_particulars_of_a_picture_are_kept_with_its_proof(home: Path) -> None:
    stored = blobs.store(png())
    post = writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording(TEXT, media=(uploaded("A plain square in one colour", stored.digest),)),
        at=NOW + HOUR,
        actor=AUTHOR,
        now=NOW,
    )
    review.submit(post.id, actor=AUTHOR, now=NOW)
    row = models.Blob.objects.get(digest=stored.digest)
    assert (row.mime, row.width, row.height, row.size) == (stored.mime, stored.width, stored.height, stored.size)
