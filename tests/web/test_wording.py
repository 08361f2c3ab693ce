"""Mends shown and made by a button, the reading age, the other language, and what lies behind links."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from bfbot.config import config
from bfbot.desk import link_check
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.post import Post
from bfbot.http import Fetched
from bfbot.ledger import links, models, posts
from tests.web.conftest import SignIn
from tests.web.test_writing import FORM

TEXT = "𝗛𝗲𝗹𝗽 that comes early lasts 🙂🙂 #socialwork"
BETTER = "Help that comes early lasts 🙂 #SocialWork"


def test_the_preview_lists_what_would_change_and_changes_nothing(signed_in: SignIn) -> None:
    html = (
        signed_in("author")
        .post(reverse("write-preview", args=["futures"]), {**FORM, "text": TEXT})
        .content.decode()
    )
    assert "bfbot would change this" in html
    for before, after in (("𝗛𝗲𝗹𝗽", "Help"), ("🙂🙂", "🙂"), ("#socialwork", "#SocialWork")):
        assert f"<del>{before}</del>" in html
        assert f"<ins>{after}</ins>" in html
    assert '<p class="proof-text" dir="auto">𝗛𝗲𝗹𝗽' in html
    assert 'name="do" value="mend"' in html
    assert 'form="compose"' in html


def test_the_reading_age_stands_in_the_preview(signed_in: SignIn) -> None:
    form = {**FORM, "text": "Ask a foster carer what would have helped sooner, and write it down."}
    html = signed_in("author").post(reverse("write-preview", args=["futures"]), form).content.decode()
    assert "Reading age: about 9" in html
    welsh = {**form, "language": "cy"}
    html = signed_in("author").post(reverse("write-preview", args=["futures"]), welsh).content.decode()
    assert "Reading age" not in html


def test_the_button_puts_the_changes_into_the_form_and_saves_nothing(signed_in: SignIn) -> None:
    client, place = signed_in("author"), reverse("write-new", args=["futures"])
    looked = client.post(place, {**FORM, "text": TEXT, "do": "look"}).content.decode()
    assert f">{TEXT}</textarea>" in looked
    assert "bfbot would change this" in looked
    made = client.post(place, {**FORM, "text": TEXT, "do": "mend"}).content.decode()
    assert f">{BETTER}</textarea>" in made
    assert "Nothing is saved yet" in made
    assert "bfbot would change this" not in made
    assert not models.Post.objects.exists()


def test_what_a_person_saves_is_what_they_typed(signed_in: SignIn) -> None:
    """Never silently."""
    signed_in("author").post(reverse("write-new", args=["futures"]), {**FORM, "text": TEXT, "do": "draft"})
    assert posts.get(models.Post.objects.get().pk).wording.text == TEXT


def test_an_edit_that_only_moves_a_post_changes_no_language(signed_in: SignIn, draft: Post) -> None:
    form = {"text": draft.wording.text, "account": "practice", "when": "at", "at": FORM["at"], "language": "en"}
    signed_in("approver").post(reverse("post-edit", args=[draft.id]), {**form, "do": "draft"})
    assert posts.get(draft.id).author == draft.author
    assert posts.get(draft.id).wording.language == ""


def test_a_version_in_the_other_language_is_written_beside_its_half(signed_in: SignIn, draft: Post) -> None:
    client = signed_in("author")
    page = client.get(reverse("post", args=[draft.id])).content.decode()
    assert "Write it in Welsh too" in page
    place = reverse("write-new", args=["futures"])
    form = client.get(f"{place}?pair={draft.id}").content.decode()
    assert '<option value="cy" selected>' in form
    assert f'name="pair" value="{draft.id}"' in form
    told = {**FORM, "text": "Mae cymorth cynnar yn para.", "language": "cy", "pair": str(draft.id), "do": "draft"}
    client.post(place, told)
    welsh = posts.get(posts.get(draft.id).pair or 0)
    assert (welsh.wording.language, welsh.pair) == ("cy", draft.id)
    page = client.get(reverse("post", args=[draft.id])).content.decode()
    assert f"Its Welsh version: post {welsh.id}" in page
    assert "Mae cymorth cynnar yn para." in page


def test_a_half_that_does_not_fit_is_told_and_not_kept(signed_in: SignIn, draft: Post) -> None:
    told = {**FORM, "language": "en", "pair": str(draft.id), "do": "draft"}
    answer = signed_in("author").post(reverse("write-new", args=["futures"]), told)
    assert answer.status_code == 400
    assert "same language" in answer.content.decode()
    assert models.Post.objects.count() == 1


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (LinkState.GONE, "There is no such page, or not yet."),
        (LinkState.UNREACHED, "Not checked: there was no answer."),
        (LinkState.MOVED, "It leads on to https://new.example/"),
    ],
)
def test_what_was_behind_the_links_stands_on_the_page(
    state: LinkState, said: str, signed_in: SignIn, draft: Post
) -> None:
    models.Post.objects.update(link="https://old.example/?utm_source=x")
    html = signed_in("author").get(reverse("post", args=[draft.id])).content.decode()
    assert "Not looked at yet." in html
    links.keep(LinkSeen("https://old.example/", state, datetime.now(UTC), 200, "https://new.example/"))
    html = signed_in("author").get(reverse("post", args=[draft.id])).content.decode()
    assert said in html
    assert "looked at <time" in html


def test_a_person_may_have_the_links_looked_at(
    signed_in: SignIn, draft: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    models.Post.objects.update(link="https://old.example/")
    monkeypatch.setattr(link_check, "look", lambda url, seconds: Fetched(410, b"", {}, url))
    signed_in("author").post(reverse("post-links", args=[draft.id]))
    assert links.seen(["https://old.example/"])["https://old.example/"].state is LinkState.GONE


def test_the_sample_workspace_says_why_it_looks_at_nothing(signed_in: SignIn, draft: Post) -> None:
    client = signed_in("author")
    (config().home / "SAMPLE").touch()
    said = client.post(reverse("post-links", args=[draft.id]), follow=True).content.decode()
    assert "Nothing was looked at. The sample workspace reaches nobody." in said
