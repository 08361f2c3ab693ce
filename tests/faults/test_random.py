"""A short run of `make faults`; and copies of bfbot with one guard taken out, each of which breaks a promise."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faults.mutations import without
from tests.faults.processes import ROOT

pytestmark = pytest.mark.slow
ZERO = ("duplicates", "lost", "out_of_window", "after_hold", "unapproved")

# Seeds whose cycles need that guard, and what breaks without it. Processes race, so a second seed stands by.
BREAKS = {
    "claim": ((331, 331), "duplicates"),
    "key": ((412, 300), "duplicates"),
    "read-back": ((405, 405), "duplicates"),
    "window": ((311, 304), "out_of_window"),
    "hold": ((314, 314), "after_hold"),
}


def run(folder: Path, code: Path, *words: str) -> tuple[int, dict[str, Any], str]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.faults", *words],
        cwd=folder,  # not the project: -m would look there first
        env=os.environ | {"PYTHONPATH": f"{code}{os.pathsep}{ROOT}", "EXPECTED_CODE": str(code)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert ran.stdout, ran.stderr
    return ran.returncode, json.loads(ran.stdout.splitlines()[-1]), ran.stdout + ran.stderr


def test_random_faults_break_no_promise(tmp_path: Path) -> None:
    code, counted, said = run(tmp_path, ROOT, "--cycles", "8", "--seed", "300", "--races", "40")
    assert code == 0, said
    assert {name: counted[name] for name in ZERO} == dict.fromkeys(ZERO, 0)
    assert (counted["cycles"], counted["races"]) == (8, 40)
    assert counted["kills"] >= 8
    assert counted["published"] > 8


def test_a_pause_that_does_not_wait_is_overtaken(tmp_path: Path) -> None:
    copy = without("acknowledgement", tmp_path / "copy")
    code, counted, said = run(tmp_path, copy, "--cycles", "0", "--seed", "5", "--races", "60")
    assert code == 1, said
    assert counted["after_hold"] > 0


@pytest.mark.parametrize("guard", BREAKS)
def test_without_a_guard_a_promise_breaks(guard: str, tmp_path: Path) -> None:
    seeds, breaks = BREAKS[guard]
    copy = without(guard, tmp_path / "copy")
    for seed in seeds:
        code, counted, said = run(tmp_path, copy, "--cycles", "1", "--seed", str(seed), "--races", "0")
        if counted[breaks]:
            break
    assert counted[breaks] > 0, said
    assert code == 1
    assert f"BROKEN, seed {seed}" in said
