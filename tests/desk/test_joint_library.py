"""Joint statements that come by themselves: evergreen posts, releases; and many of them in the week's sitting."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import other_owners, people, review, standing
from bfbot.desk.automatic import post_from_message
from bfbot.desk.joint import open_joints, waiting_for
from bfbot.desk.judging import Refused, check_at_send
from bfbot.desk.judging_many import findings_of_many
from bfbot.desk.sitting import Bar, Choice, sitting
from bfbot.desk.together import approve_together
from bfbot.domain.finding import Finding, Level
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, NotAllowed
from bfbot.forecast.gather import situation
from bfbot.forecast.judge import Judge
from bfbot.ledger import models, posts
from bfbot.ledger.waiting_posts import waiting_posts
from bfbot.library import current_revision
from tests.desk.steps import drafted_from_feed, in_review
from tests.workspace import BRIGHT, COUNTY, NOW, change

pytestmark = pytest.mark.django_db
TEXT = "With CCN we ask every council to keep its family hubs open."
WORD = "Our board agreed to this on 20 November."
OURS, THEIRS, BOTH = "Approver of ours", "Approver of theirs", "Approver of both"
LATER = date(2026, 12, 31)
EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=NOW.tzinfo)


@pytest.fixture(autouse=True)
def joint_message(home: Path) -> None:
    (home / "messages" / "joint.yaml").write_text(
        f'messages:\n  - {{id: joint, kind: action, campaign: bright, pillar: outcomes, text: "{TEXT}"}}\n',
        encoding="utf-8",
    )
    for name, campaigns in ((OURS, [BRIGHT]), (THEIRS, [COUNTY]), (BOTH, [BRIGHT, COUNTY])):
        for campaign in campaigns:
            people.add_user(name, Role.APPROVER, campaign=campaign, actor="bfbot", now=NOW)


def planned() -> Post:
    slot = current_revision(NOW).slots["evening"]
    return post_from_message("joint", slot=slot, occurrence_key=None, moment=EVENING, now=NOW)


def agreed(by: str = THEIRS) -> None:
    other_owners.sign("message:joint", actor=by, now=NOW, said=WORD)


def names(post: Post, moment: datetime = EVENING) -> list[Level]:
    found = check_at_send(posts.get(post.id).deliveries[0], moment)
    return [one.level for one in found if one.rule == "owner-names"]


def test_an_evergreen_post_is_not_planned_until_the_other_organisation_has_signed_it() -> None:
    with pytest.raises(ContentRefused, match="CCN has not signed it off"):
        planned()
    agreed()
    assert planned().state is PostState.IN_REVIEW, "its own organisation has not approved it yet"


def test_approved_for_repeat_it_takes_both_by_two_people() -> None:
    for actor in (OURS, BOTH):
        with pytest.raises(Refused, match="CCN has not signed it off"):
            standing.sign_message("joint", actor=actor, now=NOW, until=LATER, confirmed="They agree.")
    agreed(by=BOTH)
    with pytest.raises(Refused, match="cannot speak for LGA as well"):
        standing.sign_message("joint", actor=BOTH, now=NOW, until=LATER)
    assert standing.sign_message("joint", actor=OURS, now=NOW, until=LATER).signer == OURS
    post = planned()
    assert (post.state, names(post)) == (PostState.APPROVED, [])


def test_taken_back_what_was_planned_under_it_is_held_and_nothing_more_is_planned() -> None:
    agreed()
    standing.sign_message("joint", actor=OURS, now=NOW, until=LATER)
    post = planned()
    other_owners.take_back("message:joint", actor=THEIRS, now=NOW)
    assert names(post) == [Level.HOLD]
    with pytest.raises(ContentRefused, match="CCN has not signed it off"):
        planned()


def test_who_approved_it_for_repeat_does_not_sign_it_off() -> None:
    agreed()
    standing.sign_message("joint", actor=BOTH, now=NOW, until=LATER)
    other_owners.take_back("message:joint", actor=THEIRS, now=NOW)
    with pytest.raises(NotAllowed, match="two people of two organisations"):
        agreed(by=BOTH)


def test_a_change_of_the_evergreen_post_voids_the_sign_off(home: Path) -> None:
    agreed()
    change_file = home / "messages" / "joint.yaml"
    change_file.write_text(
        change_file.read_text(encoding="utf-8").replace("open.", "open late."), encoding="utf-8"
    )
    with pytest.raises(ContentRefused, match="CCN has not signed it off"):
        planned()
    assert waits_for(THEIRS) == ["message:joint"]


def test_a_post_of_it_can_be_signed_by_itself_after_somebody_edited_it() -> None:
    agreed()
    post = planned()
    with pytest.raises(ContentRefused, match="itself is there to take back"):
        other_owners.take_back(f"post:{post.id}", actor=THEIRS, now=NOW)
    models.Post.objects.filter(pk=post.id).update(author="Somebody")  # as an edit leaves it: no longer the files'
    with pytest.raises(Refused, match="CCN has not signed it off"):
        review.approve(post.id, actor=OURS, now=NOW)
    other_owners.sign(f"post:{post.id}", actor=THEIRS, now=NOW, said=WORD)
    assert review.approve(post.id, actor=OURS, now=NOW).state is PostState.APPROVED


def test_what_waits_has_the_evergreen_post_with_its_statistics_sources_and_alt_texts(home: Path) -> None:
    assert waits_for(THEIRS) == ["message:joint"]
    assert waits_for(OURS) == []
    change(home, "Children run over a new wooden bridge", "Children of CCN councils run over a bridge")
    assert waits_for(THEIRS) == ["message:park", "message:joint"]
    agreed()
    assert waits_for(THEIRS) == ["message:park"]


def test_a_release_that_names_the_other_one_waits_for_both(home: Path) -> None:
    standing.sign_feed("news", actor=OURS, now=NOW, until=LATER)
    plain_one = drafted_from_feed("Family hubs stay open")
    assert plain_one.state is PostState.APPROVED
    post = drafted_from_feed("LGA and CCN on family hubs")
    assert post.state is PostState.IN_REVIEW
    assert "CCN has not signed it off" in post.note
    other_owners.sign(f"post:{post.id}", actor=THEIRS, now=NOW, said=WORD)
    assert review.approve(post.id, actor=OURS, now=NOW).state is PostState.APPROVED


def test_in_the_week_s_sitting_it_is_barred_until_it_is_signed() -> None:
    joint, other = in_review(TEXT), in_review("Libraries open early.")
    bars = {one.number: one.bar for one in sitting(now=NOW, person=people.person(OURS)).choices}
    assert bars == {joint.id: Bar.RULE, other.id: Bar.NONE}
    [missing] = [one for one in half(joint, OURS) if one.rule == "owner-names"]
    assert "CCN has not signed it off" in missing.message
    answers = approve_together(seals(OURS), actor=OURS, now=NOW)
    assert {one.post_id: one.approved for one in answers} == {joint.id: False, other.id: True}
    other_owners.sign(f"post:{joint.id}", actor=BOTH, now=NOW, said=WORD)
    assert {name: choice(joint, name).bar for name in (OURS, BOTH)} == {OURS: Bar.NONE, BOTH: Bar.RULE}
    assert "cannot speak for LGA as well" in str(half(joint, BOTH))
    assert [one.approved for one in approve_together(seals(BOTH), actor=BOTH, now=NOW)] == [False]
    assert [one.approved for one in approve_together(seals(OURS), actor=OURS, now=NOW)] == [True]


def test_many_at_once_are_judged_with_their_sign_offs() -> None:
    signed, bare = in_review(TEXT), in_review("CCN councils ask for help early.")
    other_owners.sign(f"post:{signed.id}", actor=THEIRS, now=NOW, said=WORD)
    queue = waiting_posts(NOW)
    found = findings_of_many(queue, queue, revision=current_revision(NOW), now=NOW)
    assert {one: "owner-names" in str(each) for one, each in found.items()} == {signed.id: False, bare.id: True}


def test_the_look_ahead_knows_of_it() -> None:
    post = in_review(TEXT)

    def stops() -> list[str]:
        known = situation(NOW, NOW + timedelta(days=7))
        judge = Judge(known, NOW + timedelta(days=7))
        return [one.rule for one in judge.approve(posts.get(post.id), NOW, (), actor="Somebody", given=None)]

    assert stops() == ["owner-names"]
    other_owners.sign(f"post:{post.id}", actor=THEIRS, now=NOW, said=WORD)
    assert stops() == []


def waits_for(name: str) -> list[str]:
    revision = current_revision(NOW)
    found = waiting_for(people.person(name), open_joints(posts.listing(), revision, NOW), revision)
    return [one.subject for one, _ in found]


def choice(post: Post, name: str) -> Choice:
    return next(one for one in sitting(now=NOW, person=people.person(name)).choices if one.number == post.id)


def half(post: Post, name: str) -> tuple[Finding, ...]:
    return choice(post, name).halves[0].findings


def seals(name: str) -> dict[int, str]:
    found = sitting(now=NOW, person=people.person(name)).choices
    return {number: seal for one in found for number, seal in one.seals.items()}
