"""A claim that arises after the approval is not settled by the word given with it: the post is held."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, standing, writing
from bfbot.desk.automatic import post_from_message
from bfbot.desk.judging import check_at_send
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.ledger import approvals, models, posts
from bfbot.library import current_revision
from tests.desk.steps import SOON, in_review
from tests.desk.test_claims import CLAIM, WORD, new_clash
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db
EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=NOW.tzinfo)


def approved(text: str = CLAIM, word: str = WORD) -> Post:
    return review.approve(in_review(text).id, actor=APPROVER, now=NOW, confirmed=word)


def at_send(post: Post, moment: datetime = SOON) -> list[str]:
    return [one.message for one in check_at_send(posts.get(post.id).deliveries[0], moment)]


def test_the_approval_keeps_what_its_word_is_for(home: Path) -> None:
    post, other = approved(), approved("Family hubs are open.", "")
    given, plain_one = approvals.standing_on(post.id), approvals.standing_on(other.id)
    assert given is not None
    assert plain_one is not None
    assert (len(given.settled or ()), plain_one.settled) == (1, ())
    assert (at_send(post), at_send(other)) == ([], [])


@pytest.mark.parametrize(("text", "word"), [(CLAIM, WORD), ("Family hubs are open.", "")])
def test_what_arises_later_holds_the_post_whatever_was_written_before(home: Path, text: str, word: str) -> None:
    post = approved(text, word)
    new_clash(home)
    [held] = at_send(post)
    assert held.startswith("New since it was approved: 23 November 2026 belongs to Their week")
    [found] = check_at_send(posts.get(post.id).deliveries[0], SOON)
    assert found.mend.endswith("For that somebody sends the post back and has it approved anew.")
    review.send_back(post.id, actor=APPROVER, now=NOW, reason="Their week.")
    review.submit(post.id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="Agreed with their team.")
    assert at_send(post) == []


def test_a_picture_that_shows_people_since_is_a_claim_of_its_own(home: Path) -> None:
    """The file is the same, so what is stored still is what was approved."""
    from bfbot.domain.message import MediaUse

    media = (MediaUse(alt="Children run over a new wooden bridge", file="pictures/park.png"),)
    post = writing.write(
        campaign=BRIGHT,
        accounts=[PRACTICE],
        wording=Wording(CLAIM, media=media),
        at=SOON,
        actor=AUTHOR,
        now=NOW,
    )
    review.submit(post.id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed=WORD)
    assert at_send(post) == []
    change(home, "file: pictures/park.png, people: none", "file: pictures/park.png, people: adults")
    assert any(one.startswith("New since it was approved: The picture “park” shows") for one in at_send(post))


def test_an_approval_from_before_claims_were_kept_still_settles_every_claim(home: Path) -> None:
    post = approved()
    models.Approval.objects.update(settled=None)
    assert at_send(post) == []
    new_clash(home)
    assert at_send(post) == []


def test_what_is_vouched_for_rests_on_the_word_for_these_claims(home: Path) -> None:
    post = approved()
    assert posts.get(post.id).deliveries[0].vouched
    models.Approval.objects.update(settled=["0" * 12])
    assert [one for one in at_send(post) if "12 per cent" in one], "its own claim is nobody's any more"


def test_a_word_for_an_evergreen_post_is_for_what_stood_there_when_it_was_signed(home: Path) -> None:
    change(home, "period_ends: 2026-03-31", "period_ends: 2024-03-31")
    standing.sign_message("ten-years", actor=APPROVER, now=NOW, until=date(2026, 12, 31), confirmed="The latest.")
    first = planned()
    given = approvals.standing_on(first.id)
    assert given is not None
    assert (first.state, len(given.settled or ())) == (PostState.APPROVED, 1)
    assert at_send(first, EVENING) == []
    line = "{id: other, name: Their week, campaigns: [bright], from: 2026-11-23, until: 2026-11-29}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")
    [held] = at_send(first, EVENING)
    assert "24 November 2026 belongs to Their week" in held
    models.Post.objects.filter(pk=first.id).update(state=PostState.WITHDRAWN)
    models.Approval.objects.update(voided_at=NOW)
    second = planned()
    assert second.state is PostState.IN_REVIEW, "a person is asked about the new claim"
    assert "Their week" in second.note


def planned() -> Post:
    slot = current_revision(NOW).slots["evening"]
    return post_from_message("ten-years", slot=slot, occurrence_key=None, moment=EVENING, now=NOW)


def declare(home: Path, *lines: str) -> None:
    given = "\n".join(f"  - {{{one}}}" for one in lines)
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n{given}\n", encoding="utf-8")


def test_a_day_of_theirs_that_was_answered_for_stays_so_when_the_post_slips_past_midnight(home: Path) -> None:
    theirs = "id: other, name: Their week, campaigns: [bright], from: 2026-11-23, until: 2026-11-29"
    declare(home, theirs)
    evening = NOW.replace(hour=23, minute=40)
    waiting = in_review("Family hubs are open.", at=evening, window=timedelta(hours=8))
    post = review.approve(waiting.id, actor=APPROVER, now=NOW, confirmed="Agreed with their team.")
    late = evening + timedelta(minutes=40)
    assert late.date() > evening.date()
    assert at_send(post, late) == []
    declare(home, theirs, "id: day, name: Their day, campaigns: [bright], from: 2026-11-24, until: 2026-11-24")
    [held] = at_send(post, late)
    assert held.startswith("New since it was approved: 24 November 2026 belongs to Their day")
    declare(home, theirs.replace("2026-11-29", "2026-12-06"))
    [held] = at_send(post, late)
    assert "Their week (23 November 2026 to 6 December 2026)" in held, "other days than they were shown"
