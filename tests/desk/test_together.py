"""Many approved in one sitting: each by itself, bound to its own hash and its own day, and only what was shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import OperationalError

from bfbot.desk import pairs, people, review, together, writing
from bfbot.desk.binding import seal_of
from bfbot.desk.judging import check_at_send
from bfbot.desk.sitting import sitting
from bfbot.desk.together import Answer, approve_together
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused
from bfbot.ledger import approvals, audit, posts
from bfbot.planning.plan import plan_ahead
from tests.desk.steps import SOON, TEXT, at_once, drafted, in_review
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, SECOND, change

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
OTHER = "Libraries open early in the holidays."
CLAIM = "About 12 per cent of families wait for longer than they should."


def shown() -> dict[int, str]:
    """All of the week, as it is laid before an approver."""
    found = sitting(now=NOW, person=people.person(APPROVER))
    return {post: seal for one in found.choices for post, seal in one.seals.items()}


def approve(chosen: dict[int, str], actor: str = APPROVER, **more: object) -> dict[int, Answer]:
    answers = approve_together(chosen, actor=actor, now=NOW, **more)  # type: ignore[arg-type]  # the names of its arguments
    return {one.post_id: one for one in answers}


def test_a_week_is_approved_each_under_its_own_hash_for_its_own_day(home: Path) -> None:
    plan_ahead(NOW)
    chosen = shown()
    assert len(chosen) >= 10
    answers = approve(chosen)
    assert list(answers) == list(chosen)
    assert all(one.approved for one in answers.values()), [one for one in answers.values() if one.why]
    given = {one: approvals.standing_on(one) for one in chosen}
    for one, approval in given.items():
        post = posts.get(one)
        assert approval is not None
        assert (post.state, approval.approver) == (PostState.APPROVED, APPROVER)
        assert approval.signature == post.signature
        assert approval.covers(post.signature, post.scheduled_for)
        assert not approval.covers(post.signature, post.scheduled_for + DAY)
        assert not approval.covers(post.signature, post.scheduled_for - DAY)
        assert len(audit.entries(f"post:{one}", "approved")) == 1
    assert len({one.signature for one in given.values() if one}) > 1
    assert shown() == {}


def test_what_was_not_shown_is_not_approved(home: Path) -> None:
    post, unseen = in_review(), in_review(OTHER)
    chosen = shown()
    del chosen[unseen.id]
    approve(chosen)
    assert (posts.get(post.id).state, posts.get(unseen.id).state) == (PostState.APPROVED, PostState.IN_REVIEW)


def _edited(post: Post) -> None:
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Come and buy."))
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _moved(post: Post) -> None:
    """The same words, bound to the same hash, on a day that nobody was shown."""
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=post.scheduled_for + DAY)
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _still_a_draft(post: Post) -> None:
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Come and buy."))


def _approved(post: Post) -> None:
    review.approve(post.id, actor=SECOND, now=NOW)


def _cancelled(post: Post) -> None:
    review.withdraw(post.id, actor=AUTHOR, now=NOW)


@pytest.mark.parametrize(
    ("meanwhile", "why"),
    [
        (_edited, "no longer what was shown"),
        (_moved, "no longer what was shown"),
        (_still_a_draft, "is draft"),
        (_approved, f"approved already, by {SECOND}"),
        (_cancelled, "is withdrawn"),
    ],
)
def test_one_that_changed_meanwhile_is_refused_alone(
    home: Path, meanwhile: Callable[[Post], None], why: str
) -> None:
    first, changed, last = in_review(), in_review(OTHER, at=SOON + DAY), in_review("Buses run.", at=SOON + 2 * DAY)
    chosen = shown()
    meanwhile(changed)
    before = posts.get(changed.id)
    answers = approve(chosen)
    assert [one.approved for one in answers.values()] == [True, False, True]
    assert why in answers[changed.id].why
    assert posts.get(changed.id) == before
    assert {posts.get(one.id).state for one in (first, last)} == {PostState.APPROVED}


def test_written_out_anew_with_another_figure_it_is_not_what_was_shown(home: Path) -> None:
    post = in_review("Child protection enquiries rose {fact:rise} over the decade.")
    chosen = shown()
    change(home, "value: 139", "value: 140")
    review.submit(post.id, actor=AUTHOR, now=NOW)
    assert "no longer what was shown" in approve(chosen)[post.id].why


def test_one_s_own_and_what_a_rule_stops_are_refused_alone(home: Path) -> None:
    good, own, claim = in_review(), in_review(OTHER, author=APPROVER), in_review(CLAIM)
    answers = approve(shown())
    assert {one: each.approved for one, each in answers.items()} == {good.id: True, own.id: False, claim.id: False}
    assert [one.rule for one in answers[own.id].findings] == ["author-approver"]
    assert "12 per cent" in answers[claim.id].why
    assert approve(shown(), confirmed={own.id: "The words of another post."})[claim.id].approved is False
    assert approve(shown(), confirmed={claim.id: "The council's survey, table 4."})[claim.id].approved
    given = approvals.standing_on(claim.id)
    assert given is not None
    assert given.confirmed == "The council's survey, table 4."


def test_an_author_approves_only_what_was_mended_of_theirs(home: Path) -> None:
    mine, other = in_review(), in_review(OTHER, author=SECOND)
    writing.rewrite(mine.id, actor=APPROVER, now=NOW, wording=Wording(TEXT + " Today."))
    review.submit(mine.id, actor=APPROVER, now=NOW)
    answers = approve(shown(), actor=AUTHOR)
    assert {one: each.approved for one, each in answers.items()} == {mine.id: True, other.id: False}
    assert "takes the role approver" in answers[other.id].why


def paired(second: str = "Mae hybiau teulu ar agor i bawb y gaeaf hwn.") -> tuple[Post, Post]:
    english = drafted()
    welsh = writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording(second, language="cy"),
        at=SOON,
        actor=AUTHOR,
        now=NOW,
    )
    pairs.pair(english.id, welsh.id, actor=AUTHOR, now=NOW)
    return tuple(review.submit(one.id, actor=AUTHOR, now=NOW) for one in (english, welsh))  # type: ignore[return-value]  # two in, two out


def test_two_languages_go_together_and_are_both_told(home: Path) -> None:
    english, welsh = paired()
    answers = approve(shown())
    assert {one: each.approved for one, each in answers.items()} == {english.id: True, welsh.id: True}
    assert len(audit.entries(f"post:{welsh.id}", "approved")) == 1


def test_one_half_alone_is_not_approved_for_the_other_was_not_shown(home: Path) -> None:
    english, welsh = paired()
    chosen = {english.id: shown()[english.id]}
    answers = approve(chosen)
    assert "was not shown with it" in answers[english.id].why
    assert {posts.get(one.id).state for one in (english, welsh)} == {PostState.IN_REVIEW}


def test_a_half_that_changed_keeps_both_back(home: Path) -> None:
    english, welsh = paired()
    chosen = shown()
    writing.rewrite(welsh.id, actor=AUTHOR, now=NOW, wording=Wording("Dewch i brynu.", language="cy"))
    review.submit(welsh.id, actor=AUTHOR, now=NOW)
    answers = approve(chosen)
    assert {each.approved for each in answers.values()} == {False}
    assert {posts.get(one.id).state for one in (english, welsh)} == {PostState.IN_REVIEW}


def test_the_words_on_a_claim_count_for_both_halves(home: Path) -> None:
    english, welsh = paired(CLAIM)
    assert not any(each.approved for each in approve(shown()).values())
    answers = approve(shown(), confirmed={welsh.id: "Asked the author of the study."})
    assert {one: each.approved for one, each in answers.items()} == {english.id: True, welsh.id: True}


def test_pressing_twice_approves_once(home: Path) -> None:
    post = in_review()
    chosen = shown()
    assert approve(chosen)[post.id] == approve(chosen)[post.id] == Answer(post.id, True)
    assert len(audit.entries(f"post:{post.id}", "approved")) == 1


@pytest.mark.parametrize("seal", ["", "0" * 64])
def test_a_seal_that_was_never_shown_approves_nothing(home: Path, seal: str) -> None:
    post, draft = in_review(), drafted(OTHER)
    answers = approve({post.id: seal, draft.id: seal_of(draft), 99_999: seal})
    assert not any(each.approved for each in answers.values())
    assert "There is no post 99999" in answers[99_999].why
    assert posts.get(post.id).state is PostState.IN_REVIEW


def test_a_database_that_takes_one_of_them_not_loses_no_answer(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = in_review(), in_review(OTHER)
    chosen = shown()

    def busy(post_id: int, **more: object) -> Post:
        if post_id == first.id:
            raise OperationalError("database is locked")
        return review.approve(post_id, **more)  # type: ignore[arg-type]  # as it was called

    monkeypatch.setattr(together, "approve", busy)
    answers = approve(chosen)
    assert [one.approved for one in answers.values()] == [False, True]
    assert "did not take it" in answers[first.id].why
    assert posts.get(second.id).state is PostState.APPROVED


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_once_approve_each_post_once(transactional_db: None, home: Path) -> None:
    made = [in_review(f"Hall number {one} is warm.", at=SOON + one * DAY) for one in range(3)]
    chosen = shown()
    found: dict[str, dict[int, Answer]] = {}

    def sits(name: str) -> Callable[[], None]:
        return lambda: found.update({name: approve(chosen, actor=name)})

    assert at_once(sits(APPROVER), sits(SECOND)) == []
    for one in made:
        assert sorted(found[name][one.id].approved for name in (APPROVER, SECOND)) == [False, True]
        assert len(audit.entries(f"post:{one.id}", "approved")) == 1


def test_a_single_approval_may_name_what_was_shown_too(home: Path) -> None:
    post = in_review()
    with pytest.raises(ContentRefused, match="no longer what was shown"):
        review.approve(post.id, actor=APPROVER, now=NOW, seen={post.id: "0" * 64})
    assert review.approve(post.id, actor=APPROVER, now=NOW, seen={post.id: seal_of(post)}).state == "approved"


def test_an_approval_given_late_at_night_is_for_the_day_that_was_shown(home: Path) -> None:
    post = in_review(at=datetime(2026, 11, 28, 23, 45, tzinfo=NOW.tzinfo))
    approve(shown())
    done = posts.get(post.id)
    assert check_at_send(done.deliveries[0], done.scheduled_for) == ()
    found = check_at_send(done.deliveries[0], done.scheduled_for + timedelta(hours=2, minutes=5))
    assert "approval" in {one.rule for one in found}
