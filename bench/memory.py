"""What bfbot's processes hold together, all three networks at work and charts drawn.

PSS is counted: private pages, and of shared ones this process's share. It adds up over a tree without counting
anything twice.
"""

from __future__ import annotations

import contextlib
import json
import re
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import psutil

from bench.figure import Figure
from bench.start import free_port
from bench.workspace import BFBOT, call, running
from tests.simulators.mastodon import TOKEN, MastodonSimulator
from tests.simulators.x import KEYS, XSimulator

LIMIT = 180.0
CAMPAIGN = "bright-futures"
DEMO_AUTHOR, DEMO_APPROVER = "Demo author", "Demo approver"
TEXT = "Measured on loopback: three networks, one text. https://www.local.gov.uk/bright-futures #GettingTheBest"
_SECRETS = {"BENCH_MASTODON": TOKEN, **{f"BENCH_X_{name.upper()}": value for name, value in KEYS.items()}}
_X_SECRETS = ", ".join(f"{name}: env:BENCH_X_{name.upper()}" for name in KEYS)
_MEGABYTE = 1024 * 1024


def whole(sample: Path, folder: Path, runs: int = 3) -> list[Figure]:
    """The tree at rest after its work, and at its peak while the charts are drawn; medians."""
    accounts = sample / "schedules" / "accounts.yaml"
    shipped = accounts.read_text()
    try:
        measured = [_once(sample, accounts, shipped) for _ in range(runs)]
    finally:
        accounts.write_text(shipped)
    rest, peak_seen = (statistics.median(values) for values in zip(*measured, strict=True))
    empty, bare = _empty_django(folder), _bare_python()
    return [
        Figure(
            "All of `bfbot up`, three networks used, charts drawn", "MB", rest, "empty Django", empty, runs, LIMIT
        ),
        Figure("The same", "MB", rest, "bare Python", bare, runs, LIMIT),
        Figure("Its peak while a child draws the charts", "MB", peak_seen, "at rest", rest, runs),
    ]


def _once(sample: Path, accounts: Path, shipped: str) -> tuple[float, float]:
    """At rest, and the peak."""
    with MastodonSimulator() as mastodon, XSimulator() as x:
        accounts.write_text(shipped + _accounts(mastodon.base_url, x.base_url))
        extra = {**_SECRETS, "BFBOT_PRIVATE_HOSTS": f"{mastodon.address},{x.address}"}
        port = free_port()
        with running([BFBOT, "up", "--port", str(port)], home=sample, extra=extra) as one:
            _post_everywhere(sample, extra, [mastodon, x])
            for chart in (sample / "var" / "charts").glob("*"):
                chart.unlink()  # else they would be taken from the folder instead of drawn
            with _Peak(one.process.pid) as peak:
                drawn = _draw_charts(port)
            assert drawn, "the report had no charts to draw"
            time.sleep(2)
            return tree(one.process.pid), peak.megabytes


def tree(pid: int) -> float:
    """Megabytes of PSS of a process and everything below it."""
    total = 0
    parent = psutil.Process(pid)
    for one in [parent, *parent.children(recursive=True)]:
        with contextlib.suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            total += one.memory_full_info().pss
    return total / _MEGABYTE


class _Peak:
    """The most that a tree held, looked at every 20 ms while the block runs."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.megabytes = 0.0

    def __enter__(self) -> _Peak:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._done.wait(0.02):
            self.megabytes = max(self.megabytes, tree(self._pid))


def _accounts(mastodon: str, x: str) -> str:
    """Two more accounts for the team's file."""
    shared = f"campaigns: [{CAMPAIGN}]"
    return (
        f'\n  - {{id: bench-mastodon, platform: mastodon, {shared}, base_url: "{mastodon}", '
        "secrets: {access_token: env:BENCH_MASTODON}}\n"
        f'  - {{id: bench-x, platform: x, {shared}, base_url: "{x}", secrets: {{{_X_SECRETS}}}}}\n'
    )


def _post_everywhere(home: Path, extra: dict[str, str], networks: list[MastodonSimulator | XSimulator]) -> None:
    """One post that two people agreed to, gone out on every network."""
    where = ["--account", "practice-lga", "--account", "bench-mastodon", "--account", "bench-x"]
    words = ["--campaign", CAMPAIGN, *where, "--text", TEXT, "--at", "now", "--author", DEMO_AUTHOR, "--json"]
    made = json.loads(call(BFBOT, "queue", "add", *words, home=home, extra=extra))
    post = str(made["id"])
    call(BFBOT, "queue", "approve", post, "--by", DEMO_APPROVER, "--confirm", "Measured.", home=home, extra=extra)
    until = time.monotonic() + 30
    while not all(one.ledger for one in networks):
        if time.monotonic() > until:
            raise RuntimeError(f"not published within 30 s: {call(BFBOT, 'queue', 'show', post, home=home)}")
        time.sleep(0.2)


def _draw_charts(port: int) -> int:
    """Sign in, open the newest report, fetch each of its charts; how many there were."""
    base = f"http://127.0.0.1:{port}"
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def get(path: str, form: dict[str, str] | None = None) -> str:
        data = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(base + path, data=data, headers={"Referer": base + path})
        with browser.open(request, timeout=90) as answer:
            return str(answer.read().decode())

    door = get("/sign-in")
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', door)
    password = re.search(r'name="password" value="([^"]+)"', door)  # the sample's sign-in page shows it
    assert token is not None
    assert password is not None
    get("/sign-in", {"csrfmiddlewaretoken": token[1], "name": DEMO_AUTHOR, "password": password[1]})
    weeks = re.findall(rf'href="(/reports/{CAMPAIGN}/\d{{4}}-W\d\d)"', get("/reports"))
    charts: list[str] = []
    for week in weeks[:3]:
        charts = re.findall(r'src="([^"]+/chart/[^"]+\.svg)"', get(week))
        if charts:
            break
    for chart in charts:
        assert get(chart).startswith("<svg")
    return len(charts)


def _empty_django(folder: Path) -> float:
    port = free_port()
    with running([sys.executable, "-m", "bench.peers", str(port), str(folder)]) as one:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10).close()
        return tree(one.process.pid)


def _bare_python() -> float:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        time.sleep(0.3)
        held = tree(process.pid)
        process.communicate(b"\n")
    return held
