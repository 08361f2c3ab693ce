"""Deleting what is live, and starting an account again: both take an approver, and stand on record."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState
from bfbot.ledger import account_states, audit, models, posts
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.web.conftest import SignIn


@pytest.fixture
def live(approved: Post) -> Post:
    """The approved post, gone out on the practice channel."""
    at = approved.scheduled_for
    for account in release_due(at):
        drain(account, clock=lambda: at, worker="test")
    return posts.get(approved.id)


def test_it_is_asked_first_and_then_gone(live: Post, signed_in: SignIn) -> None:
    client, delivery = signed_in("approver"), live.deliveries[0]
    address = reverse("post-delete", args=[live.id, delivery.id])
    assert address in client.get(reverse("post", args=[live.id])).content.decode()
    asked = client.get(address).content.decode()
    assert "Delete from Practice channel?" in asked
    assert models.PracticePost.objects.filter(deleted_at=None).count() == 1
    client.post(address)
    assert posts.get(live.id).deliveries[0].state is DeliveryState.DELETED
    assert models.PracticePost.objects.filter(deleted_at=None).count() == 0
    assert audit.entries(f"post:{live.id}", "deleted")[0].actor == "approver"
    page = client.get(reverse("post", args=[live.id])).content.decode()
    assert address not in page
    assert "deleted it from its network" in page


def test_what_is_not_live_cannot_be_deleted(approved: Post, signed_in: SignIn) -> None:
    address = reverse("post-delete", args=[approved.id, approved.deliveries[0].id])
    client = signed_in("approver")
    assert "not live" in client.get(address).content.decode()
    assert client.post(address).status_code >= 400
    assert posts.get(approved.id).deliveries[0].state is DeliveryState.PLANNED


def test_an_author_is_not_offered_it(live: Post, signed_in: SignIn) -> None:
    assert "Delete from" not in signed_in("author").get(reverse("post", args=[live.id])).content.decode()


def test_another_post_s_part_is_not_found(live: Post, signed_in: SignIn) -> None:
    no_such = live.deliveries[0].id + 1
    assert signed_in("approver").get(reverse("post-delete", args=[live.id, no_such])).status_code == 404


def test_a_stopped_account_is_started_by_an_approver(signed_in: SignIn, workspace: object) -> None:
    account_states.stop("practice", "the key no longer opens", datetime.now(UTC))
    assert "An approver starts it again" in signed_in("author").get(reverse("today")).content.decode()
    client = signed_in("approver")
    html = client.get(reverse("today")).content.decode()
    assert "The key no longer opens." in html
    assert "start again" in html
    client.post(reverse("account-start", args=["practice"]))
    assert account_states.stopped() == []
    assert audit.entries("account:practice")[0].actor == "approver"
