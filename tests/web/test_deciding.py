"""The queue and the post's page: decisions, reasons, the record, and what each person is offered."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from bfbot.desk import stops
from bfbot.domain.person import Person, Role
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.states import DELIVERY_MOVES, OPEN_POST, POST_MOVES, DeliveryState, PostState
from bfbot.ledger import models, posts
from bfbot.web.choices import choices
from tests.web.conftest import SignIn

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def _do(signed_in: SignIn, who: str, what: str, post: Post, **form: str) -> Any:
    return signed_in(who).post(reverse(f"post-{what}", args=[post.id]), form)


def test_a_second_person_approves_and_the_record_says_so(waiting: Post, signed_in: SignIn) -> None:
    answer = _do(signed_in, "approver", "approve", waiting)
    assert answer["Location"] == reverse("post", args=[waiting.id])
    assert posts.get(waiting.id).state == "approved"
    html = signed_in("viewer").get(reverse("post", args=[waiting.id])).content.decode()
    assert "Approved by" in html
    assert "<strong>approver</strong> approved it" in html
    assert "<strong>author</strong> sent it for approval" in html


@pytest.mark.parametrize(("what", "state"), [("turn-down", "rejected"), ("send-back", "draft")])
def test_no_needs_a_reason_which_the_author_reads(what: str, state: str, waiting: Post, signed_in: SignIn) -> None:
    refused = _do(signed_in, "approver", what, waiting, reason="  ")
    assert refused.status_code == 422
    assert b"needs to know why" in refused.content
    assert _do(signed_in, "approver", what, waiting, reason="Shorter, please").status_code == 302
    assert posts.get(waiting.id).state == state
    assert b"Shorter, please" in signed_in("author").get(reverse("post", args=[waiting.id])).content


def test_what_an_approver_mended_its_author_may_approve(waiting: Post, signed_in: SignIn) -> None:
    client = signed_in("approver")
    form = {"text": "Help that comes early lasts.", "account": "practice", "do": "submit"}
    client.post(reverse("post-edit", args=[waiting.id]), form)
    assert _do(signed_in, "approver", "approve", waiting).status_code in {403, 422}
    page = signed_in("author").get(reverse("post", args=[waiting.id])).content.decode()
    assert ">Approve<" in page
    assert _do(signed_in, "author", "approve", waiting).status_code == 302
    assert posts.get(waiting.id).state == "approved"


def test_cancelled_is_cancelled(approved: Post, signed_in: SignIn) -> None:
    assert _do(signed_in, "author", "cancel", approved, reason="News overtook it").status_code == 302
    assert posts.get(approved.id).state == "withdrawn"
    assert b"Cancelled" in signed_in("viewer").get(reverse("queue") + "?show=cancelled").content


def test_a_claim_is_confirmed_in_writing_before_it_is_approved(signed_in: SignIn) -> None:
    client = signed_in("author")
    form = {"text": "{fact:waits} of families waited longer.", "account": "practice", "do": "submit"}
    client.post(reverse("write-new", args=["futures"]), form)
    post = posts.get(models.Post.objects.get().pk)
    html = signed_in("approver").get(reverse("post", args=[post.id])).content.decode()
    assert "Your word on the claims above" in html
    assert ">Approve<" not in html
    assert _do(signed_in, "approver", "approve", post).status_code == 422
    assert _do(signed_in, "approver", "approve", post, confirmed="Council survey 2026, table 4").status_code == 302
    assert "table 4" in signed_in("viewer").get(reverse("post", args=[post.id])).content.decode()


def test_too_late_gets_a_new_time(approved: Post, signed_in: SignIn) -> None:
    models.Delivery.objects.update(state=DeliveryState.MISSED, reason="too_late")
    html = signed_in("author").get(reverse("today")).content.decode()
    assert "Not sent: too late" in html
    assert _do(signed_in, "author", "again", approved, at="tomorrowish").status_code == 400
    assert _do(signed_in, "author", "again", approved, at="2031-05-01T10:00").status_code == 302
    again = posts.get(approved.id)
    assert again.deliveries[0].state == "planned"
    assert again.state == "in_review"  # another day than the one that was approved


def test_the_queue_shows_one_list_at_a_time(waiting: Post, signed_in: SignIn) -> None:
    client = signed_in("viewer")
    words = b"Children do best"
    assert words in client.get(reverse("queue")).content
    assert words not in client.get(reverse("queue") + "?show=drafts").content
    assert words in client.get(reverse("queue") + "?show=all").content
    assert words in client.get(reverse("queue") + "?show=nonsense").content


def test_pause_and_resume(approved: Post, signed_in: SignIn) -> None:
    author = signed_in("author")
    assert author.post(reverse("pause"), {"reason": " "}).status_code == 400
    author.post(reverse("pause"), {"reason": "A sad day"})
    html = author.get(reverse("today")).content.decode()
    assert "Everything is paused." in html
    assert "A sad day" in html
    assert "Held:" in html
    assert "<button>Resume</button>" not in html
    hold = models.Hold.objects.get().pk
    assert author.post(reverse("resume"), {"hold": str(hold)}).status_code == 403
    approver = signed_in("approver")
    assert "<button>Resume</button>" in approver.get(reverse("today")).content.decode()
    assert approver.post(reverse("resume"), {"hold": "all of them"}).status_code == 400
    approver.post(reverse("resume"), {"hold": str(hold)})
    assert "Everything is paused." not in author.get(reverse("today")).content.decode()
    assert "A sad day" in author.get(reverse("pause")).content.decode()


def _post(state: PostState, deliveries: list[DeliveryState], author: str) -> Post:
    made = tuple(
        Delivery(number, 1, f"a{number}", "rehearsal", one, "k", NOW, NOW, NOW, 0)
        for number, one in enumerate(deliveries)
    )
    wording = Wording("x")
    return Post(1, "futures", Origin.PERSON, state, wording, author, NOW, NOW, NOW - NOW, 1, made)


@given(
    some.sampled_from(PostState),
    some.lists(some.sampled_from(DeliveryState), min_size=1, max_size=3),
    some.sampled_from(Role),
    some.booleans(),
)
def test_only_moves_that_exist_are_offered(
    state: PostState, deliveries: list[DeliveryState], role: Role, own: bool
) -> None:
    person = Person("me", {"*": role})
    offered = choices(_post(state, deliveries, "me" if own else "you"), person)
    if role is Role.VIEWER:
        assert offered == set()
    if state not in OPEN_POST:
        assert offered <= {"delete", "settle"}
    if "settle" in offered:
        assert role in {Role.APPROVER, Role.ADMIN}
        assert DeliveryState.UNKNOWN in deliveries
    if "delete" in offered:
        assert role in {Role.APPROVER, Role.ADMIN}
        assert DeliveryState.PUBLISHED in deliveries
    if own:
        assert not offered & {"approve", "reject"}
    moves = {"approve": PostState.APPROVED, "reject": PostState.REJECTED, "send_back": PostState.DRAFT}
    for offer, new in moves.items():
        assert offer not in offered or new in POST_MOVES[state]
    if "again" in offered:
        assert any(DeliveryState.PLANNED in DELIVERY_MOVES[one] for one in deliveries)


def test_another_campaign_s_author_is_offered_nothing() -> None:
    person = Person("me", {"elsewhere": Role.ADMIN})
    assert choices(_post(PostState.IN_REVIEW, [DeliveryState.PLANNED], "you"), person) == set()


def test_whoever_only_looks_may_stop_everything_and_nothing_else(approved: Post, signed_in: SignIn) -> None:
    client = signed_in("viewer")
    today = client.get(reverse("today")).content.decode()
    assert "Pause everything" in today
    assert "Write a post" not in today
    client.post(reverse("pause"), {"reason": "The wrong picture is out."})
    [hold] = stops.standing(datetime.now(UTC))
    assert (hold.placed_by, hold.reason) == ("viewer", "The wrong picture is out.")
    paused = client.get(reverse("pause")).content.decode()
    assert "Let one post through" not in paused
    assert client.post(reverse("resume"), {"hold": str(hold.id)}).status_code == 403
    assert stops.standing(datetime.now(UTC)) == [hold]
