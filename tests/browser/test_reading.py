"""Every page on a phone, in daylight and after dark: nothing cut off, nothing that axe objects to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from bfbot.config import config
from bfbot.desk import stops
from bfbot.ledger import account_states, models
from tests.browser.conftest import DESKTOP, PHONE, ROOT, Opening
from tests.browser.test_desk import waiting_post
from tests.web.releases import a_release
from tests.web.test_accounts import add_town, found_and_approved
from tests.web.test_after_a_pause import begin

pytestmark = pytest.mark.browser

AXE = ROOT / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
"""All that the night changes: its style sheet sets colours and nothing else."""
ON_THEIR_WAY = ".htmx-request, .htmx-swapping, .htmx-settling"


@pytest.fixture
def addresses(team: None) -> list[str]:
    """Every page that shows something, with as much on it as the small workspace gives."""
    post = waiting_post("{fact:waits} of families waited longer, see https://council.example/" + "long" * 30)
    a_release(datetime.now(UTC), title="Councils open ten hubs")
    account_states.stop("practice", "The key no longer opens.", datetime.now(UTC))
    stops.pause(actor="author", now=datetime.now(UTC), reason="A sad day")
    begin(config().home)
    add_town(config().home)
    found_and_approved()
    late = waiting_post("A helpline that was not sent in time.")
    models.Delivery.objects.filter(post_id=late.id).update(state="missed", reason="paused")
    names = ("today", "queue", "news", "evergreen", "practice", "reports", "files", "pause", "missed", "seasons")
    pages = [reverse(name) for name in (*names, "look-ahead", "queue-week", "accounts")]
    pages += [reverse("post", args=[post.id]), reverse("post-edit", args=[post.id])]
    pages += [reverse("seasons-period", args=["local"])]
    pages += [reverse("post-delete", args=[post.id, post.deliveries[0].id])]
    pages += [reverse("write-new", args=["futures"]), reverse("reports-week", args=["futures", "2026-W40"])]
    return [*pages, "/no-such-page", reverse("sign-in"), reverse("welcome", args=["forged"])]


def test_nothing_is_cut_off_on_a_phone(addresses: list[str], open_as: Opening) -> None:
    admin = open_as("approver", size=PHONE)
    for address in addresses:
        page = admin.goto(address)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= PHONE["width"], address
        small = page.evaluate(
            """[...document.querySelectorAll("button, .button, summary, .nav a, input:not([type=hidden])")]
               .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 19)
               .map((one) => one.outerHTML)"""
        )
        assert small == [], address


def test_axe_objects_to_nothing_by_day_and_by_night(addresses: list[str], open_as: Opening) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --no-save axe-core")
    from playwright.sync_api import expect

    source = AXE.read_text(encoding="utf-8")
    admin = open_as("approver", size=DESKTOP, color_scheme="light")
    told = []
    for address in addresses:
        page = admin.goto(address)
        expect(page.locator(ON_THEIR_WAY)).to_have_count(0, timeout=60_000)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        page.evaluate(source)
        for scheme, rules in (("light", RULES), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            found = page.evaluate("(rules) => axe.run({runOnly: rules})", rules)
            assert len(found["passes"]) >= (10 if rules == RULES else 1), f"{address}: axe has hardly looked"
            told += [
                f"{address} ({scheme}): {one['id']}: {node['html'][:200]}"
                for one in found["violations"]
                for node in one["nodes"]
            ]
    assert told == []
