"""The page of the accounts: what each needs, the two people's buttons, and what Today says of a muted one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from bfbot.desk import stops
from bfbot.desk.automatic import draft_from_release
from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import going_live, models, posts
from bfbot.library import current_revision
from tests.web.conftest import SignIn
from tests.web.releases import a_release

TOWN = "town"


def add_town(workspace: Path) -> None:
    """An account on Mastodon, to which the feed posts."""
    with (workspace / "schedules/accounts.yaml").open("a") as file:
        file.write(
            '  - {id: town, platform: mastodon, campaigns: [futures], base_url: "https://social.example",\n'
            "     label: Town Hall, secrets: {access_token: env:TOWN_TOKEN}}\n"
        )
    (workspace / "messages/waits.yaml").write_text(
        "messages:\n  - {id: waits, kind: statistic, campaign: futures, pillar: early, rest_days: 3,\n"
        '     text: "{fact:waits} of families waited longer than the year before."}\n'
    )
    feeds = workspace / "schedules/feeds.yaml"
    feeds.write_text(feeds.read_text().replace("accounts: [practice]", "accounts: [town]"))


@pytest.fixture
def town(workspace: Path) -> Path:
    add_town(workspace)
    return workspace


@pytest.fixture
def waits(team: object, town: Path) -> Post:
    return found_and_approved()


def found_and_approved() -> Post:
    """What the feed found, approved."""
    now = datetime.now(UTC)
    revision = current_revision(now)
    number = draft_from_release(
        a_release(now, title="Two new libraries"), revision.feeds["council-news"], revision, now
    )
    models.Post.objects.filter(pk=number).update(state=PostState.APPROVED)
    return posts.get(number)


def page(client: Client, name: str = "accounts") -> str:
    return client.get(reverse(name)).content.decode()


def does(client: Client, what: str, **form: str) -> str:
    """Press a button, and read the page that follows."""
    return client.post(reverse(f"account-{what}", args=[TOWN]), form, follow=True).content.decode()


def prepared(approved: Post) -> None:
    """All but the statistics and the two people; `approved` stands for a first post."""
    now = datetime.now(UTC)
    stops.pause(actor="author", now=now, reason="A trial")
    stops.resume(actor="approver", now=now)
    models.FeedState.objects.create(feed="council-news", primed_at=now)
    models.Delivery.objects.filter(post_id=approved.id).update(
        account=TOWN, state=DeliveryState.PUBLISHED, published_at=now + timedelta(seconds=1)
    )


def test_each_account_says_what_it_needs(town: Path, signed_in: SignIn) -> None:
    seen = page(signed_in("viewer"))
    for words in ("Town Hall", "Muted", "A pause tried", "Nobody has asked that it goes live", "Not read yet"):
        assert words in seen
    assert "Practice channel" in seen
    assert "Second channel" in seen
    assert "Nothing on it leaves this computer" in seen
    assert "Ask to go live" not in seen
    assert "I have reviewed" not in seen
    models.Membership.objects.filter(user__name="viewer").update(campaign="elsewhere")
    assert 'id="town"' not in page(signed_in("viewer"))


def test_two_people_press_two_buttons(town: Path, approved: Post, signed_in: SignIn) -> None:
    prepared(approved)
    author, approver = signed_in("author"), signed_in("approver")
    assert "Ask to go live" not in page(author), "the statistics are still to be reviewed"
    assert "Noted under your name" in does(approver, "reviewed")
    assert "Ask to go live" in page(approver)
    assert "Ask to go live" in page(author)
    assert "Asked. An approver other than you" in does(author, "ask")
    assert "Confirm: go live" not in page(author)
    assert "Confirm: go live" in page(approver)
    assert "It is live" in does(approver, "confirm")
    seen = page(author)
    assert "author asked and approver confirmed" in seen
    assert "Mute it again" not in seen
    assert "Mute it again" in page(approver)
    assert "Town Hall" in does(approver, "mute", reason="The tone is wrong.")
    assert "The tone is wrong." in page(author)
    assert going_live.stages([TOWN])[TOWN].live_since is None


def test_whoever_asked_is_not_offered_to_confirm_and_is_refused(
    town: Path, approved: Post, signed_in: SignIn
) -> None:
    prepared(approved)
    approver = signed_in("approver")
    does(approver, "reviewed")
    does(approver, "ask")
    assert "Confirm: go live" not in page(approver)
    assert "You asked: another approver confirms" in page(approver)
    assert approver.post(reverse("account-confirm", args=[TOWN])).status_code == 403
    assert "It is live" in does(signed_in("admin"), "confirm")


def test_a_refusal_stands_beside_the_account(town: Path, signed_in: SignIn) -> None:
    answer = signed_in("author").post(reverse("account-ask", args=[TOWN]))
    assert answer.status_code == 422
    told = answer.content.decode()
    assert "It cannot go live yet." in told
    assert told.index('id="town"') < told.index("It cannot go live yet.")
    answer = signed_in("author").post(reverse("account-ask", args=["nowhere"]))
    assert answer.status_code == 400
    assert "There is no account “nowhere”" in answer.content.decode()


def test_today_and_the_post_itself_say_that_it_waits(waits: Post, signed_in: SignIn) -> None:
    client = signed_in("author")
    today = page(client, "today")
    assert "Account muted" in today
    assert "1 approved post that comes by itself waits until it is live" in today
    shown = client.get(reverse("post", args=[waits.id])).content.decode()
    assert "Town Hall is not live yet, and this post comes by itself." in shown
    going_live.ask(TOWN, "author", datetime.now(UTC))
    assert "author asks that it goes live: another approver confirms" in page(client, "today")
    going_live.go_live(TOWN, "approver", datetime.now(UTC))
    assert "Account muted" not in page(client, "today")
    assert "is not live yet" not in client.get(reverse("post", args=[waits.id])).content.decode()


def test_the_line_above_every_page_names_a_connected_account_that_is_muted(
    town: Path, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    muted = ">Muted</a>, so that nothing goes out there by itself: Town Hall."
    assert muted not in page(signed_in("viewer"), "queue"), "it is not connected yet"
    monkeypatch.setattr("bfbot.accounts.connection._secrets", lambda account: {})
    assert muted in page(signed_in("viewer"), "queue")
    going_live.ask(TOWN, "author", datetime.now(UTC))
    going_live.go_live(TOWN, "approver", datetime.now(UTC))
    assert muted not in page(signed_in("viewer"), "queue")
