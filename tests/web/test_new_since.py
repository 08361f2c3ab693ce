"""What arose between page and button is not settled by the word on the page: a post, the queue, the week."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bfbot.desk import pairs
from bfbot.domain.post import Post
from bfbot.domain.states import PostState
from tests.web.conftest import SignIn
from tests.web.weeks import APPROVE, TEXTS, Form, fields, form_of, states, today, waiting

WORD = "The council’s survey, table 4"
NEW = "New since you looked"


@pytest.fixture
def claim(team: object) -> Post:
    return waiting(TEXTS[2])


def clash(home: Path) -> None:
    """Another campaign takes today and tomorrow, also where tomorrow has begun since the post was written."""
    days = f"from: {today()}, until: {today() + timedelta(1)}"
    line = f"{{id: other, name: Their week, campaigns: [futures], {days}}}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")


def hidden(html: str, post: Post) -> Form:
    form = next(one for one in html.split("<form") if f'action="/posts/{post.id}/approve"' in one)
    return dict(re.findall(r'<input type="hidden" name="([a-z0-9-]+)" value="([^"]*)"', form))


def on_its_page(client: Client, post: Post) -> Form:
    return hidden(client.get(reverse("post", args=[post.id])).content.decode(), post)


def on_the_queue(client: Client, post: Post) -> Form:
    return hidden(client.get(reverse("queue")).content.decode(), post)


@pytest.mark.parametrize("shown_on", [on_its_page, on_the_queue])
def test_a_word_on_one_claim_settles_no_other(
    claim: Post, signed_in: SignIn, workspace: Path, shown_on: Callable[[Client, Post], Form]
) -> None:
    client = signed_in("approver")
    form = shown_on(client, claim)
    assert re.fullmatch(r"[0-9a-f]{12}", form[f"claims-{claim.id}"])
    clash(workspace)
    answer = client.post(reverse("post-approve", args=[claim.id]), form | {"confirmed": WORD})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert states(claim) == [PostState.IN_REVIEW]
    told = re.findall(r'<li class="finding finding-confirm">.*?</b>', html)
    assert ["Their week" in one for one in told] == [NEW in one for one in told] == [True, False], (
        "and the old one"
    )
    assert WORD in html, "what they typed is kept"
    again = hidden(html, claim)
    assert len(again[f"claims-{claim.id}"].split()) == 2
    assert client.post(reverse("post-approve", args=[claim.id]), again | {"confirmed": WORD}).status_code == 302
    assert states(claim) == [PostState.APPROVED]


def test_nothing_to_confirm_then_and_something_now(team: object, signed_in: SignIn, workspace: Path) -> None:
    post, client = waiting(TEXTS[0]), signed_in("approver")
    form = on_its_page(client, post)
    assert f"claims-{post.id}" not in form
    clash(workspace)
    answer = client.post(reverse("post-approve", args=[post.id]), form | {"confirmed": WORD})
    assert (answer.status_code, NEW in answer.content.decode()) == (422, True)
    assert states(post) == [PostState.IN_REVIEW]


def test_in_the_week_it_is_refused_alone(claim: Post, signed_in: SignIn, workspace: Path) -> None:
    other, client = waiting(TEXTS[0], 4), signed_in("approver")
    form = form_of(client)
    clash(workspace)
    form |= {"post": [str(claim.id), str(other.id)], f"confirmed-{claim.id}": WORD, "do": "approve"}
    html = client.post(APPROVE, form).content.decode()
    assert "1 approved, 1 not" in html
    assert NEW in html
    assert states(claim, other) == [PostState.IN_REVIEW, PostState.APPROVED]


def test_a_tick_does_not_outlive_what_it_was_put_under(claim: Post, signed_in: SignIn, workspace: Path) -> None:
    client = signed_in("approver")
    form = form_of(client)
    form |= {"post": [str(claim.id)], f"confirmed-{claim.id}": WORD, "do": "tick:all"}
    assert fields(client.post(APPROVE, form).content.decode())["post"] == [str(claim.id)]
    clash(workspace)
    html = client.post(APPROVE, form).content.decode()
    assert fields(html)["post"] == []
    assert "Changed since you ticked" in html


def test_two_languages_each_with_a_claim_of_its_own(claim: Post, signed_in: SignIn) -> None:
    """On one page both stand with what is to be confirmed, and one word is for both."""
    welsh = waiting("Mae 17% yn aros yn hwy.", language="cy")
    pairs.pair(claim.id, welsh.id, actor="author", now=datetime.now(UTC))
    client = signed_in("approver")
    form = on_its_page(client, claim)
    assert form[f"claims-{claim.id}"]
    assert form[f"claims-{welsh.id}"]
    assert "17%" in client.get(reverse("post", args=[claim.id])).content.decode()
    answer = client.post(reverse("post-approve", args=[claim.id]), form | {"confirmed": WORD})
    assert answer.status_code == 302
    assert states(claim, welsh) == [PostState.APPROVED] * 2
