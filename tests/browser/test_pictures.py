"""Takes the README's pictures of the sample workspace as `make up` shows it. Run by `make docs` alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest

from tests.browser.conftest import ROOT
from tests.servers.ports import free_port

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PICTURES = ROOT / "docs/pictures"
PATIENCE = 300  # seconds: eight weeks of practice posts are made first
SETTLED = 5  # seconds after which the first post has gone out


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a sample workspace that is running."""
    home = tmp_path_factory.mktemp("sample") / "desk"
    port = free_port()
    environment = {**os.environ, "BFBOT_HOME": str(home)}
    command = [sys.executable, "-m", "bfbot.cli.main"]
    subprocess.run([*command, "init", "--sample", str(home)], check=True, env=environment)
    running = subprocess.Popen([*command, "up", "--port", str(port)], env=environment)
    try:
        _wait(f"http://127.0.0.1:{port}/sign-in", running)
        time.sleep(SETTLED)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(20)


@pytest.fixture(scope="module")
def approver(sample: str, chromium: Any) -> Iterator[Any]:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 900}, locale="en-GB", timezone_id="Europe/London"
    )
    page = context.new_page()
    page.goto(sample + "/sign-in")
    page.get_by_role("button", name="Sign in as Demo approver").click()
    page.wait_for_url(sample + "/")
    yield page
    context.close()


def _wait(url: str, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        assert running.poll() is None, "bfbot up has ended"
        try:
            with urlopen(url):
                return
        except OSError:
            time.sleep(0.5)
    raise AssertionError("bfbot up was not ready in time")


def _take(page: Any, name: str) -> None:
    page.wait_for_load_state("networkidle")
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / name)
    assert Path(PICTURES / name).stat().st_size > 20_000


def test_today(approver: Any, sample: str) -> None:
    approver.goto(sample + "/")
    approver.get_by_text("Evergreen post refused").first.wait_for(timeout=60_000)
    approver.get_by_text("New release").first.wait_for(timeout=60_000)
    with suppress(
        Exception
    ):  # it comes up within the minute, unless the computer is slow: then the page is as true
        approver.locator("#part-next .picture img").first.wait_for(timeout=25_000)
    _take(approver, "today.png")


def test_approving(approver: Any, sample: str) -> None:
    """The first that waits and has something to confirm; one with a picture if there is one."""
    approver.goto(sample + "/queue")
    waiting = approver.locator("article.sheet").filter(has_text="To confirm")
    pictured = waiting.filter(has=approver.locator("img"))
    wanted = pictured if pictured.count() else waiting if waiting.count() else approver.locator("article.sheet")
    links = wanted.get_by_role("link", name="Open post")
    approver.goto(sample + str(links.first.get_attribute("href")))
    _take(approver, "queue.png")


def test_writing(approver: Any, sample: str) -> None:
    approver.goto(sample + "/write/bright-futures")
    approver.get_by_label("Text", exact=True).fill(
        "In four years, spending on children’s social care grew by {fact:spend-growth}.\n\n"
        "What would you do first? #GettingTheBest"
    )
    approver.locator("#preview .proof").wait_for()
    _take(approver, "write.png")


def test_report(approver: Any, sample: str) -> None:
    approver.goto(sample + "/reports")
    approver.locator(".rows a").nth(1).click()
    approver.locator(".report").wait_for()
    _take(approver, "report.png")


def test_on_a_phone(approver: Any, sample: str) -> None:
    approver.set_viewport_size({"width": 390, "height": 844})
    approver.goto(sample + "/")
    _take(approver, "phone.png")
