"""How fast the work itself goes: reading files, reading feeds, publishing; each beside what it stands on."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import feedparser

from bench.figure import Figure, side_by_side
from bench.start import free_port
from bench.workspace import BFBOT, call, running

ITEMS = 50


def library(runs: int = 5) -> Figure:
    """The shipped files read and checked, beside ruamel alone building objects from the same bytes."""
    from ruamel.yaml import YAML

    from bfbot.library.loading import read_library
    from bfbot.library.shipped import shipped_folder

    home = shipped_folder()
    texts = [
        path.read_text() for part in ("messages", "schedules") for path in sorted((home / part).glob("*.yaml"))
    ]

    def peer() -> None:
        for text in texts:
            YAML(typ="safe", pure=True).load(text)

    ours, bare = side_by_side(lambda: read_library(home, now=datetime.now(UTC)), peer, runs)
    what = "Reading and checking the shipped messages and schedules"
    return Figure(what, "s", ours, "ruamel.yaml alone", bare, runs)


def feed(runs: int = 9) -> Figure:
    """Fifty items to clean releases in a child that may be killed, beside feedparser in this process."""
    from bfbot.news.parse import parse

    body, now = _feed(), datetime.now(UTC)
    assert len(parse(body, now=now).items) == ITEMS
    ours, bare = side_by_side(lambda: parse(body, now=now), lambda: feedparser.parse(body), runs)
    what = f"A feed of {ITEMS} items, read in a child process"
    return Figure(what, "s", ours, "feedparser in the same process", bare, runs)


def publishing(folder: Path) -> list[Figure]:
    """Posts a second on the practice channel, beside the full commits a second that this disk gives SQLite."""
    home = folder / "publishing"
    call(BFBOT, "init", str(home))
    found = json.loads(call(sys.executable, "-m", "bench.publishing", home=home).splitlines()[-1])
    runs = int(found["runs"])
    return [
        Figure(
            "Published on the practice channel, one account",
            "posts/s",
            found["posts"],
            "SQLite alone, one row each, as safe on disk",
            found["commits"],
            runs,
            more_is_better=True,
            peer_unit="commits/s",
        )
    ]


def first_sample(folder: Path) -> tuple[Path, Figure]:
    """The sample workspace's first start, which plays eight weeks through the real doors; made once, used on."""
    home = folder / "sample"
    call(BFBOT, "init", "--sample", str(home))
    first, again = _start(home), _start(home)
    return home, Figure(
        "First start of the sample workspace, eight weeks made", "s", first, "its second", again, 1
    )


def _start(home: Path) -> float:
    with running([BFBOT, "up", "--port", str(free_port())], home=home) as one:
        return one.seconds


def _feed() -> bytes:
    items = "".join(
        f"<item><title>Release number {n}: what councils say</title><link>https://news.example/{n}</link>"
        f'<guid isPermaLink="false">release-{n}</guid><pubDate>Mon, 16 Nov 2026 {n % 24:02}:00:00 GMT</pubDate>'
        f"<description>&lt;p&gt;{'A sentence about children and councils. ' * 8}&lt;/p&gt;</description></item>"
        for n in range(ITEMS)
    )
    head = "<title>News</title><link>https://news.example/</link><description>News</description>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
