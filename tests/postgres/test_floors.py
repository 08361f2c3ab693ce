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
PATIENCE = 600

pytestmark = pytest.mark.postgres


@pytest.mark.slow
def test_every_floor_keeps_its_promises_on_postgresql(server):
    floors = [f"tests/{floor}" for floor in FLOORS if list((ROOT / "tests" / floor).glob("test_*.py"))]
    # Both names: Django's settings are read before tests/conftest.py, which maps the one to the other.
    address = {"BFBOT_TEST_DATABASE_URL": server, "BFBOT_DATABASE_URL": server}
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            *floors,
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
