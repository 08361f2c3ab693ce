"""Two campaigns on one account, through the desk: each asks the other's posts, and an approver decides."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bfbot.desk import review, writing
from bfbot.desk.judging import Refused, check_at_send
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models, posts
from tests.desk.steps import SOON, approved
from tests.workspace import APPROVER, AUTHOR, COUNTY, NOW, PRACTICE, change

pytestmark = pytest.mark.django_db


def of_the_county(at: datetime) -> Post:
    post = writing.write(
        campaign=COUNTY,
        accounts=[PRACTICE],
        wording=Wording("Village halls open for homework clubs."),
        at=at,
        actor=AUTHOR,
        now=NOW,
    )
    return review.submit(post.id, actor=AUTHOR, now=NOW)


def shared(home: Path) -> None:
    change(
        home,
        "{id: practice, platform: rehearsal, campaigns: [bright]",
        "{id: practice, platform: rehearsal, campaigns: [bright, county]",
    )


@pytest.mark.parametrize(("minutes", "near"), [(29, True), (-29, True), (30, False)])
def test_two_campaigns_within_minutes_need_a_word(home: Path, minutes: int, near: bool) -> None:
    shared(home)
    approved()
    post = of_the_county(SOON + timedelta(minutes=minutes))
    if near:
        with pytest.raises(Refused, match="Bright has post"):
            review.approve(post.id, actor=APPROVER, now=NOW)
    done = review.approve(
        post.id, actor=APPROVER, now=NOW, confirmed="Agreed: they belong together." if near else ""
    )
    assert done.state is PostState.APPROVED


def test_what_was_moved_beside_another_campaign_asks_at_send_again(home: Path) -> None:
    """Approved hours apart; then one is moved. The first goes out, the one behind it waits for a word."""
    shared(home)
    first = approved()
    later = review.approve(of_the_county(SOON + timedelta(hours=2)).id, actor=APPROVER, now=NOW)
    assert check_at_send(later.deliveries[0], SOON + timedelta(hours=2)) == ()
    near = SOON + timedelta(minutes=20)
    models.Delivery.objects.filter(post_id=later.id).update(due_at=near)
    later = posts.get(later.id)
    assert check_at_send(first.deliveries[0], SOON) == ()
    models.Delivery.objects.filter(post_id=first.id).update(state=DeliveryState.PUBLISHED, published_at=SOON)
    assert "Bright has post" in str(check_at_send(later.deliveries[0], near)[0])
    models.Approval.objects.filter(post_id=first.id).update(confirmed="Agreed: they belong together.")
    assert check_at_send(later.deliveries[0], near) == ()


def test_accounts_of_one_campaign_are_not_asked_about(home: Path) -> None:
    approved()
    from bfbot.desk.neighbours import others_near
    from bfbot.library import current_revision

    post = approved("Libraries open early in the holidays.")
    assert others_near(post, post.deliveries, current_revision(NOW)) == ()


def test_days_of_another_campaign_hold_what_was_approved_before(home: Path) -> None:
    post = approved()
    line = "{id: other, name: Their week, campaigns: [bright], from: 2026-11-23, until: 2026-11-29}"
    (home / "schedules" / "clashes.yaml").write_text(f"clashes:\n  - {line}\n", encoding="utf-8")
    assert "belongs to Their week" in str(check_at_send(post.deliveries[0], SOON)[0])
