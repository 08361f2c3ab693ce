"""docs/benchmarks.md: what was measured, on what kind of machine, and what it says."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

import psutil

from bench.figure import Figure
from bench.soak import RATE, Soak

HEAD = """\
# Benchmarks

Made by `make bench` (`python -m bench`). Each line is the median of its runs, beside a peer or a limit of the
machine that was measured in the same run: read the ratios, because the seconds are those of one machine.

"""


def document(
    figures: Sequence[Figure], now: datetime | None = None, *, soaked: Soak | None = None, apart: bool = False
) -> str:
    """The page. It names the kind of machine and no machine. `apart`: the soak is one that was kept."""
    measured = (now or datetime.now(UTC)).strftime("%-d %B %Y")
    rows = "\n".join(_row(one) for one in figures)
    return (
        f"{HEAD}Measured on {measured}: {machine()}.\n\n"
        "| what | bfbot | beside | ratio | runs | promised |\n|---|---:|---|---:|---:|---|\n"
        f"{rows}\n\n{NOTES}{_soak(soaked, apart) if soaked else ''}"
    )


def _soak(one: Soak, apart: bool) -> str:
    """Its memory over time."""
    when = " It was run before all else, on the same machine while it did other work." if apart else ""
    behind = "none was late at the end" if one.behind <= 0 else f"{one.behind} were late at the end"
    return (
        f"\n## Memory over {one.seconds / 60:.0f} minutes at {RATE:.0f} posts a second\n\n"
        "One whole `bfbot up`, whose pages are asked for their figures all the while, and a network that answers "
        f"after 50 ms. Of {int(one.seconds * RATE):,} posts {behind}. After a warm-up of {one.warm_up / 60:.1f} "
        f"minutes it grew by {one.grown:+.1f} MB.{when}\n\n```\n{one.drawn}\n```\n"
    )


NOTES = """\
- Memory is PSS: what is shared with other processes is counted by this one's share, so a tree adds up.
- Charts are drawn in a child process that ends; only the peak line contains it.
- A post is claimed and its request written down in one commit, safe on disk before the request; its outcome is
  recorded in the next, together with the account's next claim. All accounts that are there at once share a commit;
  one account alone pays for its own, which is the line of the practice channel.
- A thousand due posts at once: the rules about words were asked at the approval and left a stamp; while it fits,
  only the rules about the moment are asked again. The promise is 0.65 of the bare pool of the same run.
- A tick finds what is due by an index, so neither what is planned nor what went out makes it slower.
- A feed is read in a child process with limits on time and memory; a new Python is most of what that costs.
- The sample's first start plays eight weeks through the doors that the team uses; later starts find them there.
"""


def machine() -> str:
    """Cores, memory, Python and system, without a name."""
    memory = psutil.virtual_memory().total / 1024**3
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GB of memory, {platform.system()} on {platform.machine()}, "
        f"{platform.python_implementation()} {platform.python_version()}"
    )


def line(one: Figure) -> str:
    """A figure for the terminal."""
    promise = {True: "kept", False: "NOT KEPT", None: ""}[one.kept]
    return f"{one.what}: {_value(one.ours, one.unit)}, {one.ratio:.2g} x {one.peer_is} {promise}".rstrip()


def _row(one: Figure) -> str:
    beside = f"{one.peer_is}: {_value(one.peer, one.peer_unit or one.unit)}"
    ours = _value(one.ours, one.unit)
    return f"| {one.what} | {ours} | {beside} | {one.ratio:.2g} | {one.runs} | {_promise(one)} |"


def _promise(one: Figure) -> str:
    if one.limit is None:
        return ""
    sign = "over" if one.more_is_better else "under"
    return f"{sign} {one.limit:g} {one.unit}: {'kept' if one.kept else '**not kept**'}"


def _value(value: float, unit: str) -> str:
    if unit == "s" and value < 1:
        return f"{value * 1000:.0f} ms"
    return f"{value:.1f} {unit}" if value < 100 else f"{value:.0f} {unit}"
