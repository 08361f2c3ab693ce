"""The feeds and what they brought: a failing feed says why, a release is dismissed, a feed approved for repeat."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.urls import reverse

from bfbot.desk import standing
from bfbot.desk.automatic import draft_from_release
from bfbot.domain.release import ReleaseState
from bfbot.domain.states import PostState
from bfbot.ledger import audit, posts, releases
from bfbot.library import current_revision
from tests.web.conftest import SignIn
from tests.web.releases import a_release


def test_a_failing_feed_says_why_and_that_it_is_no_silence(signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    releases.remember(
        "council-news", last_error="the feed is an error page", next_poll_at=now + timedelta(hours=1)
    )
    html = signed_in("viewer").get(reverse("news")).content.decode()
    assert "The feed is an error page." in html
    assert "not taken for “no news”" in html
    assert "Not read" in html
    assert "The feed is an error page." in signed_in("viewer").get(reverse("today")).content.decode()


def test_an_author_dismisses_a_release(signed_in: SignIn) -> None:
    found = a_release(datetime.now(UTC))
    client = signed_in("author")
    assert "Dismiss this release" in client.get(reverse("news")).content.decode()
    client.post(reverse("news-dismiss", args=[found.id]), {"reason": "Not ours"})
    assert releases.get(found.id).state is ReleaseState.DISMISSED
    assert audit.entries(f"release:{found.id}")[-1].detail["reason"] == "Not ours"
    html = client.get(reverse("news")).content.decode()
    assert "Dismissed" in html
    assert "Dismiss this release" not in html


def test_what_is_dismissed_is_not_dismissed_twice(signed_in: SignIn) -> None:
    found = a_release(datetime.now(UTC))
    client = signed_in("author")
    client.post(reverse("news-dismiss", args=[found.id]))
    assert client.post(reverse("news-dismiss", args=[found.id])).status_code == 422


def test_a_viewer_is_offered_neither(signed_in: SignIn) -> None:
    a_release(datetime.now(UTC))
    html = signed_in("viewer").get(reverse("news")).content.decode()
    assert "Councils open ten hubs" in html
    assert "Dismiss" not in html
    assert 'name="until"' not in html


def test_an_approver_approves_a_feed_for_repeat(signed_in: SignIn) -> None:
    client, until = signed_in("approver"), (datetime.now(UTC) + timedelta(days=30)).date().isoformat()
    assert "waits for approval, until an approver approves" in client.get(reverse("news")).content.decode()
    client.post(reverse("news-sign", args=["council-news"]), {"until": until})
    assert [one.subject for one in standing.in_force(datetime.now(UTC))] == ["feed:council-news"]
    assert "goes out by itself after 15 minutes" in client.get(reverse("news")).content.decode()


def test_a_day_that_is_none_is_refused_on_the_page(signed_in: SignIn) -> None:
    answer = signed_in("approver").post(reverse("news-sign", args=["council-news"]), {"until": "soon"})
    assert answer.status_code == 400
    assert "Say until which day" in answer.content.decode()


def test_dismissing_cancels_the_post_that_was_made_of_it(signed_in: SignIn) -> None:
    now = datetime.now(UTC)
    found, revision = a_release(now), current_revision(now)
    post_id = draft_from_release(found, revision.feeds["council-news"], revision, now)
    assert post_id is not None
    client = signed_in("author")
    assert reverse("post", args=[post_id]) in client.get(reverse("news")).content.decode()
    client.post(reverse("news-dismiss", args=[found.id]))
    assert posts.get(post_id).state is PostState.WITHDRAWN
