"""Two people see every post, on every page: who is offered a button, and that it approves only what was shown."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bfbot.desk import pairs, review, writing
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.ledger import models
from tests.web.conftest import SignIn
from tests.web.weeks import APPROVE, WEEK, form_of, states, three_of_three_days, waiting


@pytest.fixture
def several(team: object) -> list[Post]:
    return three_of_three_days()


def test_an_approver_s_edit_has_a_tick_for_its_author_and_nothing_else_has(
    several: list[Post], signed_in: SignIn
) -> None:
    mended = several[0]
    form = {"text": "Foster carers open their doors at short notice.", "account": "practice", "do": "submit"}
    signed_in("approver").post(reverse("post-edit", args=[mended.id]), form)
    client = signed_in("author")
    assert re.findall(r'name="post" value="(\d+)"', client.get(WEEK).content.decode()) == [str(mended.id)]
    queue, today = (client.get(reverse(one)).content.decode() for one in ("queue", "today"))
    assert re.findall(r"/posts/(\d+)/approve", queue) == [str(mended.id)]
    assert re.findall(r'/posts/(\d+)">Read and approve', today) == [str(mended.id)]
    assert (
        b"<h1>1 approved</h1>"
        in client.post(APPROVE, {**form_of(client), "post": [mended.id], "do": "approve"}).content
    )


def test_a_claim_is_not_the_author_s_to_confirm(several: list[Post], signed_in: SignIn) -> None:
    post, now = several[0], datetime.now(UTC)
    claims = Wording("In 2025 we placed 4,321 children with foster carers.")
    writing.rewrite(post.id, actor="approver", now=now, wording=claims)
    review.submit(post.id, actor="approver", now=now)
    page = signed_in("author").get(reverse("post", args=[post.id])).content.decode()
    assert "takes another approver" in page
    assert 'name="confirmed"' not in page
    answer = signed_in("author").post(reverse("post-approve", args=[post.id]), {"confirmed": "I counted."})
    assert answer.status_code == 422


def test_once_the_author_moved_it_no_page_offers_it_to_them(several: list[Post], signed_in: SignIn) -> None:
    post, now = several[0], datetime.now(UTC)
    writing.rewrite(post.id, actor="approver", now=now, wording=Wording("Doors open day and night."))
    review.submit(post.id, actor="approver", now=now)
    client = signed_in("author")
    assert ">Approve<" in client.get(reverse("post", args=[post.id])).content.decode()
    writing.rewrite(post.id, actor="author", now=now, at=post.scheduled_for + timedelta(days=1))
    review.submit(post.id, actor="author", now=now)
    assert ">Approve<" not in client.get(reverse("post", args=[post.id])).content.decode()
    assert 'type="checkbox"' not in client.get(WEEK).content.decode()
    assert client.post(reverse("post-approve", args=[post.id])).status_code == 403


def test_another_author_s_edit_is_offered_to_no_author(several: list[Post], signed_in: SignIn) -> None:
    post, now = several[0], datetime.now(UTC)
    writing.rewrite(post.id, actor="other author", now=now, wording=Wording("Doors open day and night."))
    review.submit(post.id, actor="other author", now=now)
    assert ">Approve<" not in signed_in("author").get(reverse("post", args=[post.id])).content.decode()


@pytest.mark.parametrize("address", ["post", "queue"])
def test_one_button_approves_no_more_than_the_page_showed(waiting: Post, signed_in: SignIn, address: str) -> None:
    client, now = signed_in("approver"), datetime.now(UTC)
    url = reverse("post", args=[waiting.id]) if address == "post" else reverse("queue")
    html = client.get(url).content.decode()
    [(name, seal)] = re.findall(r'name="(seal-\d+)" value="([0-9a-f]{64})"', html)
    writing.rewrite(waiting.id, actor="author", now=now, wording=Wording("Come and buy."))
    review.submit(waiting.id, actor="author", now=now)
    answer = client.post(reverse("post-approve", args=[waiting.id]), {name: seal})
    assert answer.status_code == 422
    assert b"no longer what was shown" in answer.content
    assert states(waiting) == [PostState.IN_REVIEW]


def test_one_button_names_both_languages_where_both_are_shown(signed_in: SignIn) -> None:
    english, welsh = waiting("Doors are open."), waiting("Mae’r drysau ar agor.", language="cy")
    models.Post.objects.update(scheduled_for=english.scheduled_for)
    pairs.pair(english.id, welsh.id, actor="author", now=datetime.now(UTC))
    client = signed_in("approver")
    html = client.get(reverse("post", args=[english.id])).content.decode()
    form = dict(re.findall(r'name="(seal-\d+)" value="([0-9a-f]{64})"', html))
    assert set(form) == {f"seal-{english.id}", f"seal-{welsh.id}"}
    assert client.post(reverse("post-approve", args=[english.id]), form).status_code == 302
    assert states(english, welsh) == [PostState.APPROVED] * 2


def test_every_page_counts_what_waits_for_whoever_may_see_it(several: list[Post], signed_in: SignIn) -> None:
    review.submit(several[0].id, actor="author", now=datetime.now(UTC))  # once more: still one of three
    page = signed_in("viewer").get(reverse("files")).content.decode()
    assert '<span class="count">3<span' in page
    models.Membership.objects.filter(user__name="viewer").update(campaign="elsewhere")
    assert '<span class="count">' not in signed_in("viewer").get(reverse("files")).content.decode()
