"""What a rule holds at its time is told on Today while it can still be mended, not only once it is too late."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from bfbot.desk import review, stops, writing
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models, posts
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.web.conftest import SignIn
from tests.web.files import FILES

CLASH = "clashes:\n  - {id: week, name: Their week, campaigns: [futures], from: 2000-01-01, until: 2099-01-01}\n"


@pytest.fixture
def held(signed_in: SignIn) -> Post:
    """Approved, then a week was declared, then its time came."""
    from bfbot.config import config

    now = datetime.now(UTC)
    text, at = "Children do best when help comes early.", now + timedelta(seconds=1)
    post = writing.write(
        campaign="futures", accounts=["practice"], wording=Wording(text), at=at, actor="author", now=now
    )
    review.submit(post.id, actor="author", now=now)
    review.approve(post.id, actor="approver", now=now)
    (config().home / "schedules" / "clashes.yaml").write_text(CLASH, encoding="utf-8")
    then = at + timedelta(seconds=1)
    for account in release_due(then):
        assert drain(account, lambda: then, "w") == 0
    assert posts.get(post.id).deliveries[0].state is DeliveryState.DUE
    return post


def needs(signed_in: SignIn, name: str = "viewer") -> str:
    return signed_in(name).get(reverse("today-part", args=["needs"])).content.decode()


@pytest.mark.django_db(transaction=True)
def test_today_tells_why_it_is_held_and_leads_to_it(held: Post, signed_in: SignIn) -> None:
    assert "week" not in str(FILES)
    told = needs(signed_in)
    assert "Held at its time" in told
    assert "New since it was approved" in told
    assert "belongs to Their week" in told
    assert reverse("post", args=[held.id]) in told
    now = datetime.now(UTC)
    hold = stops.pause(actor="approver", now=now, reason="A crisis")
    assert "Held at its time" not in needs(signed_in), "the pause stands above every page"
    stops.resume(actor="approver", now=now, hold_id=hold.id)
    review.send_back(held.id, actor="approver", now=now, reason="Their week.")
    review.submit(held.id, actor="author", now=now)
    assert "Held at its time" not in needs(signed_in)
    review.approve(held.id, actor="approver", now=now, confirmed="They agree.")
    assert "Held at its time" not in needs(signed_in), "a new word has settled it"


@pytest.mark.django_db(transaction=True)
def test_a_network_that_did_not_answer_is_no_rule(held: Post, signed_in: SignIn) -> None:
    row = models.Delivery.objects.get(post_id=held.id)
    later = row.not_before + timedelta(minutes=5)
    models.Delivery.objects.update(attempts=1, error="No answer.", reason="", not_before=later)
    assert "Held at its time" not in needs(signed_in)
    assert drain("practice", lambda: later, "w") == 0
    assert "Held at its time" in needs(signed_in), "tried once, and held by a rule since"
