"""The publisher under load: a thousand due posts at once, and a tick with a hundred thousand planned ones."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.figure import Figure
from bench.network import TOKEN
from bench.rush import ACCOUNTS, POSTS, WORKERS, accounts
from bench.workspace import BFBOT, call, running

TICK_LIMIT = 0.05
OF_THE_BARE_POOL = 0.65
"""The least share of what bare threads can post: a due post is also claimed, checked and written down."""

FORECAST_LIMIT = 10.0
RECHECK_LIMIT = 5.0


def rush(folder: Path) -> Figure:
    """Due posts through the whole publisher, beside a bare pool of threads that posts to the same network."""
    home = folder / "rush"
    call(BFBOT, "init", str(home))
    with running([sys.executable, "-m", "bench.network"]) as network:
        port = network.ready_line.split()[-1]
        with (home / "schedules" / "accounts.yaml").open("a") as file:
            file.write(accounts(int(port)))
        extra = {"BENCH_TOKEN": TOKEN, "BFBOT_PRIVATE_HOSTS": f"127.0.0.1:{port}"}
        call(BFBOT, "queue", "list", home=home, extra=extra)
        told = call(sys.executable, "-m", "bench.rush", port, home=home, extra=extra)
    found = json.loads(told.splitlines()[-1])
    assert found["in_order"], "the posts of an account went out in another order"
    return Figure(
        f"{POSTS:,} due posts over {ACCOUNTS} accounts, a network that answers after 50 ms",
        "posts/s",
        found["posts"],
        f"{WORKERS} threads posting with requests, nothing checked or kept",
        found["bare"],
        int(found["runs"]),
        round(OF_THE_BARE_POOL * found["bare"], 1),
        more_is_better=True,
    )


def tick(folder: Path) -> list[Figure]:
    """A look at what is due while much lies ahead, beside one with nothing; and again with much behind."""
    home = folder / "tick"
    call(BFBOT, "init", str(home))
    call(BFBOT, "queue", "list", home=home)
    found = json.loads(call(sys.executable, "-m", "bench.tick", home=home).splitlines()[-1])
    empty, ahead, behind = found["ticks"]
    planned, runs = f"A tick with {found['planned']:,} planned posts", int(found["runs"])
    return [
        Figure(planned, "s", ahead, "nothing planned", empty, runs, TICK_LIMIT),
        Figure(
            f"The same with {found['history']:,} published ones behind",
            "s",
            behind,
            planned,
            ahead,
            runs,
            TICK_LIMIT,
        ),
    ]


def recheck(folder: Path) -> Figure:
    """Everything that waits is judged again once a statistic has changed; beside reading it alone."""
    home = folder / "recheck"
    call(BFBOT, "init", str(home))
    call(BFBOT, "queue", "list", home=home)
    found = json.loads(call(sys.executable, "-m", "bench.recheck", home=home).splitlines()[-1])
    return Figure(
        f"{found['queued']:,} waiting posts rechecked after a change of a statistic, each with words of its own",
        "s",
        found["recheck"],
        "reading the same posts alone",
        found["reading"],
        int(found["runs"]),
        RECHECK_LIMIT,
    )


def forecast(folder: Path) -> Figure:
    """A year of both shipped campaigns played forward; beside the rules alone, asked once for each post of it."""
    home = folder / "forecast"
    call(BFBOT, "init", str(home))
    call(BFBOT, "queue", "list", home=home)
    found = json.loads(call(sys.executable, "-m", "bench.forecast", home=home).splitlines()[-1])
    return Figure(
        f"{found['weeks']} weeks of both campaigns looked ahead, over two clock changes and an election",
        "s",
        found["forecast"],
        f"the rules alone, once for each of its {found['posts']:,} posts",
        found["rules"],
        int(found["runs"]),
        FORECAST_LIMIT,
    )
