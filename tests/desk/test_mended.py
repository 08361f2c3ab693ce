"""An approver mends a typo, and the author approves that edit: as the approver sent it on, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import product
from pathlib import Path

import pytest
from django.db import transaction

from bfbot.desk import people, rechecking, review, writing
from bfbot.desk.binding import seal_of
from bfbot.desk.judging import Refused, check_at_send
from bfbot.desk.mended import mended_for
from bfbot.domain.message import MediaUse
from bfbot.domain.person import Role
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import BfbotError, NotAllowed
from bfbot.ledger import approvals, posts
from bfbot.media import blobs
from tests.desk.steps import SOON, TEXT, in_review, set_state
from tests.uploads import uploaded
from tests.web.pictures import png
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND, change

pytestmark = pytest.mark.django_db
MENDED = Wording(TEXT.replace("everybody", "everyone"))
LATER = SOON + timedelta(hours=1)
OTHER = "Olu Author"


@pytest.fixture(autouse=True)
def _team(home: Path) -> None:
    people.add_user(OTHER, Role.AUTHOR, actor="tests", now=NOW)


def mended(post: Post | None = None) -> Post:
    """By the author, edited by an approver, and sent on by the same hand."""
    post = post or in_review()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=MENDED)
    return review.submit(post.id, actor=APPROVER, now=NOW)


def may(post: Post, name: str = AUTHOR) -> bool:
    return post.id in mended_for([posts.get(post.id)], name)


def test_the_author_approves_that_edit_and_it_goes_out() -> None:
    post = mended()
    assert may(post)
    done = review.approve(post.id, actor=AUTHOR, now=NOW)
    given = approvals.standing_on(post.id)
    assert given is not None
    assert (given.author, given.approver, given.signature) == (APPROVER, AUTHOR, post.signature)
    assert check_at_send(done.deliveries[0], SOON) == ()


def test_their_own_word_settles_no_claim_of_that_edit() -> None:
    """The rights of an upload, a figure typed by hand: what an author claims takes an approver's word."""
    wording = Wording(TEXT, media=(uploaded(digest=blobs.store(png()).digest, owner="Mine"),))
    post = review.submit(in_review().id, actor=AUTHOR, now=NOW)
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=wording)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=replace(wording, text=MENDED.text))
    review.submit(post.id, actor=APPROVER, now=NOW)
    assert may(post)
    with pytest.raises(Refused, match=r"owner: Mine.* This takes an approver’s own word"):
        review.approve(post.id, actor=AUTHOR, now=NOW, confirmed="It is mine.")
    with pytest.raises(Refused, match="owner: Mine"):
        review.approve(post.id, actor=SECOND, now=NOW)
    done = review.approve(post.id, actor=SECOND, now=NOW, confirmed="I saw the contract.")
    assert done.state is PostState.APPROVED


def test_whoever_mended_it_cannot_approve_it_and_another_approver_can() -> None:
    post = mended()
    with pytest.raises(Refused):
        review.approve(post.id, actor=APPROVER, now=NOW)
    assert review.approve(post.id, actor=SECOND, now=NOW).state is PostState.APPROVED


@pytest.mark.parametrize("edit", [{"at": LATER}, {"wording": Wording(TEXT, media=())}, {}])
def test_only_what_was_edited(edit: dict[str, object]) -> None:
    """An author approves nothing where an approver merely moved it, put the old words back, or sent it on."""
    post = in_review()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, **edit)  # type: ignore[arg-type]  # the names of its arguments
    review.submit(post.id, actor=APPROVER, now=NOW)
    assert posts.get(post.id).author == AUTHOR
    with pytest.raises((Refused, NotAllowed)):
        review.approve(post.id, actor=AUTHOR, now=NOW)


def test_the_time_and_the_accounts_may_be_part_of_the_approvers_edit(home: Path) -> None:
    """What the approver sent on is one thing: the author sees all of it and approves all of it."""
    change(
        home,
        "id: practice-county, platform: rehearsal, campaigns: [county]",
        "id: practice-county, platform: rehearsal, campaigns: [county, bright]",
    )
    post = in_review()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=MENDED, at=LATER, accounts=["practice-county"])
    review.submit(post.id, actor=APPROVER, now=NOW)
    assert may(post)
    assert review.approve(post.id, actor=AUTHOR, now=NOW).scheduled_for == LATER


def _edits_again(post: Post) -> None:
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, wording=Wording("Come and buy."))
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _moves(post: Post) -> None:
    """The words stay the approver's, but the time is the author's own idea."""
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=LATER)
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _moves_and_the_approver_sends(post: Post) -> None:
    writing.rewrite(post.id, actor=AUTHOR, now=NOW, at=LATER)
    review.submit(post.id, actor=APPROVER, now=NOW)


def _sends_it_on_themselves(post: Post) -> None:
    """Written out anew, from whatever the files say by now."""
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _another_author_edits(post: Post) -> None:
    writing.rewrite(post.id, actor=OTHER, now=NOW, wording=Wording(TEXT + " Now."))
    review.submit(post.id, actor=OTHER, now=NOW)


def _the_approver_takes_it_back(post: Post) -> None:
    review.send_back(post.id, actor=APPROVER, now=NOW, reason="On second thoughts, no.")
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _turned_down(post: Post) -> None:
    review.reject(post.id, actor=SECOND, now=NOW, reason="No.")
    review.submit(post.id, actor=AUTHOR, now=NOW)


def _approved_missed_and_moved(post: Post) -> None:
    review.approve(post.id, actor=AUTHOR, now=NOW)
    set_state(post, DeliveryState.MISSED, reason="too_late")
    review.retry(post.id, actor=AUTHOR, now=NOW, at=SOON + timedelta(days=3))


def _editor_is_no_approver_now(post: Post) -> None:
    from bfbot.ledger import models

    models.Membership.objects.filter(user__name=APPROVER).update(role="author")


@pytest.mark.parametrize(
    "after",
    [
        _edits_again,
        _moves,
        _moves_and_the_approver_sends,
        _sends_it_on_themselves,
        _another_author_edits,
        _the_approver_takes_it_back,
        _turned_down,
        _approved_missed_and_moved,
        _editor_is_no_approver_now,
    ],
)
def test_and_only_that(after: Callable[[Post], None]) -> None:
    post = mended()
    assert may(post)
    after(post)
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert not may(post)
    with pytest.raises((Refused, NotAllowed)):
        review.approve(post.id, actor=AUTHOR, now=NOW)
    assert posts.get(post.id).state is PostState.IN_REVIEW


def test_a_draft_that_an_approver_left_unfinished_is_no_edit_to_approve() -> None:
    post = in_review()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=MENDED)
    review.submit(post.id, actor=AUTHOR, now=NOW)
    with pytest.raises(NotAllowed):
        review.approve(post.id, actor=AUTHOR, now=NOW)


def test_a_figure_printed_anew_by_bfbot_is_not_what_the_approver_sent(home: Path) -> None:
    post = in_review("Child protection enquiries rose {fact:rise} over the decade.")
    text = "Over the decade child protection enquiries rose {fact:rise}."
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(text))
    review.submit(post.id, actor=APPROVER, now=NOW)
    assert may(post)
    change(home, "value: 139", "value: 140")
    assert rechecking.recheck(NOW + timedelta(minutes=1)).back == (post.id,)
    assert "140" in posts.get(post.id).text
    assert not may(post)


def test_another_authors_edit_is_no_approvers_edit() -> None:
    post = in_review()
    writing.rewrite(post.id, actor=OTHER, now=NOW, wording=MENDED)
    review.submit(post.id, actor=OTHER, now=NOW)
    assert not may(post)
    with pytest.raises(NotAllowed):
        review.approve(post.id, actor=AUTHOR, now=NOW)


def test_it_is_for_the_author_whose_words_were_mended() -> None:
    """Not for one who wrote it before that, nor for any other."""
    post = in_review(author=OTHER)
    _edits_again(post)
    mended(post)
    assert (may(post, AUTHOR), may(post, OTHER), may(post, "")) == (True, False, False)


def test_an_approver_of_another_campaign_mends_nothing_here() -> None:
    """They may write here, as everybody with that role; that makes them no approver of it."""
    people.add_user("Dora", Role.AUTHOR, actor="tests", now=NOW)
    people.add_user("Dora", Role.APPROVER, actor="tests", now=NOW, campaign="county")
    post = in_review()
    writing.rewrite(post.id, actor="Dora", now=NOW, wording=MENDED)
    review.submit(post.id, actor="Dora", now=NOW)
    assert not may(post)


def test_an_edit_of_the_alt_text_alone_is_one(home: Path) -> None:
    picture = MediaUse("Children run over a new wooden bridge", file="pictures/park.png")
    post = writing.write(
        campaign="bright",
        accounts=[PRACTICE],
        wording=Wording(TEXT, media=(picture,)),
        at=SOON,
        actor=AUTHOR,
        now=NOW,
    )
    review.submit(post.id, actor=AUTHOR, now=NOW)
    before = posts.get(post.id).signature
    better = MediaUse("Children cross a wooden bridge", file="pictures/park.png")
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording(TEXT, media=(better,)))
    after = review.submit(post.id, actor=APPROVER, now=NOW)
    assert (after.author, after.signature != before, may(after)) == (APPROVER, True, True)


Act = Callable[[int, str], object]
ACTS: dict[str, Act] = {
    "reword": lambda post, who: writing.rewrite(post, actor=who, now=NOW, wording=Wording(f"{TEXT} Says {who}.")),
    "move": lambda post, who: writing.rewrite(post, actor=who, now=NOW, at=LATER),
    "send back": lambda post, who: review.send_back(post, actor=who, now=NOW, reason="No."),
    "submit": lambda post, who: review.submit(post, actor=who, now=NOW),
}
FIRST = [None, *product(["reword", "move"], [AUTHOR, APPROVER]), ("move", OTHER), ("send back", APPROVER)]
THEN = [None, ("submit", AUTHOR), ("submit", APPROVER)]


def test_in_whatever_order_an_author_approves_only_what_an_approver_sent_on() -> None:
    """Told from what happened, and not from the record: the last step before it was an approver's own sending."""
    allowed = []
    for steps in product(FIRST, THEN):
        with transaction.atomic():
            post = mended()
            sent_on = seal_of(post)  # as an approver sent their own edit on; "" once anything has happened since
            edited_by = APPROVER
            for name, who in filter(None, steps):
                with suppress(BfbotError):
                    ACTS[name](post.id, who)
                    edited_by = edited_by if name == "submit" else who
                    after = posts.get(post.id)
                    own = name == "submit" and who == APPROVER == after.author == edited_by
                    sent_on = seal_of(after) if own else ""
            with suppress(BfbotError):
                review.approve(post.id, actor=AUTHOR, now=NOW)
            now = posts.get(post.id)
            if now.state is PostState.APPROVED:
                assert sent_on == seal_of(now) != "", steps
                allowed.append(steps)
            transaction.set_rollback(True)
    sent = ("submit", APPROVER)
    assert allowed == [(None, None), (None, sent), (("reword", APPROVER), sent), (("move", APPROVER), sent)]
