"""A short run of `make faults`; and copies of bfbot with one guard taken out, each of which breaks a promise."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness.judge import ZERO
from tests.faults.harness.networks import KINDS
from tests.faults.harness.rounds import ROUNDS
from tests.faults.mutations import without
from tests.faults.processes import ROOT

pytestmark = pytest.mark.slow
NAMED = {
    *("cycles", "kills", "approved", "published", "duplicates", "lost", "out_of_window", "after_hold"),
    *("unknown_by_key", "unknown_by_read_back", "unknown_by_person"),
}

# Seeds whose cycles need that guard, and what breaks without it. Processes race, so others stand by.
BREAKS = {
    "claim": ((319, 459), "duplicates"),
    "key": ((285, 100, 60, 450), "duplicates"),
    "read-back": ((377, 17, 82), "duplicates"),
    "window": ((62, 434, 89), "out_of_window"),
    "hold": ((115, 184, 164, 315), "after_hold"),
}


# Few cycles in which each kind of network meets some faults, and each kind of fault strikes.
SHORT = (100, 136, 147, 588, 164, 65, 56, 322, 553, 314)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first run leaves its empty ledger for the others."""
    return tmp_path_factory.mktemp("faults") / "empty.sqlite3"


def run(folder: Path, code: Path, empty: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults", "--template", str(empty), *words],
        cwd=folder,  # not the project: -m would look there first
        env=os.environ | {"PYTHONPATH": f"{code}{os.pathsep}{ROOT}", "EXPECTED_CODE": str(code)},
        capture_output=True,
        text=True,
        timeout=900,
        check=False,
    )
    assert ran.stdout, ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout + ran.stderr


def test_random_faults_break_no_promise(tmp_path: Path, empty: Path) -> None:
    words = ("--seed", *map(str, SHORT), "--races", "60", "--told")
    code, counted, said = run(tmp_path, ROOT, empty, *words)
    assert code == 0, said
    assert counted.keys() >= NAMED
    assert {name: counted[name] for name in ZERO} == dict.fromkeys(ZERO, 0)
    assert (counted["cycles"], counted["races"]) == (10, 60)
    assert counted["kills"] >= 10
    assert 6 <= counted["races_before"] <= 54, "one side wins nearly always: these are no races"
    for what in (*ROUNDS, "clock moved", "clock change"):
        assert what in said
    for kind in KINDS:
        assert published(kind, said) > 0


def published(kind: str, said: str) -> int:
    """By the printed table."""
    rows = [line.split() for line in said.splitlines()]
    names = next(row for row in rows if row[:2] == ["network", "cycles"])
    (row,) = [row for row in rows if row[:1] == [kind] and len(row) == len(names)]
    return int(row[names.index("published")])


def test_a_pause_that_does_not_wait_is_overtaken(tmp_path: Path, empty: Path) -> None:
    copy = without("acknowledgement", tmp_path / "copy")
    code, counted, said = run(tmp_path, copy, empty, "--cycles", "0", "--seed", "5", "--races", "60")
    assert code == 1, said
    assert counted["after_hold"] > 0


@pytest.mark.parametrize("guard", BREAKS)
def test_without_a_guard_a_promise_breaks(guard: str, tmp_path: Path, empty: Path) -> None:
    seeds, breaks = BREAKS[guard]
    copy = without(guard, tmp_path / "copy")
    words = ("--races", "0", "--stop-at-first", "--workers", "1")
    code, counted, said = run(tmp_path, copy, empty, "--seed", *map(str, seeds), *words)
    assert counted[breaks] > 0, said
    assert code == 1
    again = re.search(r'BROKEN, seed (\d+) .*make faults CYCLES=1 ARGS="--seed (\d+) --races 0"', said, re.DOTALL)
    assert again is not None
    assert again[1] == again[2]
    if guard == "window":  # by its seed alone it breaks once more
        code, counted, said = run(tmp_path, copy, empty, "--cycles", "1", "--seed", again[1], *words)
        assert (code, counted["cycles"]) == (1, 1)
        assert counted[breaks] > 0, said
