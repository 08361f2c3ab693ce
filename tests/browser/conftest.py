"""A real browser before a real server. Skipped with the reason where Chromium is missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.web.conftest import PASSWORD, password_hash, workspace  # noqa: F401 - fixtures are taken by their names

# Playwright's own loop runs in the test's thread; Django would take that for an asynchronous program.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

# `make docs` has the README's pictures taken; an ordinary run of the tests takes none.
collect_ignore = [] if os.environ.get("BFBOT_PICTURES") == "1" else ["test_pictures.py"]

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}

# Told by the page itself, so that a refusal of the policy cannot pass unseen.
LISTEN = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.refused.push(event.violatedDirective + " " + event.blockedURI));
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is not installed: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=list(ARGS))
        yield browser
        browser.close()


@pytest.fixture(autouse=True)
def pages_read_while_a_test_writes(transactional_db: None) -> None:
    """The tests' SQLite lies in memory, where a reader meets a locked table and does not wait; files have none."""
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA read_uncommitted = 1")


class Watched:
    """A page that notes every error of its console, its scripts and its policy."""

    def __init__(self, page: Any, base: str) -> None:
        self.page, self.base = page, base
        self.errors: list[str] = []
        page.on("console", lambda said: said.type == "error" and self.errors.append(said.text))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("requestfailed", lambda asked: self._failed(asked))

    def goto(self, path: str) -> Any:
        self.page.goto(self.base + path)
        return self.page

    def check(self) -> None:
        assert self.errors == []
        assert self.page.evaluate("window.refused") == []

    def _failed(self, asked: Any) -> None:
        if "ERR_ABORTED" not in (asked.failure or ""):  # a page that is left drops what it had asked
            self.errors.append(f"{asked.url}: {asked.failure}")


Opening = Callable[..., Watched]


@pytest.fixture
def open_as(chromium: Any, live_server: Any, transactional_db: None, team: Any) -> Iterator[Opening]:
    """A browser window of its own, in which this person has signed in by the form."""
    contexts = []

    def opened(name: str = "", *, size: dict[str, int] = DESKTOP, **more: Any) -> Watched:
        context = chromium.new_context(viewport=size, locale="en-GB", timezone_id="Europe/London", **more)
        contexts.append(context)
        context.add_init_script(LISTEN)
        context.set_default_timeout(60_000)
        watched = Watched(context.new_page(), live_server.url)
        if name:
            page = watched.goto("/sign-in")
            page.get_by_label("Name").fill(name)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            page.wait_for_url(live_server.url + "/")
        return watched

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture
def team(transactional_db: None, workspace: Path, password_hash: str) -> None:  # noqa: F811 - the fixtures
    from tests.web.people import add_team

    add_team(password_hash)
