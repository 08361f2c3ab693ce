"""`make up` for a visitor: what is on the screen within a minute, whatever the clock says."""

from __future__ import annotations

import html
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.servers.ports import free_port

pytestmark = pytest.mark.slow

MOMENTS = {
    "saturday-23:00": "2026-11-21 23:00:00",  # in the quiet time, and nobody at work
    "monday-00:05": "2026-11-23 00:05:00",  # last week is over, its report not drafted yet
    "2029": "2029-03-25 00:30:00",  # half an hour before the clocks go forward
}
BFBOT = Path(sys.executable).with_name("bfbot")
PATIENCE = 300
"""Seconds to make the workspace, on a machine that does other work. From the ready line on a minute has to do."""


@dataclass
class Desk:
    """A running sample workspace; `ready_at` is the time of its ready line by its own clock, `ready` monotonic."""

    url: str
    home: str
    process: subprocess.Popen[str]
    ready_at: datetime
    ready: float

    def within_the_minute(self, what: str) -> None:
        seconds = time.monotonic() - self.ready
        assert seconds < 60, f"{what} after {seconds:.0f} s"

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.url + path, timeout=60) as answer:
            return str(answer.read().decode())

    def gone_out(self, since: datetime) -> list[dict[str, object]]:
        """Posts of Bright Futures that the practice channel has had since then."""
        listed = subprocess.run(
            [BFBOT, "queue", "list", "--json", "--campaign", "bright-futures"],
            env={"PATH": os.environ["PATH"], "BFBOT_HOME": self.home},
            capture_output=True,
            check=True,
            timeout=60,
        )
        return [
            post
            for post in json.loads(listed.stdout)
            if post["deliveries"][0]["state"] == "published"
            and post["deliveries"][0]["platform"] == "rehearsal"
            and datetime.fromisoformat(post["deliveries"][0]["published_at"]) >= since
        ]

    def wait_for(self, path: str, pattern: str, times: int = 1) -> str:
        """The page once it shows the pattern so often; fails at the end of the visitor's minute."""
        while True:
            page = self.page(path)
            if len(re.findall(pattern, page)) >= times:
                return page
            self.within_the_minute(f"{pattern} is not on {path}")
            time.sleep(0.5)


def start(home: Path, moment: str) -> Desk:
    """The very commands of `make up`, under another clock."""
    port = free_port()
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "BFBOT_HOME": str(home)}
    clock = ["faketime", moment]
    subprocess.run([BFBOT, "init", "--sample", str(home)], check=True, env=environment, timeout=PATIENCE)
    began = time.monotonic()
    process = subprocess.Popen(
        [*clock, str(BFBOT), "up", "--port", str(port)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "is ready" in line:
            ready = time.monotonic()
            ready_at = _at(moment) + timedelta(seconds=ready - began)
            return Desk(f"http://127.0.0.1:{port}", str(home), process, ready_at, ready)
    raise AssertionError("bfbot ended before it was ready")


def _at(moment: str) -> datetime:
    return datetime.fromisoformat(f"{moment}+00:00")


@pytest.fixture(scope="module")
def desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Desk]]:
    if shutil.which("faketime") is None:
        pytest.skip("faketime is not installed: the clock cannot be set for a test")
    with ThreadPoolExecutor() as pool:
        homes = {name: tmp_path_factory.mktemp("home") / name for name in MOMENTS}
        found = {name: pool.submit(start, homes[name], moment) for name, moment in MOMENTS.items()}
        running = {name: one.result() for name, one in found.items()}
    yield running
    for desk in running.values():
        os.killpg(desk.process.pid, signal.SIGTERM)
        desk.process.wait(timeout=60)


@pytest.mark.parametrize("name", MOMENTS)
def test_three_posts_go_out_on_the_practice_channel(desks: dict[str, Desk], name: str) -> None:
    desk = desks[name]
    while len(out := desk.gone_out(since=_at(MOMENTS[name]))) < 3:
        desk.within_the_minute(f"{len(out)} of 3 posts are out")
        time.sleep(1)
    for one in out[:3]:
        assert datetime.fromisoformat(str(one["scheduled_for"])) - desk.ready_at < timedelta(minutes=1)
    assert all(one["message"] for one in out), "they come from the shipped library"
    first = html.escape(str(out[0]["text"]).split("\n")[0][:40])
    assert first in desk.wait_for("/", "Just out")
    assert first in desk.page("/practice/")


@pytest.mark.parametrize("name", MOMENTS)
def test_a_release_waits_for_approval(desks: dict[str, Desk], name: str) -> None:
    desks[name].wait_for("/", r"New release")


@pytest.mark.parametrize("name", MOMENTS)
def test_a_refusal_says_what_to_do(desks: dict[str, Desk], name: str) -> None:
    page = desks[name].wait_for("/", r"3\.1 billion")
    assert "expired on 31 December 2025" in page


@pytest.mark.parametrize("name", MOMENTS)
def test_last_weeks_report_has_charts_and_says_sample(desks: dict[str, Desk], name: str) -> None:
    page = desks[name].page("/")
    link = re.search(r'href="(/reports/bright-futures/\d{4}-W\d\d/?)"', page)
    assert link is not None
    report = desks[name].page(link.group(1))
    assert "SAMPLE" in report
    chart = re.search(r'src="([^"]+\.svg)"', report)
    assert chart is not None
    assert "<svg" in desks[name].page(chart.group(1))


@pytest.mark.parametrize("name", MOMENTS)
def test_the_first_screen_says_aloud_that_it_is_practice(desks: dict[str, Desk], name: str) -> None:
    page = desks[name].page("/")
    for words in (
        "Practice mode",
        "Nothing leaves this computer",
        "no real account",
        "Next out",
        "Needs you",
        "Last week",
    ):
        assert words in page, words
    sign_in = desks[name].page("/sign-in")
    assert "Demo author" in sign_in
    assert "Demo approver" in sign_in
