"""The page of benchmarks says what was promised and kept, and of which kind of machine, not which one."""

from __future__ import annotations

import platform
from datetime import UTC, datetime
from pathlib import Path

from bench.figure import Figure, side_by_side
from bench.flat import Sample
from bench.report import document, line, machine
from bench.soak import Soak
from tests.architecture.tree import ROOT

KEPT = Figure("A start", "s", 0.05, "a bare one", 0.025, 9, limit=0.15)
BROKEN = Figure("A rate", "posts/s", 5.0, "commits", 50.0, 3, limit=10, more_is_better=True, peer_unit="commits/s")


def test_a_figure_stands_beside_its_peer_and_its_promise():
    page = document([KEPT, BROKEN], datetime(2026, 11, 22, tzinfo=UTC))
    assert "| A start | 50 ms | a bare one: 25 ms | 2 | 9 | under 0.15 s: kept |" in page
    assert "| A rate | 5.0 posts/s | commits: 50.0 commits/s | 0.1 | 3 | over 10 posts/s: **not kept** |" in page
    assert "Measured on 22 November 2026" in page
    assert line(BROKEN).endswith("NOT KEPT")


def test_the_soak_is_drawn_over_its_time():
    samples = tuple(Sample(float(at), 80 + at / 60, at * 20) for at in range(0, 3600, 60))
    soaked = Soak(3600.0, samples, 0)
    page = document([soaked.figure], datetime(2026, 11, 22, tzinfo=UTC), soaked=soaked)
    assert soaked.warm_up == 600
    assert "under 5 MB: **not kept**" in page, "a megabyte a minute"
    assert "## Memory over 60 minutes at 20 posts a second" in page
    assert "Of 72,000 posts none was late at the end" in page
    assert page.count("█\n") == 24


def test_a_soak_that_was_kept_comes_back_whole_and_the_page_says_that_it_was_apart(tmp_path: Path):
    samples = tuple(Sample(float(at), 80.0, at * 20) for at in range(0, 3600, 60))
    soaked = Soak(3600.0, samples, 7)
    soaked.keep(tmp_path / "soak.json")
    again = Soak.kept(tmp_path / "soak.json")
    assert again == soaked
    page = document([again.figure], datetime(2026, 11, 22, tzinfo=UTC), soaked=again, apart=True)
    assert "7 were late at the end" in page
    assert "before all else" in page
    assert "before all else" not in document([], soaked=again)


def test_the_machine_has_no_name():
    assert platform.node() not in machine().split()
    assert str(ROOT) not in machine()


def test_medians_are_taken_turn_by_turn():
    turns: list[str] = []
    ours, peer = side_by_side(lambda: turns.append("ours"), lambda: turns.append("peer"), 3)
    assert turns == ["ours", "peer"] * 4
    assert ours >= 0
    assert peer >= 0


def test_the_page_is_there_and_every_promise_is_kept():
    page = (ROOT / "docs" / "benchmarks.md").read_text()
    assert "make bench" in page
    assert page.count(": kept |") >= 3
    assert "**not kept**" not in page
