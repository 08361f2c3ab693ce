"""Writing over the web: preview, draft, submission, pictures, times, and what is told when it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from bfbot.domain.post import Post
from bfbot.ledger import models, posts
from tests.web.conftest import SignIn
from tests.web.typed import FORM, TOMORROW, only_post, write


def test_a_draft_is_kept_for_the_typed_time(signed_in: SignIn) -> None:
    answer = write(signed_in, do="draft")
    post = only_post()
    assert answer["Location"] == reverse("post", args=[post.id])
    assert (post.state, post.author, post.accounts) == ("draft", "author", ("practice",))
    assert post.wording.text == FORM["text"]
    assert f"{post.scheduled_for:%Y-%m-%dT%H}" in {TOMORROW[:-3], TOMORROW[:-4] + "8"}


def test_sent_for_approval_it_waits_with_its_proof(signed_in: SignIn) -> None:
    answer = write(signed_in, do="submit", when="soon", at="")
    post = only_post()
    assert answer.status_code == 302
    assert post.state == "in_review"
    page = signed_in("approver").get(reverse("post", args=[post.id])).content.decode()
    assert "Exactly what goes out" in page
    assert "28 of 500" in page


def test_a_refusal_keeps_the_draft_and_tells_the_mend_near_the_form(signed_in: SignIn) -> None:
    answer = write(signed_in, do="submit", text="The gap is {fact:gap}.")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "This cannot go on yet" in html
    assert "expired" in html
    assert "The gap is {fact:gap}." in html
    post = only_post()
    assert post.state == "draft"
    assert reverse("post-edit", args=[post.id]) in html


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"text": "   "}, "needs words"),
        ({"account": []}, "at least one account"),
        ({"at": ""}, "Choose a date"),
        ({"at": "2001-01-01T10:00"}, "has passed"),
        ({"at": "soonish"}, "not a time"),
        ({"at": "2031-03-30T01:30"}, "does not exist"),
        ({"at": "2031-10-26T01:30"}, "clocks change that night. Choose a time before or after that hour."),
        ({"link": "javascript:alert(1)"}, "begins with https"),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_nothing_is_lost(
    changed: dict[str, Any], told: str, signed_in: SignIn
) -> None:
    answer = write(signed_in, do="submit", **changed)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert told in html
    assert 'aria-invalid="true"' in html or "account-wrong" in html
    assert not models.Post.objects.exists()
    if "text" not in changed:
        assert FORM["text"] in html


def test_an_unknown_account_or_campaign_is_refused(signed_in: SignIn) -> None:
    answer = write(signed_in, do="draft", account="practice-two")
    assert answer.status_code == 400
    assert b"does not belong" in answer.content
    client = signed_in("author")
    assert client.get(reverse("write-new", args=["nowhere"])).status_code == 404


def _preview(signed_in: SignIn, **form: Any) -> str:
    answer = signed_in("author").post(reverse("write-preview", args=["futures"]), {**FORM, **form})
    assert answer.status_code == 200
    return str(answer.content.decode())


def test_the_preview_is_what_submission_will_store(signed_in: SignIn) -> None:
    shown = _preview(signed_in, link="https://council.example/more")
    write(signed_in, do="submit", link="https://council.example/more")
    proof = only_post().deliveries[0].proof
    assert proof is not None
    assert f"{proof.parts[0].length} of 500" in shown
    assert "https://council.example/more" in shown
    assert not models.Post.objects.exclude(pk=only_post().id).exists()


def test_the_preview_counts_and_tells_what_is_too_long(signed_in: SignIn) -> None:
    shown = _preview(signed_in, text="word " * 120)
    assert 'class="over">599 of 500' in shown
    assert "finding-refuse" in shown


def test_the_preview_of_nothing_or_of_nonsense_is_no_error(signed_in: SignIn) -> None:
    assert "needs a text" in _preview(signed_in, text="")
    assert "finding-refuse" in _preview(signed_in, text="{fact:nothing}")
    assert "finding-refuse" in _preview(signed_in, text="{fact:gap")
    assert "Hello." in _preview(signed_in, text="Hello.", at="never")
    assert "finding-refuse" in _preview(signed_in, account="practice-nine")


def test_editing_voids_the_approval_and_makes_the_editor_the_author(approved: Post, signed_in: SignIn) -> None:
    client = signed_in("other author")
    assert FORM["text"] not in client.get(reverse("post-edit", args=[approved.id])).content.decode()
    answer = client.post(reverse("post-edit", args=[approved.id]), {**FORM, "do": "submit"})
    assert answer.status_code == 302
    post = posts.get(approved.id)
    assert (post.state, post.author) == ("in_review", "other author")
    assert models.Approval.objects.get().voided_at is not None
