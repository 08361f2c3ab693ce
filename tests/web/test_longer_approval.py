"""“Also good until” on a post's page: who is offered it, what comes of it, and where it is told."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from bfbot.desk import review, writing
from bfbot.desk.binding import last_day
from bfbot.domain.localtime import local
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import approvals, models, posts
from tests.web.conftest import SignIn

ZONE = "Europe/London"


def page(client: Client, post: Post) -> str:
    return client.get(reverse("post", args=[post.id])).content.decode()


def hidden(html: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="((?:seal|claims)-\d+)" value="([^"]*)"', html))


def own(post: Post) -> date:
    return local(post.scheduled_for, ZONE).date()


def approve(client: Client, post: Post, **form: str) -> int:
    return client.post(reverse("post-approve", args=[post.id]), hidden(page(client, post)) | form).status_code


def test_the_field_names_the_days_that_it_takes(waiting: Post, signed_in: SignIn) -> None:
    html = page(signed_in("approver"), waiting)
    first, last = own(waiting), own(waiting) + timedelta(days=14)
    assert f'type="date" min="{first}" max="{last}" value=""' in html
    assert "Also good until" in html
    for name in ("viewer", "author"):
        assert 'name="until"' not in page(signed_in(name), waiting)


def test_left_empty_it_is_for_its_own_day(waiting: Post, signed_in: SignIn) -> None:
    assert approve(signed_in("approver"), waiting, until="") == 302
    given = approvals.standing_on(waiting.id)
    assert given is not None
    assert last_day(given, ZONE) == own(waiting)
    html = page(signed_in("viewer"), waiting)
    assert "Also good until" not in html
    assert "also good until" not in html


def test_a_later_day_is_kept_and_told(waiting: Post, signed_in: SignIn) -> None:
    until = own(waiting) + timedelta(days=4)
    assert approve(signed_in("approver"), waiting, until=until.isoformat()) == 302
    given = approvals.standing_on(waiting.id)
    assert given is not None
    assert last_day(given, ZONE) == until
    html = page(signed_in("viewer"), waiting)
    told = f'<time datetime="{until}">'
    assert f"<dt>Also good until</dt><dd>{told}" in html
    assert f"also good until {told}" in html, "in what was decided, too"


@pytest.mark.parametrize("days", [-1, 15])
def test_a_day_out_of_reach_is_refused_and_stays_typed(waiting: Post, signed_in: SignIn, days: int) -> None:
    client, until = signed_in("approver"), (own(waiting) + timedelta(days=days)).isoformat()
    form = hidden(page(client, waiting)) | {"until": until}
    answer = client.post(reverse("post-approve", args=[waiting.id]), form)
    assert answer.status_code == 400
    assert f'value="{until}"' in answer.content.decode()
    assert posts.get(waiting.id).state is PostState.IN_REVIEW
    assert approve(client, waiting, until="next Friday") == 400


def test_the_author_of_mended_words_is_not_offered_it(waiting: Post, signed_in: SignIn) -> None:
    now = waiting.scheduled_for - timedelta(hours=20)
    writing.rewrite(waiting.id, actor="approver", now=now, wording=Wording("Help that comes early lasts."))
    review.submit(waiting.id, actor="approver", now=now)
    client = signed_in("author")
    assert 'name="until"' not in page(client, waiting)
    assert approve(client, waiting, until=own(waiting).isoformat()) == 403
    assert approve(client, waiting) == 302


def test_within_the_days_it_is_moved_and_tried_again_and_stays_approved(waiting: Post, signed_in: SignIn) -> None:
    until = own(waiting) + timedelta(days=4)
    approve(signed_in("approver"), waiting, until=until.isoformat())
    client = signed_in("author")
    edit = reverse("post-edit", args=[waiting.id])
    form = {"text": waiting.wording.text}
    form |= {
        "account": "practice",
        "do": "submit",
        "when": "at",
        "at": f"{own(waiting) + timedelta(days=2)}T10:00",
    }
    hint = f'Another time alone, up to <time datetime="{until}">'
    assert hint in client.get(edit).content.decode()
    answer = client.post(edit, form, follow=True)
    assert "It stays approved" in answer.content.decode()
    moved = posts.get(waiting.id)
    assert (moved.state, own(moved)) == (PostState.APPROVED, own(waiting) + timedelta(days=2))
    assert "gave it a new time within the approved days" in page(client, waiting)
    models.Delivery.objects.update(state=DeliveryState.MISSED, reason="too_late")
    assert f'After <time datetime="{until}">' in page(client, waiting)
    again = {"at": f"{own(waiting) + timedelta(days=3)}T10:00"}
    assert client.post(reverse("post-again", args=[waiting.id]), again).status_code == 302
    assert posts.get(waiting.id).state is PostState.APPROVED
    client.post(edit, form | {"at": f"{until + timedelta(days=1)}T10:00"})
    assert posts.get(waiting.id).state is PostState.IN_REVIEW
    assert "Another time alone" not in client.get(edit).content.decode()
