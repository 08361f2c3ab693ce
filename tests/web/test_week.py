"""Approve the week: every post in full, nothing ticked beforehand, and only what was shown is approved."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bfbot.desk import pairs, review, writing
from bfbot.domain.localtime import local
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import PostState
from bfbot.ledger import approvals, models
from bfbot.media import blobs
from tests.uploads import uploaded
from tests.web.conftest import SignIn
from tests.web.pictures import png
from tests.web.weeks import APPROVE, TEXTS, WEEK, Form, fields, form_of, states, three_of_three_days, waiting


@pytest.fixture
def several(team: object) -> list[Post]:
    return three_of_three_days()


def test_each_is_shown_in_full_by_its_day_and_none_is_ticked(several: list[Post], signed_in: SignIn) -> None:
    stored = blobs.store(png())
    waiting("Look.", hour=18, media=(uploaded("A teal field", stored.digest),))
    html = signed_in("approver").get(WEEK).content.decode()
    for text in (*TEXTS[:2], "more than 42 per cent", "<b>Alt text:</b> A teal field", "Practice channel"):
        assert text in html
    assert reverse("media", args=[stored.digest]) in html
    assert html.count('type="checkbox"') == 4
    assert " checked>" not in html
    days = {local(one.scheduled_for, "Europe/London").date() for one in several}
    for day in days:
        assert f'id="day-{day}"' in html
    assert html.count("Your word on the claims above") == 2, "on the figure, and on whose picture it is"
    assert "<script" not in html[html.index("<main") :]


def test_the_ticked_are_approved_and_told_each(several: list[Post], signed_in: SignIn) -> None:
    client = signed_in("approver")
    form = form_of(client)
    assert len([one for one in form if one.startswith("seal-")]) == 3
    answer = client.post(APPROVE, {**form, "post": [one.id for one in several[:2]], "do": "approve"})
    assert answer.status_code == 200
    assert "<h1>2 approved</h1>" in answer.content.decode()
    assert states(*several) == [PostState.APPROVED, PostState.APPROVED, PostState.IN_REVIEW]
    for one in several[:2]:
        given = approvals.standing_on(one.id)
        assert given is not None
        assert (given.approver, given.signature) == ("approver", one.signature)
        assert given.covers(one.signature, one.scheduled_for)


def test_what_changed_while_it_lay_there_is_refused_alone(several: list[Post], signed_in: SignIn) -> None:
    client, now = signed_in("approver"), datetime.now(UTC)
    form = form_of(client)
    writing.rewrite(several[0].id, actor="author", now=now, wording=Wording("Come and buy."))
    review.submit(several[0].id, actor="author", now=now)
    answer = client.post(APPROVE, {**form, "post": [one.id for one in several], "do": "approve"})
    html = answer.content.decode()
    assert "<h1>1 approved, 2 not</h1>" in html
    assert "no longer what was shown" in html
    assert "more than 42 per cent" in html, "the claim that wants a word"
    assert states(*several) == [PostState.IN_REVIEW, PostState.APPROVED, PostState.IN_REVIEW]


def test_a_claim_is_approved_with_a_word_of_its_own(several: list[Post], signed_in: SignIn) -> None:
    client, claim = signed_in("approver"), several[2]
    form = {**form_of(client), "post": [claim.id], f"confirmed-{claim.id}": "Council survey 2026, table 4"}
    assert b"<h1>1 approved</h1>" in client.post(APPROVE, {**form, "do": "approve"}).content
    given = approvals.standing_on(claim.id)
    assert given is not None
    assert given.confirmed == "Council survey 2026, table 4"


def test_a_button_ticks_a_day_or_all_and_approves_nothing(several: list[Post], signed_in: SignIn) -> None:
    client = signed_in("approver")
    form = form_of(client)
    first = local(several[0].scheduled_for, "Europe/London").date()
    of_the_day = client.post(APPROVE, {**form, "do": f"tick:{first}"})
    assert of_the_day.status_code == 200
    assert fields(of_the_day.content.decode())["post"] == [str(several[0].id)]
    html = client.post(APPROVE, {**form, "do": "tick:all"}).content.decode()
    assert fields(html)["post"] == [str(one.id) for one in several[:2]], "the claim wants a word first"
    assert "Not ticked: what needs your word" in html
    typed = {**form, f"confirmed-{several[2].id}": "Survey, table 4", "do": "tick:all"}
    again = fields(client.post(APPROVE, typed).content.decode())
    assert again["post"] == [str(one.id) for one in several]
    assert again[f"confirmed-{several[2].id}"] == "Survey, table 4", "nobody types it twice"
    assert fields(client.post(APPROVE, {**again, "do": "untick"}).content.decode())["post"] == []
    assert states(*several) == [PostState.IN_REVIEW] * 3
    assert b"<h1>3 approved</h1>" in client.post(APPROVE, {**again, "do": "approve"}).content


def test_a_tick_does_not_stay_on_what_changed(several: list[Post], signed_in: SignIn) -> None:
    client, now = signed_in("approver"), datetime.now(UTC)
    form = {**form_of(client), "post": [several[0].id, several[1].id]}
    writing.rewrite(several[0].id, actor="author", now=now, at=several[0].scheduled_for + timedelta(hours=1))
    review.submit(several[0].id, actor="author", now=now)
    html = client.post(APPROVE, {**form, "do": "tick:all"}).content.decode()
    assert f"Changed since you ticked it: post {several[0].id}" in html
    assert fields(html)["post"] == [str(several[1].id)]


def test_with_nothing_ticked_it_says_so(several: list[Post], signed_in: SignIn) -> None:
    client = signed_in("approver")
    answer = client.post(APPROVE, {**form_of(client), "do": "approve"})
    assert answer.status_code == 400
    assert b"No post is ticked." in answer.content


@pytest.mark.parametrize("who", ["author", "viewer"])
def test_only_an_approver_finds_ticks(several: list[Post], signed_in: SignIn, who: str) -> None:
    html = signed_in(who).get(WEEK).content.decode()
    assert TEXTS[0] in html
    assert 'type="checkbox"' not in html
    assert 'name="seal-' not in html
    assert "Approve the ticked posts" not in html
    forged = signed_in("approver").get(WEEK).content.decode()
    sent = {**fields(forged), "post": [several[0].id], "do": "approve"}
    assert signed_in(who).post(APPROVE, sent).status_code == (200 if who == "author" else 403)
    assert states(*several) == [PostState.IN_REVIEW] * 3


def test_one_s_own_has_no_tick_for_an_approver_either(signed_in: SignIn) -> None:
    mine = waiting(TEXTS[0], author="approver")
    client = signed_in("approver")
    html = client.get(WEEK).content.decode()
    assert "somebody else approves it" in html
    assert f'name="post" value="{mine.id}"' not in html
    assert f'name="post" value="{mine.id}"' in signed_in("admin").get(WEEK).content.decode()


def test_two_languages_have_one_tick(signed_in: SignIn) -> None:
    english, welsh = waiting("Doors are open."), waiting("Mae’r drysau ar agor.", language="cy")
    models.Post.objects.update(scheduled_for=english.scheduled_for)
    pairs.pair(english.id, welsh.id, actor="author", now=datetime.now(UTC))
    client = signed_in("approver")
    html = client.get(WEEK).content.decode()
    assert html.count('type="checkbox"') == 1
    assert "Doors are open." in html
    assert "Mae’r drysau ar agor." in html
    done = client.post(APPROVE, {**fields(html), "post": [english.id], "do": "approve"})
    assert b"<h1>2 approved</h1>" in done.content
    assert states(english, welsh) == [PostState.APPROVED] * 2


def test_today_and_the_queue_lead_there(several: list[Post], signed_in: SignIn) -> None:
    client = signed_in("approver")
    assert "3 posts of this week wait for approval" in client.get(reverse("today")).content.decode()
    for name in ("today", "queue"):
        assert f'href="{WEEK}"' in client.get(reverse(name)).content.decode()


def test_other_days_and_campaigns_are_chosen_by_the_address(several: list[Post], signed_in: SignIn) -> None:
    client = signed_in("approver")
    later = local(several[2].scheduled_for, "Europe/London").date()
    html = client.get(f"{WEEK}?from={later}").content.decode()
    assert TEXTS[0] not in html
    assert "more than 42 per cent" in html
    assert b"Nothing waits for approval" in client.get(f"{WEEK}?campaign=elsewhere").content
    assert client.get(f"{WEEK}?from=tomorrowish").status_code == 400
    assert client.get(f"{WEEK}?from=9999-12-31").status_code == 400
    assert client.get(f"{WEEK}?from=9900-12-31&campaign=nonsense").status_code == 200
    assert TEXTS[0] in client.get(f"{WEEK}?from=2001-01-01").content.decode(), "what is over is not shown again"


def test_nobody_sees_another_campaign_s_week(several: list[Post], signed_in: SignIn) -> None:
    form = {**form_of(signed_in("approver")), "post": [several[0].id], "do": "approve"}
    models.Membership.objects.filter(user__name="approver").update(campaign="elsewhere")
    client = signed_in("approver")
    assert TEXTS[0] not in client.get(WEEK).content.decode()
    html = client.post(APPROVE, form).content.decode()
    assert f"There is no post {several[0].id}." in html
    assert TEXTS[0] not in html
    assert states(several[0]) == [PostState.IN_REVIEW]


@pytest.mark.parametrize(
    "form",
    [
        {"post": ["²", "-1", "9" * 40, "x"], "do": "approve"},
        {"post": ["1"], "seal-1": "' OR 1", "do": "approve"},
        {"post": ["1"], "with-1": "1", "seal-²": "0", "seal-": "0", "confirmed-x": "y", "do": "tick:nonsense"},
    ],
)
def test_a_forged_form_approves_nothing_and_breaks_nothing(
    several: list[Post], signed_in: SignIn, form: Form
) -> None:
    assert signed_in("approver").post(APPROVE, form).status_code in {200, 400}
    assert states(*several) == [PostState.IN_REVIEW] * 3


@pytest.mark.parametrize("count", [2, 9])
def test_more_posts_are_not_more_queries(team: object, signed_in: SignIn, count: int) -> None:
    for number in range(count):
        waiting(f"Hall number {number} is warm and open to all.", hour=9 + number)
    client = signed_in("approver")
    client.get(WEEK)
    with CaptureQueriesContext(connection) as asked:
        client.get(WEEK)
    assert len(asked) <= 40, len(asked)
    assert len(asked) == _QUERIES.setdefault("of a page", len(asked))


_QUERIES: dict[str, int] = {}
