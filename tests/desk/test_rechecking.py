"""A statistic changes, expires or is blocked: what waits goes back, what is live is listed with a correction."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bfbot.desk import corrections, review, writing
from bfbot.desk.rechecking import WHY, back_because_of_figures, is_due, recheck
from bfbot.domain.post import Origin, Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, NotAllowed
from bfbot.ledger import audit, models, posts
from bfbot.ledger.waiting_posts import waiting_posts
from bfbot.library import current_revision
from tests.desk.steps import approved, drafted, in_review
from tests.workspace import APPROVER, AUTHOR, NOW, change

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

RISE = "Child protection enquiries rose {fact:rise} over ten years."
LATER = NOW + timedelta(minutes=5)


def published(post: Post) -> Post:
    """As the publisher would leave it."""
    rows = models.Delivery.objects.filter(post_id=post.id)
    rows.update(state=DeliveryState.PUBLISHED, published_at=NOW)
    for row in rows:
        models.Part.objects.create(
            delivery=row, number=0, remote_id="1", url="https://town.example/1", published_at=NOW
        )
    posts.close_settled(NOW)
    return posts.get(post.id)


def test_nothing_changed_and_nothing_is_touched() -> None:
    first, second = approved(RISE), in_review("Read the report.")
    assert recheck(NOW).back == ()
    assert [posts.get(one.id).state for one in (first, second)] == [PostState.APPROVED, PostState.IN_REVIEW]


def test_a_changed_figure_is_written_out_anew_and_waits_for_a_person(home: Path) -> None:
    post = approved(RISE)
    change(home, "value: 139", "value: 141")
    assert recheck(LATER).back == (post.id,)
    now = posts.get(post.id)
    assert now.state is PostState.IN_REVIEW
    assert "141 per cent" in now.text
    assert now.note.startswith(WHY)
    assert "139 per cent" in now.note
    assert back_because_of_figures([now]) == [now]
    assert recheck(LATER).back == (), "told once"
    assert review.approve(post.id, actor=APPROVER, now=LATER).note == ""


def test_a_changed_period_counts_as_a_change(home: Path) -> None:
    post = approved(RISE)
    change(home, "period: 2015/16 to 2025/26", "period: 2014/15 to 2025/26")
    assert recheck(LATER).back == (post.id,)
    assert "2014/15" in posts.get(post.id).text


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("status: usable", "status: blocked", "is blocked"),
        ("status: usable", "status: usable\n    expires: 2026-11-22", "expired on 22 November 2026"),
    ],
)
def test_a_blocked_or_expired_figure_goes_back_with_its_reason(home: Path, old: str, new: str, why: str) -> None:
    post, waiting = approved(RISE), in_review(RISE.replace("over ten years", "since 2015"))
    change(home, old, new)
    assert set(recheck(LATER).back) == {post.id, waiting.id}
    for one in (post, waiting):
        assert posts.get(one.id).state is PostState.IN_REVIEW
        assert why in posts.get(one.id).note
    assert recheck(LATER + timedelta(days=1)).back == (), "told once"
    with pytest.raises(ContentRefused):
        review.approve(post.id, actor=APPROVER, now=LATER)


def test_a_figure_that_expires_before_the_post_s_day_goes_back_today(home: Path) -> None:
    change(home, "status: usable", "status: usable\n    expires: 2026-11-25")
    today, then = approved(RISE), approved(RISE.replace("ten", "10"), at=NOW + timedelta(days=2))
    assert recheck(NOW).back == ()
    models.Post.objects.filter(pk=then.id).update(scheduled_for=NOW + timedelta(days=4))
    models.Delivery.objects.filter(post_id=then.id).update(
        due_at=NOW + timedelta(days=4), closes_at=NOW + timedelta(days=5)
    )
    assert recheck(NOW).back == (then.id,)
    assert posts.get(today.id).state is PostState.APPROVED


def test_a_figure_typed_by_hand_goes_back_too(home: Path) -> None:
    post = review.submit(drafted("Enquiries rose 139 per cent.").id, actor=AUTHOR, now=NOW)
    review.approve(post.id, actor=APPROVER, now=NOW, confirmed="Campaign page, table 2")
    assert recheck(NOW).back == ()
    change(home, "status: usable", "status: blocked")
    assert recheck(LATER).back == (post.id,)


def test_two_posts_that_clash_go_back_both(home: Path) -> None:
    """Each was fair when it was approved; then the library found that both measure one thing."""
    change(
        home,
        "facts:\n",
        "facts:\n  - {id: other, measure: cases opened, value: 120, unit: per cent, qualifier: exact,\n"
        "     period: 2025/26, period_ends: 2026-03-31, as_of: 2026-03-31, status: usable,\n"
        "     owner: LGA, source: {name: Campaign page}}\n",
    )
    one, other = approved(RISE), approved("Cases opened rose {fact:other}.")
    assert recheck(LATER).back == ()
    change(home, "measure: cases opened", "measure: child protection enquiries")
    assert set(recheck(LATER).back) == {one.id, other.id}
    assert f"(posts {other.id} and {one.id})" in posts.get(one.id).note


def test_what_is_on_its_way_is_left_to_the_send(home: Path) -> None:
    post = approved(RISE)
    models.Delivery.objects.filter(post_id=post.id).update(state=DeliveryState.SENDING)
    change(home, "status: usable", "status: blocked")
    assert recheck(LATER).back == ()
    assert posts.get(post.id).state is PostState.APPROVED


def test_it_is_done_once_a_state_of_the_files_and_once_a_day(home: Path) -> None:
    assert is_due(NOW)
    corrections.recheck_all(NOW)
    assert not is_due(LATER)
    assert is_due(NOW + timedelta(days=1))
    change(home, "value: 139", "value: 141")
    current_revision(LATER)
    assert is_due(LATER)


def test_it_reads_in_bulk() -> None:
    for number in range(3):
        approved(f"Enquiries rose {{fact:rise}} in district {number}.")
    with CaptureQueriesContext(
        connection,
    ) as few:
        recheck(NOW)
    for number in range(3, 9):
        approved(f"Enquiries rose {{fact:rise}} in district {number}.")
    with CaptureQueriesContext(connection) as many:
        recheck(NOW)
    assert len(many) <= len(few), "no query a post"
    assert len(waiting_posts(NOW)) == 9


def test_what_is_live_with_an_old_figure_is_listed_with_a_correction(home: Path) -> None:
    post = published(approved(RISE))
    assert corrections.live_errors(NOW) == []
    change(home, "value: 139", "value: 141")
    assert corrections.recheck_all(LATER).live == 1
    assert corrections.notice(LATER) == 0, "on record once"
    (one,) = corrections.noticed(LATER)
    assert (one.post.id, one.old.fact.id, one.correction) == (post.id, "rise", None)
    assert one.text == (
        "Correction to our post of 23 November 2026: the figure for child protection enquiries is out of date. "
        "The current figure is {fact:rise}."
    )
    made = corrections.draft_correction(post.id, "rise", actor=AUTHOR, now=LATER)
    assert (made.origin, made.state, made.author) == (Origin.CORRECTION, PostState.DRAFT, AUTHOR)
    assert made.wording.link == "https://town.example/1"
    assert corrections.draft_correction(post.id, "rise", actor=AUTHOR, now=LATER).id == made.id
    assert corrections.noticed(LATER)[0].correction == made.id
    (entry,) = audit.entries(action="correction drafted")
    assert entry.detail["corrects"] == post.id
    live = review.approve(review.submit(made.id, actor=AUTHOR, now=LATER).id, actor=APPROVER, now=LATER)
    assert "141 per cent" in live.text


def test_a_correction_without_a_new_figure_asks_not_to_share_the_old(home: Path) -> None:
    post = published(approved(RISE))
    change(home, "status: usable", "status: blocked")
    (one,) = corrections.live_errors(LATER)
    assert "is blocked" in one.old.why
    assert "139" not in one.text
    made = corrections.draft_correction(post.id, "rise", actor=AUTHOR, now=LATER)
    assert review.submit(made.id, actor=AUTHOR, now=LATER).state is PostState.IN_REVIEW


def test_a_cancelled_correction_may_be_drafted_again(home: Path) -> None:
    post = published(approved(RISE))
    change(home, "value: 139", "value: 141")
    first = corrections.draft_correction(post.id, "rise", actor=AUTHOR, now=LATER)
    review.withdraw(first.id, actor=AUTHOR, now=LATER)
    assert corrections.draft_correction(post.id, "rise", actor=AUTHOR, now=LATER).id != first.id


def test_only_what_is_live_and_wrong_is_corrected_and_only_by_the_team(home: Path) -> None:
    post = published(approved(RISE))
    with pytest.raises(ContentRefused):
        corrections.draft_correction(post.id, "rise", actor=AUTHOR, now=NOW)
    change(home, "value: 139", "value: 141")
    with pytest.raises(NotAllowed):
        corrections.draft_correction(post.id, "rise", actor="Nobody", now=LATER)
    models.Delivery.objects.filter(post_id=post.id).update(state=DeliveryState.DELETED)
    assert corrections.live_errors(LATER) == []


def test_a_typed_figure_that_is_live_is_found(home: Path) -> None:
    text = Wording("Enquiries rose 139 per cent.")
    post = writing.write(
        campaign="bright", accounts=["practice"], wording=text, at=NOW + timedelta(hours=1), actor=AUTHOR, now=NOW
    )
    review.submit(post.id, actor=AUTHOR, now=NOW)
    published(review.approve(post.id, actor=APPROVER, now=NOW, confirmed="Campaign page"))
    change(home, "status: usable", "status: blocked")
    (one,) = corrections.live_errors(datetime(2026, 11, 24, tzinfo=UTC))
    assert one.old.fact.id == "rise"
