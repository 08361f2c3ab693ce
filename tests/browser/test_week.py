"""A week approved in a real browser without a script: ticked by a button and by keys, and what came of each."""

from __future__ import annotations

import pytest
from django.db.models import F

from bfbot.ledger import models
from tests.browser.conftest import PHONE, Opening
from tests.browser.test_desk import waiting_post

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [None, PHONE])
def test_a_week_is_approved_without_a_script(open_as: Opening, size: dict[str, int] | None) -> None:
    waiting_post("Foster carers open their doors at short notice.")
    claim = waiting_post("{fact:waits} of families waited longer.")
    waiting_post("Youth workers hear it first.")
    more = {"size": size} if size else {}
    page = open_as("approver", java_script_enabled=False, **more).goto("/queue/week")
    assert page.locator("input[name=post]:checked").count() == 0
    page.get_by_role("button", name="Tick all of this day").first.click()
    assert page.locator("input[name=post]:checked").count() == 2
    page.get_by_label(f"I agree to post {claim.id}").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Approve the ticked posts").click()
    assert page.locator("h1").inner_text() == "2 approved, 1 not"
    assert "42 per cent" in page.locator("section", has_text="Not approved").inner_text()
    page.get_by_role("link", name="What still waits").click()
    page.get_by_label("Your word on the claims above").fill("Council survey 2026, table 4")
    page.get_by_label(f"I agree to post {claim.id}").check()
    page.get_by_role("button", name="Approve the ticked posts").click()
    assert page.locator("h1").inner_text() == "1 approved"
    assert models.Approval.objects.filter(signature=F("post__signature"), approver="approver").count() == 3
