"""`bfbot up` at a steady rate for a long time: what it holds, and whether that stays as it is.

python -m bench.soak [SECONDS [FILE]]      a folder that is thrown away; prints memory over time, keeps it in FILE
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import sys
import tempfile
import time
import urllib.request
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path

import psutil

from bench.feeder import AHEAD
from bench.figure import Figure
from bench.flat import Sample, drawn, grown
from bench.network import TOKEN
from bench.rush import accounts
from bench.start import free_port
from bench.workspace import BFBOT, call, running

RATE = 20.0
HOUR = 3600.0
ALLOWED = 5.0
"""Megabytes by which memory may grow after the warm-up and still be called flat: in an hour, 90 bytes a post."""

_MEGABYTE = 1024 * 1024
_OUT = "SELECT count(*) FROM ledger_delivery WHERE state = 'published'"


WARM_UP = 12_000
"""So many posts, ten minutes at the usual rate, fill every cache; of a short run, the first third."""

PATIENCE = 120.0
"""So long a busy machine may take to send what was left when the last post fell due."""


@dataclass(frozen=True)
class Soak:
    """What came of it. `behind`: posts that had been due for some seconds when the last one was, and not out."""

    seconds: float
    samples: tuple[Sample, ...]
    behind: int

    @property
    def posts(self) -> int:
        """How many went out."""
        return self.samples[-1].posts

    @property
    def warm_up(self) -> float:
        """Seconds until the warm-up was over: on a machine that is busy, later."""
        enough = min(WARM_UP, self.posts / 3)
        return next(one.seconds for one in self.samples if one.posts >= enough)

    @property
    def grown(self) -> float:
        """Megabytes, after the warm-up."""
        return grown(self.samples, self.warm_up)

    @property
    def figure(self) -> Figure:
        """What was held at the end beside what was held when the warm-up was over."""
        after = [one.megabytes for one in self.samples if one.seconds >= self.warm_up]
        tenth = max(1, len(after) // 10)
        return Figure(
            f"Growth of `bfbot up` in {_length(self.seconds - self.warm_up)} at {RATE:.0f} posts/s",
            "MB",
            self.grown,
            "held after the warm-up",
            statistics.median(after[:tenth]),
            1,
            ALLOWED,
        )

    @property
    def drawn(self) -> str:
        return drawn(self.samples)

    def keep(self, file: Path) -> None:
        """So that the page can be written when the rest is measured, on a machine that has its hour behind it."""
        file.write_text(json.dumps(asdict(self)))

    @classmethod
    def kept(cls, file: Path) -> Soak:
        """What `keep` wrote."""
        told = json.loads(file.read_text())
        return cls(told["seconds"], tuple(Sample(**one) for one in told["samples"]), told["behind"])


def soak(folder: Path, seconds: float, rate: float = RATE) -> Soak:
    """One whole process, pages and all, and a network that answers after 50 ms, each a process of its own."""
    home = folder / "soak"
    call(BFBOT, "init", str(home))
    (home / "schedules" / "feeds.yaml").write_text("feeds: []\n")  # the internet is not measured
    with running([sys.executable, "-m", "bench.network"]) as network:
        port = network.ready_line.split()[-1]
        with (home / "schedules" / "accounts.yaml").open("a") as file:
            file.write(accounts(int(port)))
        extra = {"BENCH_TOKEN": TOKEN, "BFBOT_PRIVATE_HOSTS": f"127.0.0.1:{port}"}
        pages = free_port()
        with (
            running([BFBOT, "up", "--port", str(pages)], home=home, extra=extra) as up,
            running([sys.executable, "-m", "bench.feeder", str(rate), str(seconds)], home=home, extra=extra),
        ):
            samples = _watch(up.process.pid, home, pages, int(rate * seconds), seconds + AHEAD)
    last_due = [one for one in samples if one.seconds <= seconds + AHEAD + 5]
    return Soak(seconds, tuple(samples), int(rate * seconds) - last_due[-1].posts)


def _watch(pid: int, home: Path, pages: int, posts: int, seconds: float) -> list[Sample]:
    """Twice a second of a short run, each ten seconds of a long one; somebody looks at the figures meanwhile.

    Until all are out, or patience is over.
    """
    process, every = psutil.Process(pid), 10.0 if seconds > 600 else 0.5
    began, passed = time.monotonic(), 0.0
    samples: list[Sample] = []
    while passed < seconds or (samples[-1].posts < posts and passed < seconds + PATIENCE):
        urllib.request.urlopen(f"http://127.0.0.1:{pages}/metrics", timeout=60).read()
        held = process.memory_full_info().pss / _MEGABYTE
        samples.append(Sample(passed, held, _out(home)))
        time.sleep(max(0.0, every - (time.monotonic() - began - passed)))
        passed = time.monotonic() - began
    return samples


def _out(home: Path) -> int:
    with closing(sqlite3.connect(home / "var/bfbot.sqlite3", timeout=20)) as ledger:
        return int(ledger.execute(_OUT).fetchone()[0])


def _length(seconds: float) -> str:
    return f"{seconds / 60:.0f} minutes" if seconds >= 120 else f"{seconds:.0f} seconds"


def main() -> None:
    """Print it; ends with 1 when memory was not flat."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else HOUR
    with tempfile.TemporaryDirectory(prefix="bfbot-soak-") as name:
        found = soak(Path(name), seconds)
    if len(sys.argv) > 2:
        found.keep(Path(sys.argv[2]))
    print(found.drawn)
    print(f"{found.grown:+.2f} MB after the first {found.warm_up:.0f} s; {found.behind} posts behind")
    sys.exit(not found.figure.kept)


if __name__ == "__main__":
    main()
