"""Approved for repeat: it covers what was signed, and nothing else, until its last day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, standing, writing
from bfbot.desk.automatic import post_from_message
from bfbot.desk.judging import Refused, check_at_send
from bfbot.domain.post import Post, Wording
from bfbot.domain.schedule import Slot
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import NotAllowed, UsageError
from bfbot.ledger import approvals, audit, models, posts
from bfbot.library import current_revision
from tests.desk.steps import drafted_from_feed, set_state
from tests.workspace import APPROVER, AUTHOR, NOW, PRACTICE, SECOND, change, picture

pytestmark = pytest.mark.django_db
LATER = date(2026, 12, 31)
EVENING = datetime(2026, 11, 24, 18, 0, tzinfo=NOW.tzinfo)


def _planned(message: str = "park") -> Post:
    slot = current_revision(NOW).slots["evening"]
    return post_from_message(message, slot=slot, occurrence_key=None, moment=EVENING, now=NOW)


def _signed(message: str = "park", until: date = LATER) -> Post:
    standing.sign_message(message, actor=APPROVER, now=NOW, until=until)
    return _planned(message)


def test_without_a_signature_a_person_is_asked(home: Path) -> None:
    assert _planned().state is PostState.IN_REVIEW


def test_a_signed_post_is_approved_by_its_signer(home: Path) -> None:
    post = _signed()
    given = approvals.standing_on(post.id)
    assert post.state is PostState.APPROVED
    assert given is not None
    assert (given.author, given.approver, given.standing is None) == ("planner", APPROVER, False)
    assert check_at_send(post.deliveries[0], EVENING) == ()
    assert standing.take_back(NOW) == 0


def _text(home: Path) -> None:
    change(home, "opens on Saturday", "opens on Sunday")


def _alt(home: Path) -> None:
    change(home, "a new wooden bridge", "an old bridge")


def _bytes(home: Path) -> None:
    picture(home, "crimson")


def _focal(home: Path) -> None:
    change(home, "file: pictures/park.png, people", "file: pictures/park.png, focal: [0.5, 0.2], people")


def _hashtag(home: Path) -> None:
    change(home, "GettingTheBest", "StillTheBest")


def _gone(home: Path) -> None:
    change(home, "id: park\n", "id: garden\n")


def _role(home: Path) -> None:
    models.Membership.objects.filter(user__name=APPROVER).update(role="author")


@pytest.mark.parametrize("happens", [_text, _alt, _bytes, _focal, _hashtag, _gone, _role])
def test_a_change_holds_what_waits_and_asks_a_person(home: Path, happens: Callable[[Path], None]) -> None:
    post = _signed()
    set_state(post, DeliveryState.DUE)
    happens(home)
    found = check_at_send(posts.get(post.id).deliveries[0], EVENING)
    assert "Approved for repeat no more" in str(found[0])
    assert standing.take_back(NOW) == 1
    back = posts.get(post.id)
    assert back.state is PostState.IN_REVIEW
    assert back.deliveries[0].state is DeliveryState.PLANNED
    assert approvals.standing_on(post.id) is None
    assert back.note.startswith("Approved for repeat no more")
    assert standing.in_force(NOW) == []
    assert audit.entries("message:park", "lapsed")
    assert standing.take_back(NOW) == 0


def test_what_comes_back_is_the_text_as_it_is_now(home: Path) -> None:
    post = _signed()
    _text(home)
    standing.take_back(NOW)
    back = posts.get(post.id)
    assert "opens on Sunday" in back.text
    assert review.approve(post.id, actor=SECOND, now=NOW).state is PostState.APPROVED
    assert check_at_send(posts.get(post.id).deliveries[0], EVENING) == ()


def test_a_corrected_figure_ends_it(home: Path) -> None:
    post = _signed("ten-years")
    change(home, "value: 139", "value: 141")
    assert standing.take_back(NOW) == 1
    assert "141 per cent" in posts.get(post.id).text


def test_it_ends_after_its_last_day_on_the_campaigns_clock(home: Path) -> None:
    post = _signed(until=EVENING.date())
    assert check_at_send(post.deliveries[0], EVENING) == ()
    other = _signed("doors", until=EVENING.date() - timedelta(days=1))
    assert "it ended on 23 November 2026" in str(check_at_send(other.deliveries[0], EVENING)[0])


def test_a_renewal_keeps_what_waits(home: Path) -> None:
    post = _signed()
    standing.sign_message("park", actor=SECOND, now=NOW, until=LATER + timedelta(days=30))
    assert standing.take_back(NOW) == 0
    assert check_at_send(post.deliveries[0], EVENING) == ()
    assert len(standing.in_force(NOW)) == 1


def test_a_person_who_edits_a_signed_post_needs_another(home: Path) -> None:
    post = _signed()
    writing.rewrite(post.id, actor=APPROVER, now=NOW, wording=Wording("My own words about the playground."))
    review.submit(post.id, actor=APPROVER, now=NOW)
    with pytest.raises(Refused):
        review.approve(post.id, actor=APPROVER, now=NOW)
    assert standing.take_back(NOW) == 0


def test_another_account_is_not_covered(home: Path) -> None:
    standing.sign_message("park", actor=APPROVER, now=NOW, until=LATER)
    change(home, "rehearsal, campaigns: [county]", "rehearsal, campaigns: [county, bright]")
    slot = Slot(
        id="new",
        campaign="bright",
        days=frozenset(range(7)),
        at=time(18),
        kinds=frozenset({"action"}),
        accounts=("practice-county",),
        window=timedelta(hours=2),
    )
    post = post_from_message("park", slot=slot, occurrence_key=None, moment=EVENING, now=NOW)
    assert post.state is PostState.IN_REVIEW


def test_signing_takes_an_approver_and_a_day_to_come(home: Path) -> None:
    with pytest.raises(NotAllowed):
        standing.sign_message("park", actor=AUTHOR, now=NOW, until=LATER)
    with pytest.raises(UsageError):
        standing.sign_message("park", actor=APPROVER, now=NOW, until=NOW.date() - timedelta(days=1))
    with pytest.raises(UsageError):
        standing.sign_message("nobody", actor=APPROVER, now=NOW, until=LATER)


def test_a_post_for_later_days_is_signed_ahead_and_one_of_the_past_is_not(home: Path) -> None:
    change(
        home, "rest_days: 3\n  - {id: villages", "rest_days: 3\n    valid: {from: 2026-12-20}\n  - {id: villages"
    )
    assert standing.sign_message("park", actor=APPROVER, now=NOW, until=LATER).signer == APPROVER
    change(home, "valid: {from: 2026-12-20}", "valid: {until: 2026-11-01}")
    with pytest.raises(Refused):
        standing.sign_message("park", actor=APPROVER, now=NOW, until=LATER)


def test_a_signed_feed_posts_after_its_cancel_window(home: Path) -> None:
    standing.sign_feed("news", actor=APPROVER, now=NOW, until=LATER)
    post = drafted_from_feed("Councils open new family hubs")
    assert (post.state, post.scheduled_for) == (PostState.APPROVED, NOW + timedelta(minutes=15))
    assert post.author == "feed:news"


def test_a_feeds_figures_are_confirmed_by_nobody_beforehand(home: Path) -> None:
    change(home, "period_ends: 2026-03-31", "period_ends: 2020-03-31")
    change(home, "{title} {link}", "{title}. Enquiries rose {fact:rise}. {link}")
    standing.sign_feed("news", actor=APPROVER, now=NOW, until=LATER, confirmed="All fine.")
    post = drafted_from_feed("Councils open new family hubs")
    assert post.state is PostState.IN_REVIEW
    assert "more than two years ago" in post.note


def test_an_old_figure_is_signed_with_words_that_go_on_record(home: Path) -> None:
    change(home, "period_ends: 2026-03-31", "period_ends: 2020-03-31")
    with pytest.raises(Refused):
        standing.sign_message("ten-years", actor=APPROVER, now=NOW, until=LATER)
    standing.sign_message("ten-years", actor=APPROVER, now=NOW, until=LATER, confirmed="No later one is out.")
    post = _planned("ten-years")
    given = approvals.standing_on(post.id)
    assert given is not None
    assert given.confirmed == "No later one is out."
    assert check_at_send(post.deliveries[0], EVENING) == ()


def test_a_changed_template_ends_a_feeds_signature(home: Path) -> None:
    standing.sign_feed("news", actor=APPROVER, now=NOW, until=LATER)
    post = drafted_from_feed("Councils open new family hubs")
    change(home, "New from {owner}", "Fresh from {owner}")
    assert standing.take_back(NOW) == 1
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert posts.get(post.id).deliveries[0].account == PRACTICE
