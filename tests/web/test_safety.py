"""No page runs what somebody wrote; no form works without its token; every answer carries the strict policy."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.urls import reverse

from bfbot.desk import review, stops, writing
from bfbot.domain.post import Post, Wording
from bfbot.ledger import account_states, models, releases
from bfbot.web.sections import SECTIONS
from tests.web.conftest import PASSWORD, SignIn
from tests.web.releases import a_release
from tests.web.test_roles import POST, ROUTES, WEEK

HOSTILE = "<script>alert(1)</script> <img src=x onerror=alert(2)> {{ 6006006|add:1001001 }} \u202eevil\u202c &amp;"
PAGES = ("today", "queue", "news", "evergreen", "practice", "reports", "files", "sign-in", "pause")


class Finder(HTMLParser):
    """Scripts without src, style attributes and elements, handlers, javascript: addresses."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "style" or (tag == "script" and not (given.get("src") or "").startswith("/static/")):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith(("on", "hx-on")) or (value or "").startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")


def scripts_in(html: str) -> list[str]:
    finder = Finder()
    finder.feed(html)
    return finder.found


def _strict(answer: object) -> None:
    policy = answer["Content-Security-Policy"]  # type: ignore[index]  # an answer's headers
    for part in ("default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"):
        assert part in policy
    assert "unsafe" not in policy


def test_every_page_is_free_of_inline_script_and_style(waiting: Post, signed_in: SignIn) -> None:
    client = signed_in("admin")
    addresses = [reverse(name) for name in PAGES]
    addresses += [reverse("post", args=[waiting.id]), reverse("post-edit", args=[waiting.id])]
    addresses += [reverse("write-new", args=["futures"]), reverse("reports-week", args=["futures", WEEK])]
    addresses += [reverse("today-part", args=[name]) for name in SECTIONS]
    addresses += ["/no-such-page", reverse("welcome", args=["forged"])]
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code in {200, 404, 410}, address
        assert scripts_in(answer.content.decode()) == [], address
        _strict(answer)


def test_error_pages_say_so_in_words(signed_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> None:
    client = signed_in("viewer")
    assert b"There is no such page" in client.get("/nowhere").content
    assert b"not for your role" in client.get(reverse("write")).content
    client.raise_request_exception = False
    monkeypatch.setattr("bfbot.web.pages.files.check", lambda *_: 1 / 0)
    answer = client.get(reverse("files"))
    assert answer.status_code == 500
    assert b"Something went wrong here" in answer.content
    assert b"ZeroDivisionError" not in answer.content
    _strict(answer)


@pytest.mark.parametrize("name", [name for name, route in ROUTES.items() if route.post is not None])
def test_no_form_works_without_its_token(name: str, draft: Post, signed_in: SignIn) -> None:
    values = {POST: draft.id, "DELIVERY_ID": 1, "RELEASE_ID": 1}
    route = ROUTES[name]
    address = reverse(name, args=[values.get(one, one) for one in route.args])
    answer = signed_in("admin", strict=True).post(address, route.post)
    assert answer.status_code == 403
    assert b"open too long" in answer.content


@pytest.mark.parametrize("name", ["sign-in", "pause", "welcome", "post-delete"])
def test_nor_do_those_that_also_show_a_page(name: str, signed_in: SignIn) -> None:
    args = {"welcome": ["forged"], "post-delete": [1, 1]}.get(name, [])
    assert signed_in("admin", strict=True).post(reverse(name, args=args), {}).status_code == 403


def test_hostile_text_is_shown_and_never_obeyed(team: object, signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    post = writing.write(
        campaign="futures", accounts=["practice"], wording=Wording(text=HOSTILE), at=now, actor="author", now=now
    )
    models.Post.objects.filter(pk=post.id).update(note=HOSTILE)
    models.PracticePost.objects.create(account="practice", key="k", text=HOSTILE, created_at=now)
    models.Delivery.objects.filter(post_id=post.id).update(state="failed", error=HOSTILE)
    account_states.stop("practice", HOSTILE, now)
    found = a_release(now, title=HOSTILE, link='https://council.example/?a=<script>&b="x')
    releases.change(found.id, why=HOSTILE)
    releases.remember("council-news", last_error=HOSTILE)
    stops.pause(actor="author", now=now, reason=HOSTILE)
    client = signed_in("admin")
    seen = 0
    for address in (
        reverse("today"),
        reverse("queue") + "?show=drafts",
        reverse("post", args=[post.id]),
        reverse("post-edit", args=[post.id]),
        reverse("practice"),
        reverse("pause"),
        reverse("news"),
        reverse("post-delete", args=[post.id, post.deliveries[0].id]),
    ):
        html = client.get(address).content.decode()
        assert scripts_in(html) == [], address
        assert "<img src=x" not in html
        assert "7007007" not in html, address  # what the braces would come to, and no number of a post
        shown = re.sub(r"<textarea.*?</textarea>", "", html, flags=re.DOTALL)
        assert "\u202e" not in shown, address
        seen += shown.count("U+202E")
    assert seen > 4


def test_a_release_s_markup_is_text_in_the_preview(signed_in: SignIn, team: object) -> None:
    answer = signed_in("author").post(
        reverse("write-preview", args=["futures"]), {"text": HOSTILE.replace("{{", "(("), "account": "practice"}
    )
    assert answer.status_code == 200
    assert scripts_in(answer.content.decode()) == []
    assert b"&lt;script&gt;" in answer.content


def test_static_files_are_ours_and_there() -> None:
    for name in ("colours.css", "page.css", "pieces.css", "report.css", "desk.js", "mark.svg", "mark-light.svg"):
        assert finders.find(f"bfbot/{name}"), name
    assert finders.find("django_htmx/htmx-2.min.js")


def test_scripting_library_is_told_to_evaluate_nothing(signed_in: SignIn) -> None:
    html = signed_in("viewer").get(reverse("today")).content.decode()
    for wanted in ('"allowEval":false', '"includeIndicatorStyles":false', '"selfRequestsOnly":true'):
        assert wanted in html


def test_an_author_cannot_approve_their_own_over_the_web(waiting: Post, signed_in: SignIn) -> None:
    models.User.objects.filter(name="author").update()
    models.Membership.objects.filter(user__name="author").update(role="approver")
    answer = signed_in("author").post(reverse("post-approve", args=[waiting.id]))
    assert answer.status_code in {403, 422}
    assert b"<form" in answer.content
    assert models.Post.objects.get(pk=waiting.id).state == "in_review"
    assert not models.Approval.objects.exists()


def test_what_changed_meanwhile_is_not_approved(waiting: Post, signed_in: SignIn) -> None:
    review.withdraw(waiting.id, actor="author", now=datetime.now(UTC))
    answer = signed_in("approver").post(reverse("post-approve", args=[waiting.id]))
    assert answer.status_code == 422
    assert b"That did not work" in answer.content


@pytest.mark.parametrize("name", ["today", "queue", "news", "practice", "reports", "files", "evergreen", "pause"])
def test_no_page_stays_behind_in_the_browser(name: str, signed_in: SignIn) -> None:
    assert "no-store" in signed_in("author").get(reverse(name))["Cache-Control"]


def test_a_picture_s_address_is_a_hash_and_nothing_else(signed_in: SignIn) -> None:
    client = signed_in("viewer")
    for path in ("../../etc/passwd", "..%2f..%2fetc%2fpasswd", "0" * 63, "0" * 65, "0" * 63 + "g", "0" * 64):
        assert client.get(f"/media/{path}").status_code == 404, path


def test_a_sign_in_starts_a_session_of_its_own(team: object) -> None:
    client = Client()
    client.cookies["sessionid"] = "chosenbysomebodyelse0000000000ab"
    client.post(reverse("sign-in"), {"name": "viewer", "password": PASSWORD})
    cookie = client.cookies["sessionid"]
    assert cookie.value != "chosenbysomebodyelse0000000000ab"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert client.get(reverse("today")).status_code == 200


def test_a_hostile_name_of_a_person_is_text(team: object, signed_in: SignIn) -> None:
    models.User.objects.filter(name="admin").update(name="<script>alert(1)</script>")
    html = signed_in("admin").get(reverse("today")).content.decode()
    assert "Signed in as <strong>&lt;script&gt;" in html


def test_sign_out_takes_a_post(signed_in: SignIn) -> None:
    client: Client = signed_in("viewer")
    assert client.get(reverse("sign-out")).status_code == 405
    assert client.get(reverse("today")).status_code == 200
    client.post(reverse("sign-out"))
    assert client.get(reverse("today")).status_code == 302
