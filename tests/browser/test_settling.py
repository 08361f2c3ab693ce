"""A post that may be live, on a telephone: looked for, found in the account's own list, and settled by a press."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bfbot.desk import review
from bfbot.domain.sending import Action, Outcome
from bfbot.domain.states import DeliveryState
from bfbot.ledger import models, practice
from tests.browser.conftest import PHONE, Opening
from tests.browser.test_desk import waiting_post

pytestmark = pytest.mark.browser


def test_it_is_looked_for_and_settled_on_a_telephone(open_as: Opening) -> None:
    now = datetime.now(UTC)
    post = waiting_post()
    review.approve(post.id, actor="approver", now=now)
    (delivery,) = post.deliveries
    models.Attempt.objects.create(
        delivery_id=delivery.id,
        part=0,
        started_at=now,
        worker="w",
        action=Action.PUBLISH,
        outcome=Outcome.UNKNOWN,
        detail="Nothing came back " + "and nothing will " * 9,
    )
    models.Delivery.objects.update(state=DeliveryState.UNKNOWN, attempts=1)
    seen = practice.add_practice_post(
        account="practice", key="k", text="Children do best." + "x" * 200, media=[], reply_to="", at=now
    )
    approver = open_as("approver", size=PHONE)
    page = approver.goto(f"/posts/{post.id}")
    page.get_by_role("button", name="Look again now").click()
    page.get_by_text("It is not in the account’s own list.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    page.get_by_role("button", name="This is it").click()
    page.get_by_text("It is on record as live.").wait_for()
    approver.check()
    assert models.Part.objects.get().remote_id == str(seen.pk)
