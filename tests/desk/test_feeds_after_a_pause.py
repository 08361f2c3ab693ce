"""What a feed would send by itself comes back as a draft after a pause, however the pause ends."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bfbot.desk import standing, stops
from bfbot.domain.hold import Scope
from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import audit, posts
from bfbot.publishing.release import release_due
from tests.desk.steps import approved, drafted_from_feed
from tests.workspace import APPROVER, AUTHOR, NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]
END = NOW + timedelta(minutes=10)
DUE = NOW + timedelta(minutes=15)


def released(title: str = "Councils open new family hubs") -> Post:
    """A release of a feed that an approver signed: approved, and out in fifteen minutes."""
    standing.sign_feed("news", actor=APPROVER, now=NOW, until=NOW.date() + timedelta(days=30))
    post = drafted_from_feed(title)
    assert (post.state, post.scheduled_for) == (PostState.APPROVED, DUE)
    return post


@pytest.mark.parametrize(
    ("scope", "of"), [(Scope.EVERYTHING, ""), (Scope.FEED, "news"), (Scope.CAMPAIGN, "bright")]
)
def test_when_somebody_resumes(scope: Scope, of: str) -> None:
    post = released()
    stops.pause(actor=AUTHOR, now=NOW, reason="Mourning", scope=scope, scope_id=of)
    stops.resume(actor=APPROVER, now=END)
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert "There was a pause (Mourning)" in posts.get(post.id).note


@pytest.mark.parametrize(
    ("scope", "of"), [(Scope.EVERYTHING, ""), (Scope.FEED, "news"), (Scope.CAMPAIGN, "bright")]
)
def test_when_the_pause_ends_by_itself(scope: Scope, of: str) -> None:
    post, by_people = released(), approved(at=NOW + timedelta(hours=2))
    hold = stops.pause(actor=AUTHOR, now=NOW, reason="Mourning", scope=scope, scope_id=of, until=END)
    release_due(END - timedelta(seconds=1))
    assert posts.get(post.id).state is PostState.APPROVED
    release_due(END)
    assert posts.get(post.id).state is PostState.IN_REVIEW
    assert posts.get(by_people.id).state is PostState.APPROVED
    release_due(DUE)
    assert posts.get(post.id).deliveries[0].state is DeliveryState.PLANNED, "nobody approved it again"
    assert len(audit.entries(f"hold:{hold.id}", "pause ran out")) == 1, "once"
