"""The floors that stand on the database, tested once more on PostgreSQL."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS = ("ledger", "desk", "planning", "publishing", "measuring", "news", "reporting", "alerts")
PATIENCE = 3600
# Histories of hundreds of steps in one thread: they ask nothing of a database that the rest does not ask, and cost
# more than all of it. SQLite plays them.
LONG = (
    "tests/alerts/test_tell.py::test_a_storm_is_one_message_and_then_silence",
    "tests/publishing/test_clocks.py::test_a_clock_moved_by_two_hours_and_put_right_sends_nothing_twice",
    "tests/publishing/test_machine.py::test_never_twice_never_lost",
)

pytestmark = pytest.mark.postgres


@pytest.mark.slow
def test_every_floor_keeps_its_promises_on_postgresql(server):
    for file, name in (one.split("::") for one in LONG):
        assert f"def {name}(" in (ROOT / file).read_text(), "it has another name now"
    floors = [f"tests/{floor}" for floor in FLOORS if list((ROOT / "tests" / floor).glob("test_*.py"))]
    # Both names: Django's settings are read before tests/conftest.py, which maps the one to the other.
    address = {"BFBOT_TEST_DATABASE_URL": server, "BFBOT_DATABASE_URL": server}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *floors,
            *(f"--deselect={one}" for one in LONG),
            "-m",
            "django_db and not slow and not sqlite",
            "-p",
            "no:cacheprovider",
        ],
        cwd=ROOT,
        env={**os.environ, **address},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None, done.stdout[-2000:]
    assert int(passed[1]) > 50
