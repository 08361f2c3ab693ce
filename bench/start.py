"""How long it takes until a command answers and until `bfbot up` is ready."""

from __future__ import annotations

import socket
import statistics
import sys
from pathlib import Path

from bench.figure import Figure, side_by_side
from bench.workspace import BFBOT, call, running

HELP_LIMIT = 0.15
UP_LIMIT = 3.0


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def help_page(runs: int = 15) -> Figure:
    """`bfbot --help` beside a Python that does nothing."""
    ours, bare = side_by_side(lambda: call(BFBOT, "--help"), lambda: call(sys.executable, "-c", "pass"), runs)
    return Figure("`bfbot --help`", "s", ours, "python -c pass", bare, runs, HELP_LIMIT)


def listing(home: Path, runs: int = 7) -> Figure:
    """A command that reads the database, beside a Django that is only set up."""
    empty = (
        "from django.conf import settings; settings.configure(); import django; django.setup(); import django.db"
    )
    ours, bare = side_by_side(
        lambda: call(BFBOT, "queue", "list", "--json", home=home), lambda: call(sys.executable, "-c", empty), runs
    )
    return Figure("`bfbot queue list --json`", "s", ours, "a Django set up, doing nothing", bare, runs)


def up(home: Path, folder: Path, what: str, runs: int = 5) -> Figure:
    """From the call to the ready line, on a database that is there, beside an empty Django with its own."""
    _ours(home), _peer(folder)  # the first of each makes its database
    pairs = [(_ours(home), _peer(folder)) for _ in range(runs)]
    ours, empty = (statistics.median(values) for values in zip(*pairs, strict=True))
    return Figure(what, "s", ours, "an empty Django project on waitress, ready", empty, runs, UP_LIMIT)


def _ours(home: Path) -> float:
    with running([BFBOT, "up", "--port", str(free_port())], home=home) as one:
        return one.seconds


def _peer(folder: Path) -> float:
    with running([sys.executable, "-m", "bench.peers", str(free_port()), str(folder)]) as one:
        return one.seconds
