"""A joint statement: two people of two organisations sign, each for their own."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.desk import other_owners, people, review, writing
from bfbot.desk.joint import Joint, concerns, joint_of_post, open_joints, waiting_for
from bfbot.desk.judging import Refused, check_at_send, preview
from bfbot.domain.finding import Finding, Level
from bfbot.domain.person import Role
from bfbot.domain.post import Origin, Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, NotAllowed, UsageError
from bfbot.ledger import approvals, audit, models, posts
from bfbot.library import current_revision
from tests.desk.steps import drafted, in_review, set_state
from tests.workspace import AUTHOR, BRIGHT, COUNTY, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
JOINT = "With CCN we ask every council to keep its family hubs open."
WORD = "Our board agreed to this on 20 November."
OURS, THEIRS, BOTH, DORA = "Approver of ours", "Approver of theirs", "Approver of both", "Their second approver"


@pytest.fixture(autouse=True)
def approvers(home: Path) -> None:
    for name, campaigns in ((OURS, [BRIGHT]), (THEIRS, [COUNTY]), (DORA, [COUNTY]), (BOTH, [BRIGHT, COUNTY])):
        for campaign in campaigns:
            people.add_user(name, Role.APPROVER, campaign=campaign, actor="bfbot", now=NOW)


def signed(post: Post, by: str = THEIRS) -> Post:
    other_owners.sign(f"post:{post.id}", actor=by, now=NOW, said=WORD)
    return post


def approved_jointly(text: str = JOINT) -> Post:
    return review.approve(signed(in_review(text)).id, actor=OURS, now=NOW)


def at_send(post: Post) -> list[Finding]:
    moment = post.scheduled_for
    found = check_at_send(posts.get(post.id).deliveries[0], moment)
    return [one for one in found if one.level is not Level.WARN]


def role(name: str, campaign: str, held: Role) -> None:
    models.Membership.objects.filter(user__name=name, campaign=campaign).update(role=held)


def test_its_own_approver_alone_is_not_enough_whatever_they_write() -> None:
    post = in_review(JOINT)
    for actor in (OURS, BOTH):
        with pytest.raises(Refused) as refused:
            review.approve(post.id, actor=actor, now=NOW, confirmed="CCN agrees, I was there.")
        [finding] = refused.value.findings
        assert (finding.rule, finding.level) == ("owner-names", Level.REFUSE)
        assert finding.message == (
            "“CCN” is named in a post that speaks for LGA, and CCN has not signed it off as it is now."
        )
        assert finding.mend.startswith("Ask somebody who approves for County to sign it off: it waits for them on")
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert "CCN has not signed it off" in posts.get(post.id).note
    signed(post)
    assert posts.get(post.id).note == "", "what was refused for want of it waits no more"


def test_a_sign_off_alone_is_not_enough_either() -> None:
    post = signed(in_review(JOINT))
    with pytest.raises(NotAllowed):
        review.approve(post.id, actor=THEIRS, now=NOW)
    assert [one.rule for one in at_send(post)] == ["approval"]


def test_a_sign_off_of_theirs_and_an_approval_of_ours_send_it() -> None:
    post = approved_jointly()
    assert post.state is PostState.APPROVED
    assert at_send(post) == []
    entry = audit.entries(f"post:{post.id}", other_owners.SIGNED)[0]
    assert (entry.actor, entry.detail["owner"], entry.detail["reason"]) == (THEIRS, "CCN", WORD)
    assert entry.detail["digest"] == post.signature
    row = models.OwnerSignOff.objects.get()
    assert (row.signer, row.said, row.given_at, row.digest) == (THEIRS, WORD, NOW, post.signature)


def test_who_signed_cannot_approve_it_as_well_and_a_colleague_can() -> None:
    post = signed(in_review(JOINT), by=BOTH)
    with pytest.raises(Refused, match="cannot speak for LGA as well: two people sign"):
        review.approve(post.id, actor=BOTH, now=NOW)
    assert review.approve(post.id, actor=OURS, now=NOW).state is PostState.APPROVED
    assert at_send(post) == []


def test_who_approved_cannot_sign_it_off_as_well() -> None:
    post = signed(in_review(JOINT))
    review.approve(post.id, actor=BOTH, now=NOW)
    other_owners.take_back(f"post:{post.id}", actor=THEIRS, now=NOW)
    with pytest.raises(NotAllowed, match="approved it for its own organisation"):
        signed(post, by=BOTH)
    signed(post, by=DORA)
    assert at_send(post) == []


def test_nobody_signs_off_what_they_wrote() -> None:
    post = in_review(JOINT, author=BOTH)
    with pytest.raises(NotAllowed, match="wrote or last changed it"):
        signed(post, by=BOTH)


def test_only_those_who_approve_for_the_other_organisation_sign() -> None:
    post = in_review(JOINT)
    for name in (OURS, AUTHOR):
        with pytest.raises(NotAllowed, match=r"CCN"):
            signed(post, by=name)
    role(THEIRS, COUNTY, Role.AUTHOR)
    with pytest.raises(NotAllowed):
        signed(post)


@pytest.mark.parametrize("said", ["", "  "])
def test_a_sign_off_has_words(said: str) -> None:
    with pytest.raises(ContentRefused, match="needs your words"):
        other_owners.sign(f"post:{in_review(JOINT).id}", actor=THEIRS, now=NOW, said=said)


def test_what_was_changed_since_it_was_read_is_not_signed() -> None:
    post = in_review(JOINT)
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording(JOINT + " Today."))
    changed = review.submit(post.id, actor=AUTHOR, now=NOW)
    with pytest.raises(ContentRefused, match="changed since you read it"):
        other_owners.sign(f"post:{post.id}", actor=THEIRS, now=NOW, said=WORD, seen=post.signature)
    assert other_owners.sign(f"post:{post.id}", actor=THEIRS, now=NOW, said=WORD, seen=changed.signature)


def test_an_edit_voids_the_sign_off_and_another_time_does_not() -> None:
    post = signed(in_review(JOINT))
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=post.scheduled_for + timedelta(hours=1))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    assert review.approve(post.id, actor=OURS, now=NOW)
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording(JOINT + " Today."))
    review.submit(post.id, actor=AUTHOR, now=NOW)
    with pytest.raises(Refused, match="has not signed it off as it is now"):
        review.approve(post.id, actor=OURS, now=NOW)


def test_taken_back_it_is_held_at_its_time_and_goes_once_it_is_signed_again() -> None:
    post = approved_jointly()
    other_owners.take_back(f"post:{post.id}", actor=DORA, now=NOW, reason="The board met again.")
    [held] = at_send(post)
    assert (held.rule, held.level) == ("owner-names", Level.HOLD)
    assert "CCN has not signed it off" in held.message
    assert posts.get(post.id).note.startswith("CCN took its sign-off back: it does not go out until")
    entry = audit.entries(f"post:{post.id}", other_owners.TAKEN_BACK)[0]
    assert (entry.actor, entry.detail["reason"]) == (DORA, "The board met again.")
    assert entry.detail["signers"] == [THEIRS]
    row = models.OwnerSignOff.objects.get()
    assert (row.taken_back_by, row.taken_back_at) == (DORA, NOW)
    signed(post)
    assert at_send(post) == []
    assert posts.get(post.id).note == ""


def test_only_their_own_approvers_take_it_back_and_only_while_it_has_not_gone_out() -> None:
    post = approved_jointly()
    with pytest.raises(NotAllowed):
        other_owners.take_back(f"post:{post.id}", actor=OURS, now=NOW)
    set_state(post, DeliveryState.PUBLISHED)
    with pytest.raises(ContentRefused, match="has gone out"):
        other_owners.take_back(f"post:{post.id}", actor=THEIRS, now=NOW)


def test_a_signer_who_approves_for_them_no_more_holds_it_as_a_lapsed_approval_does() -> None:
    post = approved_jointly()
    role(THEIRS, COUNTY, Role.AUTHOR)
    [held] = at_send(post)
    assert held.message.endswith(f"{THEIRS}, who signed it off for CCN, approves for CCN no more.")
    signed(post, by=DORA)
    assert at_send(post) == []
    models.User.objects.filter(name=DORA).update(is_active=False)
    assert [one.rule for one in at_send(post)] == ["owner-names"]
    role(THEIRS, COUNTY, Role.APPROVER)
    assert at_send(post) == [], "they approve again, for the very same post"


def test_a_post_approved_by_one_persons_word_for_both_is_held_until_it_is_signed() -> None:
    """As an upgrade finds it: approved under the rule of before, with a word that the other one agrees."""
    post = signed(in_review(JOINT))
    review.approve(post.id, actor=BOTH, now=NOW, confirmed="Agreed by CCN on 20 November.")
    models.OwnerSignOff.objects.all().delete()
    approval = approvals.standing_on(post.id)
    assert approval is not None
    assert approval.confirmed == "Agreed by CCN on 20 November."
    [held] = at_send(post)
    assert (held.rule, held.level) == ("owner-names", Level.HOLD)
    assert [one.subject for one, _ in _waits_for(THEIRS)] == [f"post:{post.id}"]
    signed(post)
    assert at_send(post) == []


def test_each_of_several_organisations_signs_for_itself() -> None:
    _third_organisation()
    people.add_user("Tess", Role.APPROVER, campaign="third", actor="bfbot", now=NOW)
    people.add_user("Uma", Role.APPROVER, actor="bfbot", now=NOW)
    post = in_review("With CCN and the Third Sector we ask every council to keep its hubs open.")
    subject = f"post:{post.id}"
    with pytest.raises(UsageError, match="more than one organisation"):
        other_owners.sign(subject, actor="Uma", now=NOW, said=WORD)
    assert other_owners.sign(subject, actor=THEIRS, now=NOW, said=WORD).owner == "CCN"
    with pytest.raises(Refused, match="Third Sector has not signed"):
        review.approve(post.id, actor=OURS, now=NOW)
    assert other_owners.sign(subject, actor="Tess", owner=" third sector", now=NOW, said=WORD)
    assert review.approve(post.id, actor=OURS, now=NOW)
    assert at_send(post) == []
    people.add_user(THEIRS, Role.APPROVER, campaign="third", actor="bfbot", now=NOW)
    with pytest.raises(NotAllowed, match="signed it off for CCN: each organisation is spoken for by another"):
        other_owners.sign(subject, actor=THEIRS, owner="Third Sector", now=NOW, said=WORD)
    with pytest.raises(ContentRefused, match="LGA is not named"):
        other_owners.sign(subject, actor="Uma", owner="LGA", now=NOW, said=WORD)


def test_what_waits_for_whose_sign_off() -> None:
    post = in_review(JOINT)
    in_review("Family hubs are open to everybody.")
    assert [(one.subject, owner) for one, owner in _waits_for(THEIRS)] == [(f"post:{post.id}", "CCN")]
    assert [_waits_for(name) for name in (OURS, AUTHOR)] == [[], []]
    revision = current_revision(NOW)
    sees = [name for name in (THEIRS, DORA, BOTH, OURS) if concerns(people.person(name), post, revision)]
    assert sees == [THEIRS, DORA, BOTH]
    signed(post)
    assert _waits_for(THEIRS) == _waits_for(DORA) == []


def test_what_is_no_joint_statement_is_not_signed() -> None:
    alone, draft = in_review("Family hubs are open to everybody."), drafted(JOINT)
    assert joint_of_post(alone, current_revision(NOW)) is None
    with pytest.raises(ContentRefused, match="No other organisation is named in post"):
        signed(alone)
    with pytest.raises(ContentRefused, match="is a draft"):
        signed(draft)
    with pytest.raises(ContentRefused, match="already"):
        signed(signed(in_review(JOINT)))
    for subject in ("post:x", "message:none", "feed:news", "post:" + "9" * 30):
        with pytest.raises(UsageError, match="is no post"):
            other_owners.sign(subject, actor=THEIRS, now=NOW, said=WORD)


def test_who_writes_is_told_at_once_what_will_be_needed() -> None:
    for origin, level in ((Origin.PERSON, Level.HOLD), (Origin.RELEASE, Level.HOLD)):
        found = preview(
            campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(JOINT), at=NOW, now=NOW, origin=origin
        ).findings
        assert [one.level for one in found if one.rule == "owner-names"] == [level]


def test_a_word_on_something_else_needs_no_other_organisation() -> None:
    post = in_review("About 12 per cent of families wait for longer than they should.")
    assert review.approve(post.id, actor=OURS, now=NOW, confirmed="Our survey, table 4")


def _waits_for(name: str) -> list[tuple[Joint, str]]:
    revision = current_revision(NOW)
    return list(waiting_for(people.person(name), open_joints(posts.listing(), revision, NOW), revision))


def _third_organisation() -> None:
    from bfbot.config import config

    change(
        config().home,
        "  - id: county\n    name: County\n",
        "  - {id: third, name: Third, owner: Third Sector, hashtag: ThirdOnes, contact: third@example.org,\n"
        '     link: "https://www.example.org/third", pillars: [{id: all, name: All}]}\n'
        "  - id: county\n    name: County\n",
    )
