"""Today and the pages that only show: what stands on them, and that a part answers only when it has changed."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from bfbot.config import config
from bfbot.domain.post import Post
from bfbot.domain.proof import Facet, ProofPart
from bfbot.ledger import models, posts
from bfbot.platforms.facets import facets
from bfbot.web.templatetags.desk import clock, plainly, reading
from tests.web.conftest import SignIn


def _today(client: Client) -> str:
    return str(client.get(reverse("today")).content.decode())


def test_practice_mode_is_said_aloud(signed_in: SignIn) -> None:
    html = _today(signed_in("viewer"))
    assert "No post leaves this computer" in html, "feeds are read and links are opened all the same"
    assert "Nothing leaves this computer" not in html
    (config().home / "SAMPLE").touch()
    html = _today(signed_in(""))
    assert "Nothing leaves this computer" in html
    assert "Practice mode" in html
    assert "sign in as Demo author or Demo approver" in html
    assert "Write a post" not in html


def test_a_real_account_is_named_as_live(
    workspace: Path, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = workspace / "schedules/accounts.yaml"
    real = (
        "  - {id: real, platform: mastodon, campaigns: [futures], label: Our Mastodon,"
        ' base_url: "https://social.example", secrets: {access_token: env:T}}\n'
    )
    file.write_text(file.read_text() + real)
    client = signed_in("viewer")
    assert "Our Mastodon on Mastodon cannot post" in _today(client)
    monkeypatch.setattr("bfbot.config.Config.secret", lambda *_: "a token")
    html = _today(client)
    assert "Live." in html
    assert "Our Mastodon on Mastodon" in html
    assert "a token" not in html


def test_next_out_is_the_stored_proof(approved: Post, signed_in: SignIn) -> None:
    before = clock(approved.scheduled_for, "Europe/London")
    html = _today(signed_in("viewer"))
    after = clock(approved.scheduled_for, "Europe/London")  # midnight may lie between: it was “tomorrow”
    proof = posts.get(approved.id).deliveries[0].proof
    assert proof is not None
    assert f"{proof.parts[0].length} of 500" in html
    assert before in html or after in html


def test_where_nothing_is_approved_the_next_in_line_is_shown_as_such(waiting: Post, signed_in: SignIn) -> None:
    html = _today(signed_in("viewer"))
    assert "next in line" in html
    assert "Children do best" in html.split("Just out")[0]


def test_needs_you_lists_what_waits_and_what_is_refused_with_its_mend(waiting: Post, signed_in: SignIn) -> None:
    html = _today(signed_in("approver"))
    assert "Read and approve" in html
    assert "Evergreen post refused" in html
    assert "funding gap" in html
    assert "facts.yaml" in html
    assert "somebody else approves it" not in html


def test_a_part_answers_only_when_it_has_changed(waiting: Post, signed_in: SignIn) -> None:
    client = signed_in("author")
    address = reverse("today-part", args=["needs"])
    first = client.get(address)
    seen = re.findall(r"\?seen=([0-9a-f]{16})", first.content.decode())[0]
    assert client.get(address, {"seen": seen}).status_code == 204
    models.Post.objects.filter(pk=waiting.id).update(state="draft")
    assert client.get(address, {"seen": seen}).status_code == 200
    assert client.get(reverse("today-part", args=["nothing"])).status_code == 404


def test_just_out_links_to_the_post(approved: Post, signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    models.Delivery.objects.update(state="published", published_at=now)
    models.Post.objects.update(scheduled_for=now, state="closed")
    row = models.Delivery.objects.get()
    models.Part.objects.create(delivery=row, number=0, remote_id="7", url="/practice/7", published_at=now)
    html = _today(signed_in("viewer"))
    assert 'href="/practice/7"' in html
    assert "Nothing went out" not in html


def test_evergreen_posts_say_ready_or_why_not_and_are_signed(signed_in: SignIn) -> None:
    client = signed_in("approver")
    html = client.get(reverse("evergreen")).content.decode()
    assert "Help that comes early changes a childhood." in html
    assert "Ready" in html
    assert "Refused" in html
    assert "old-gap" in client.get(reverse("evergreen") + "?show=refused").content.decode()
    of_one = client.get(reverse("evergreen") + "?show=ready&campaign=futures").content.decode()
    assert "early-help" in of_one
    assert "?show=refused&amp;campaign=futures" in of_one
    assert "early-help" not in client.get(reverse("evergreen") + "?campaign=elsewhere").content.decode()
    later = f"{datetime.now(UTC) + timedelta(days=30):%Y-%m-%d}"
    refused = client.post(reverse("evergreen-sign", args=["old-gap"]), {"until": later})
    assert refused.status_code == 422
    assert client.post(reverse("evergreen-sign", args=["early-help"]), {"until": "someday"}).status_code == 400
    assert client.post(reverse("evergreen-sign", args=["early-help"]), {"until": later}).status_code == 302
    assert "Approved for repeat</b> by approver" in client.get(reverse("evergreen")).content.decode()


def test_files_show_faults_as_file_and_line_and_the_strip_tells_everybody(
    workspace: Path, signed_in: SignIn
) -> None:
    client = signed_in("viewer")
    assert "in use" in client.get(reverse("files")).content.decode()
    (workspace / "messages/early.yaml").write_text("messages:\n  - id: early-help\n    kind: nonsense\n")
    html = client.get(reverse("files")).content.decode()
    assert "messages/early.yaml:" in html
    assert "not in use" in html
    assert "have" in _today(client)
    assert "See what to mend" in _today(client)


def test_files_that_were_never_good_are_told_on_every_page(workspace: Path, signed_in: SignIn) -> None:
    (workspace / "messages/early.yaml").write_text("messages: [", encoding="utf-8")
    client = signed_in("viewer")
    answer = client.get(reverse("today"))
    assert answer.status_code == 503
    assert "messages/early.yaml" in answer.content.decode()
    assert client.get(reverse("sign-in")).status_code == 200


def test_what_fell_due_in_a_pause_is_one_short_list(approved: Post, signed_in: SignIn) -> None:
    for _ in range(7):
        row = models.Post.objects.get(pk=approved.id)
        row.pk = None
        row.save()
        models.Delivery.objects.create(
            post=row,
            account="practice",
            platform="rehearsal",
            state="missed",
            reason="paused",
            key=str(row.pk),
            due_at=row.scheduled_for,
            closes_at=row.scheduled_for,
            not_before=row.scheduled_for,
        )
    html = _today(signed_in("approver"))
    assert html.count("Everything was paused when its time came.") == 5
    assert "2 more need a decision" in html


def test_reports_are_listed_shown_commented_and_downloaded(signed_in: SignIn) -> None:
    week = "2026-W40"
    client = signed_in("author")
    assert "Futures" in client.get(reverse("reports")).content.decode()
    client.post(reverse("reports-comment", args=["futures", week]), {"comment": "<b>Quiet</b> week"})
    html = client.get(reverse("reports-week", args=["futures", week])).content.decode()
    assert "&lt;b&gt;Quiet&lt;/b&gt; week" in html
    for kind in ("html", "csv", "json"):
        answer = client.get(reverse("reports-download", args=["futures", week, kind]))
        assert f'filename="futures-{week}.{kind}"' in answer["Content-Disposition"]
    assert json.loads(answer.content)["week"] == week
    assert client.get(reverse("reports-download", args=["futures", week, "exe"])).status_code == 404
    assert client.get(reverse("reports-week", args=["futures", "2026-W99"])).status_code == 404
    assert client.get(reverse("reports-week", args=["nowhere", week])).status_code == 404


def test_words_that_are_the_code_s_own_never_reach_a_page(waiting: Post, signed_in: SignIn) -> None:
    client = signed_in("approver")
    for name in ("today", "queue", "evergreen", "practice", "reports", "files", "pause"):
        shown = re.sub(r"<[^>]*>", " ", client.get(reverse(name)).content.decode()).casefold()
        for word in ("ledger", "drain", "rehearsal", "in_review", "withdrawn", "delivery", "snapshot"):
            assert word not in shown, (name, word)


@given(some.text())
def test_any_text_is_escaped_and_nothing_of_it_is_lost(text: str) -> None:
    shown = plainly(text)
    bare = re.sub(r'<span class="odd">U\+[0-9A-F]{4}</span>', "", shown)
    assert "<" not in bare
    assert ">" not in bare
    assert "\u202e" not in shown


@given(some.text(alphabet="a #@é🙂<>&\"'/.:hftps\u202e\n"))
def test_facets_split_any_text_without_losing_a_letter(text: str) -> None:
    shown = reading(ProofPart(text=text, length=0, facets=facets(text)))
    bare = re.sub(r"<[^>]*>", "", shown)
    assert bare == re.sub(r"<[^>]*>", "", plainly(text))


def test_a_facet_that_does_not_fit_is_left_out() -> None:
    part = ProofPart("é x", 3, (Facet(0, 99, "link", "javascript:alert(1)"), Facet(2, 1, "tag", "x")))
    assert "javascript" not in reading(part)


def test_moments_are_told_on_the_campaign_s_clock() -> None:
    assert "Tue 2 Jan 2018, 00:30" in clock(datetime(2018, 1, 1, 23, 30, tzinfo=UTC), "Europe/Paris")
    assert clock(None) == ""
