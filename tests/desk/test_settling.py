"""A post that may be live: a person says what became of it, part by part, or gives up; nothing goes out twice."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, settling, writing
from bfbot.desk.in_doubt import in_doubt
from bfbot.domain.post import Delivery, Post
from bfbot.domain.sending import Action, Outcome
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError, ContentRefused, IllegalMove, NotAllowed, UsageError
from bfbot.ledger import audit, deliveries, doubts, models, posts
from bfbot.ledger.claims import keep_part
from bfbot.library import current_revision
from tests.desk.steps import SOON, approved
from tests.workspace import APPROVER, AUTHOR, NOW, SECOND

pytestmark = pytest.mark.usefixtures("home")
THREAD = "A first part on family hubs.\n---\nA second part on them.\n---\nA third part on them."
IN_TIME, TOO_LATE = SOON + timedelta(minutes=5), SOON + timedelta(hours=5)


def in_doubt_since(post: Post, part: int = 0, *, at: datetime = SOON) -> Delivery:
    """As the publisher leaves it when a request for that part got no answer; those before it are live."""
    (delivery,) = post.deliveries
    for before in range(part):
        keep_part(delivery.id, before, str(before + 1), f"/practice/{before + 1}", at)
    models.Attempt.objects.create(
        delivery_id=delivery.id,
        part=part,
        started_at=at,
        worker="w",
        action=Action.PUBLISH,
        outcome=Outcome.UNKNOWN,
    )
    models.Delivery.objects.filter(pk=delivery.id).update(state=DeliveryState.UNKNOWN, attempts=1)
    return deliveries.get(delivery.id)


def outcomes(delivery: Delivery) -> list[Outcome]:
    return [one.outcome for one in doubts.tries(delivery.id)]


def test_it_is_live_and_its_link_gives_the_network_s_own_id() -> None:
    post = approved()
    delivery = in_doubt_since(post)
    live = settling.settle(
        delivery.id, actor=APPROVER, now=TOO_LATE, live_url="http://127.0.0.1:8000/practice/77?from=mail"
    )
    assert (live.state, live.remote_id, live.published_at) == (DeliveryState.PUBLISHED, "77", SOON)
    assert outcomes(live) == [Outcome.SETTLED]
    assert posts.get(post.id).state == "closed"
    assert audit.entries(f"post:{post.id}", "settled")[0].detail["live"].endswith("/practice/77?from=mail")


@pytest.mark.parametrize(
    ("link", "kind", "says"),
    [
        ("nothing", UsageError, "is not a link"),
        ("javascript:alert(1)", UsageError, "is not a link"),
        ("https://[", UsageError, "is not a link"),
        ("https://x.com/desk/status/1", UsageError, "is not the address of a post that practice made"),
        ("/practice/", UsageError, "is not the address"),
        ("/practice/5", ContentRefused, "on record already"),
    ],
)
def test_a_link_that_cannot_be_this_post_is_refused(link: str, kind: type[BfbotError], says: str) -> None:
    other = in_doubt_since(approved("Somebody else's words on foster care."))
    settling.settle(other.id, actor=APPROVER, now=IN_TIME, live_url="/practice/5")
    delivery = in_doubt_since(approved())
    with pytest.raises(kind, match=says):
        settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, live_url=link)
    assert deliveries.get(delivery.id).state is DeliveryState.UNKNOWN


def test_not_live_goes_out_again_within_its_window_and_is_missed_after_it() -> None:
    in_time = in_doubt_since(approved())
    again = settling.settle(in_time.id, actor=APPROVER, now=IN_TIME, gone=True)
    assert (again.state, again.error, outcomes(again)) == (DeliveryState.DUE, "", [Outcome.SETTLED])
    late = in_doubt_since(approved("Other words on foster care."))
    missed = settling.settle(late.id, actor=APPROVER, now=TOO_LATE, gone=True)
    assert (missed.state, missed.reason) == (DeliveryState.MISSED, "too_late")
    assert "its time is over" in missed.error
    assert review.retry(missed.post_id, actor=AUTHOR, now=TOO_LATE).deliveries[0].state is DeliveryState.PLANNED


def test_not_live_of_a_cancelled_post_sends_nothing() -> None:
    delivery = in_doubt_since(approved())
    models.Post.objects.filter(pk=delivery.post_id).update(state="withdrawn")
    assert settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, gone=True).state is DeliveryState.FAILED


def test_given_up_keeps_the_doubt_and_sends_nothing_whatever_is_pressed() -> None:
    delivery = in_doubt_since(approved())
    gone = settling.settle(delivery.id, actor=SECOND, now=IN_TIME, given_up=True, reason="The account is closed.")
    assert (gone.state, gone.reason, gone.in_doubt) == (DeliveryState.FAILED, "given_up", True)
    assert "Given up: it may be live" in gone.error
    assert "The account is closed." in gone.error
    assert outcomes(gone) == [Outcome.UNKNOWN], "nobody knows what came of the request"
    (entry,) = audit.entries(f"post:{delivery.post_id}", "given up")
    assert (entry.actor, entry.detail["reason"]) == (SECOND, "The account is closed.")
    assert posts.get(delivery.post_id).state == "closed", "nobody has to decide anything any more"
    for act in (
        lambda: review.retry(delivery.post_id, actor=AUTHOR, now=IN_TIME),
        lambda: review.withdraw(delivery.post_id, actor=AUTHOR, now=IN_TIME),
        lambda: writing.rewrite(delivery.post_id, actor=AUTHOR, now=IN_TIME, at=IN_TIME),
        lambda: settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, given_up=True),
        lambda: deliveries.redate(deliveries.get(delivery.id), IN_TIME, TOO_LATE),
        lambda: deliveries.move(deliveries.get(delivery.id), DeliveryState.WITHDRAWN),
    ):
        with pytest.raises((ContentRefused, IllegalMove)):
            act()
    assert deliveries.get(delivery.id) == gone


def test_what_was_given_up_is_not_tried_again_before_somebody_says_whether_it_is_live() -> None:
    """Its post is still open, because it goes to another account too."""
    delivery = in_doubt_since(approved())
    deliveries.add(delivery.post_id, "practice-county", "rehearsal", SOON, TOO_LATE)
    settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, given_up=True)
    assert posts.get(delivery.post_id).state == "approved"
    with pytest.raises(ContentRefused) as refused:
        review.retry(delivery.post_id, actor=AUTHOR, now=IN_TIME)
    assert refused.value.mend == "Say first whether it is live."
    said = settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, gone=True)
    assert (said.state, said.reason, said.in_doubt) == (DeliveryState.FAILED, "not_live", False), "not by itself"
    again = review.retry(delivery.post_id, actor=AUTHOR, now=IN_TIME)
    assert again.deliveries[0].state is DeliveryState.PLANNED


def test_what_was_given_up_may_turn_out_to_be_live() -> None:
    delivery = in_doubt_since(approved())
    settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, given_up=True)
    live = settling.settle(delivery.id, actor=APPROVER, now=TOO_LATE, live_url="/practice/3")
    assert (live.state, live.remote_id, live.error) == (DeliveryState.PUBLISHED, "3", "")


def test_a_thread_is_settled_part_by_part_and_goes_on() -> None:
    delivery = in_doubt_since(approved(THREAD), 1)
    told = in_doubt(delivery, posts.get(delivery.post_id), current_revision(NOW), IN_TIME)
    assert [(one.number, one.word) for one in told.parts] == [(1, "live"), (2, "in doubt"), (3, "not sent")]
    assert told.asked is not None
    assert (told.asked.number, told.asked.text) == (2, "A second part on them.")
    with pytest.raises(UsageError, match="say which one") as unsaid:
        settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, live_url="/practice/9")
    assert "--part 2" in unsaid.value.mend
    with pytest.raises(ContentRefused, match="Part 3 is not the one"):
        settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, live_url="/practice/9", part=2)
    more = settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, live_url="/practice/9", part=1)
    assert (more.state, [one.remote_id for one in more.parts]) == (DeliveryState.DUE, ["1", "9"])


def test_a_part_that_is_live_too_late_for_the_rest_says_which_parts_stay() -> None:
    delivery = in_doubt_since(approved(THREAD), 1)
    late = settling.settle(delivery.id, actor=APPROVER, now=TOO_LATE, live_url="/practice/9", part=1)
    assert late.state is DeliveryState.MISSED
    assert "2 of 3 parts are live." in late.error
    assert "part 1: /practice/1; part 2: /practice/9" in late.error


def test_a_part_that_is_not_live_goes_out_with_the_rest() -> None:
    delivery = in_doubt_since(approved(THREAD), 1)
    again = settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, gone=True, part=1)
    assert (again.state, len(again.parts)) == (DeliveryState.DUE, 1)


def test_giving_up_a_thread_says_which_parts_stay_live() -> None:
    delivery = in_doubt_since(approved(THREAD), 2)
    gone = settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, given_up=True, part=2)
    assert "2 of 3 parts are live. They stay: part 1: /practice/1; part 2: /practice/2" in gone.error
    (entry,) = audit.entries(f"post:{delivery.post_id}", "given up")
    assert entry.detail["live_parts"] == ["part 1: /practice/1", "part 2: /practice/2"]


def test_a_whole_thread_in_doubt_is_asked_for_part_by_part() -> None:
    """As after a restore: each of its parts may have gone out since the backup."""
    delivery = in_doubt_since(approved(THREAD))
    for part in (1, 2):
        models.Attempt.objects.create(
            delivery_id=delivery.id,
            part=part,
            started_at=SOON,
            worker="w",
            action=Action.PUBLISH,
            outcome=Outcome.INTERRUPTED,
        )
    for part in range(3):
        assert delivery.state is DeliveryState.UNKNOWN
        delivery = settling.settle(
            delivery.id, actor=APPROVER, now=IN_TIME, live_url=f"/practice/{part + 20}", part=part
        )
    assert (delivery.state, delivery.remote_id) == (DeliveryState.PUBLISHED, "20")


def test_what_bfbot_is_about_to_settle_itself_is_settled_once() -> None:
    """A claim for the same key came between the page and the button."""
    delivery = in_doubt_since(approved())
    models.Delivery.objects.filter(pk=delivery.id).update(state=DeliveryState.SENDING)
    for said in ({"live_url": "/practice/1"}, {"gone": True}, {"given_up": True}):
        with pytest.raises(ContentRefused, match="nothing to settle"):
            settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, **said)  # type: ignore[arg-type]  # one of three
    assert deliveries.get(delivery.id).parts == ()


def test_an_author_says_nothing_of_it_and_nobody_two_things_at_once() -> None:
    delivery = in_doubt_since(approved())
    with pytest.raises(NotAllowed):
        settling.settle(delivery.id, actor=AUTHOR, now=IN_TIME, given_up=True)
    for said in ({}, {"gone": True, "given_up": True}, {"live_url": "/practice/1", "gone": True}):
        with pytest.raises(UsageError):
            settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, **said)  # type: ignore[arg-type]  # as above


def test_an_account_that_left_the_files_can_still_be_settled(home: Path) -> None:
    delivery = in_doubt_since(approved())
    models.Delivery.objects.filter(pk=delivery.id).update(account="gone")
    told = in_doubt(deliveries.get(delivery.id), posts.get(delivery.post_id), current_revision(NOW), IN_TIME)
    assert (told.finds, told.lists, told.looks_at) == (None, None, None)
    assert "left the files" in told.waits
    live = settling.settle(delivery.id, actor=APPROVER, now=IN_TIME, live_url="https://social.example/@desk/4711")
    assert live.remote_id == "4711"
