"""The way of a post through a real browser: written by one, approved by another, stopped and resumed."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from bfbot.desk import review, writing
from bfbot.domain.post import Post, Wording
from bfbot.ledger import models
from tests.browser.conftest import DESKTOP, PHONE, Opening

pytestmark = pytest.mark.browser


def waiting_post(text: str = "Children do best when help comes early.") -> Post:
    now = datetime.now(UTC)
    post = writing.write(
        campaign="futures", accounts=["practice"], wording=Wording(text=text), at=now, actor="author", now=now
    )
    return review.submit(post.id, actor="author", now=now)


def test_written_by_one_and_approved_by_another(open_as: Opening) -> None:
    author = open_as("author")
    page = author.goto("/write")
    page.get_by_label("Text", exact=True).fill("Help that comes early lasts.")
    preview = page.locator("#preview .proof")
    preview.wait_for()
    assert "28 of 500" in preview.inner_text()
    page.get_by_label("Text", exact=True).press_sequentially(" Always.")
    page.get_by_text("36 of 500").wait_for()
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("Somebody else now reads it.").wait_for()
    assert page.get_by_role("button", name="Approve").count() == 0
    author.check()

    approver = open_as("approver")
    approver.page.get_by_role("link", name=re.compile("^Read and approve")).first.click()
    assert "Help that comes early lasts. Always." in approver.page.locator(".proof-text").first.inner_text()
    approver.page.get_by_role("button", name="Approve").click()
    approver.page.get_by_text("exactly as shown").wait_for()
    approver.check()
    assert models.Approval.objects.get().approver == "approver"


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_picture_is_added_with_its_alt_text_and_its_rights(size: dict[str, int], open_as: Opening) -> None:
    from tests.web.pictures import png

    author = open_as("author", size=size)
    page = author.goto("/write")
    page.get_by_label("Text", exact=True).fill("Look.")
    page.get_by_label(re.compile("^Add a picture")).set_input_files(
        {"name": "field.png", "mimeType": "image/png", "buffer": png()}
    )
    page.get_by_label(re.compile("^Alt text")).fill("A teal field")
    page.locator("#preview figcaption", has_text="A teal field").wait_for()
    assert page.get_by_label(re.compile("^Add a picture")).input_value() == ""
    asked = page.get_by_role("group", name=re.compile("^What we may do with it"))
    page.locator("#preview").get_by_text("Nobody wrote down whose").wait_for()
    asked.get_by_label("Credit").fill("The council's photographer")
    asked.get_by_label("Owner").fill("The council")
    asked.get_by_label("Licence").fill("Our own work")
    asked.get_by_label("No last day").check()
    asked.get_by_label("Who can be seen").select_option("Nobody")
    page.locator("#preview").get_by_text("may be used without end; shows nobody").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.get_by_role("button", name="Send for approval").click()
    page.get_by_text("Somebody else now reads it.").wait_for()
    assert [one["alt"] for one in models.Post.objects.get().media] == ["A teal field"]
    author.check()
    approver = open_as("approver", size=size)
    approver.page.get_by_role("link", name=re.compile("^Read and approve")).first.click()
    approver.page.get_by_role("heading", name="Rights in its pictures").wait_for()
    assert approver.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    approver.page.get_by_label(re.compile("^Your word")).fill("I asked our photographer.")
    approver.page.get_by_role("button", name="Approve").click()
    approver.page.get_by_text("exactly as shown").wait_for()
    approver.check()


def test_paused_by_one_and_resumed_by_another(open_as: Opening) -> None:
    author = open_as("author")
    author.page.get_by_role("link", name="Pause everything").click()
    author.page.get_by_label("Reason").fill("A sad day")
    author.page.get_by_role("button", name="Pause everything now").click()
    author.page.get_by_text("Everything is paused.", exact=True).wait_for()
    assert author.page.get_by_role("button", name="Resume").count() == 0
    approver = open_as("approver")
    approver.page.get_by_role("button", name="Resume").click()
    approver.page.get_by_text("nothing is sent late by itself").wait_for()
    author.check()
    approver.check()


def test_today_changes_by_itself_and_says_so(open_as: Opening) -> None:
    approver = open_as("approver")
    page = approver.page
    page.clock.install()
    approver.goto("/")
    page.clock.fast_forward(5100)
    post = waiting_post()
    page.clock.fast_forward(5100)
    page.get_by_text("Children do best").first.wait_for()
    page.locator("#spoken", has_text="1 to approve").wait_for(state="attached")
    link = page.get_by_role("link", name=re.compile("^Read and approve"))
    link.focus()
    review.withdraw(post.id, actor="author", now=datetime.now(UTC))
    with page.expect_response(re.compile("today/needs")):
        page.clock.fast_forward(5100)
    page.wait_for_timeout(100)
    assert link.count() == 1  # never taken away from under somebody's hands
    approver.check()


def test_the_main_things_are_done_by_keyboard_alone(open_as: Opening) -> None:
    waiting_post()
    approver = open_as("approver")
    page = approver.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main part"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    _tab_to(page, "Read and approve")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/posts/"))
    _tab_to(page, "Approve")
    page.keyboard.press("Enter")
    page.get_by_text("exactly as shown").wait_for()
    _tab_to(page, "Cancel")
    page.keyboard.press("Enter")
    _tab_to(page, "")
    page.keyboard.type("News overtook it")
    _tab_to(page, "Cancel this post")
    page.keyboard.press("Enter")
    page.get_by_text("What has not gone out will not.").wait_for()
    approver.check()


def test_the_demo_people_sign_in_with_one_click(open_as: Opening) -> None:
    from bfbot.config import config
    from bfbot.sample.people import add_people

    (config().home / "SAMPLE").touch()
    add_people(datetime.now(UTC))
    guest = open_as(size=PHONE)
    page = guest.goto("/")
    page.get_by_role("link", name="sign in as Demo author").click()
    page.get_by_role("button", name="Sign in as Demo approver").click()
    page.get_by_text("Signed in as Demo approver").wait_for()
    guest.check()


def _tab_to(page: object, words: str, most: int = 60) -> None:
    """Press Tab until what has the focus begins with these words ("" takes the next thing)."""
    for _ in range(most):
        page.keyboard.press("Tab")  # type: ignore[attr-defined]  # a Page of Playwright
        text = str(page.evaluate("document.activeElement.textContent.trim()"))  # type: ignore[attr-defined]  # as above
        if text.startswith(words):
            return
    raise AssertionError(f"{words} cannot be reached by keyboard")
