"""Two workspaces on one database, as two machines have: one of them works, and a kill hands over to the other."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

BFBOT = str(Path(sys.executable).with_name("bfbot"))

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def settings(home: Path, database: str) -> dict[str, str]:
    return {**os.environ, "BFBOT_HOME": str(home), "BFBOT_DATABASE_URL": database}


def bfbot(home: Path, database: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [BFBOT, *words],
        env=settings(home, database),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )


def test_one_bfbot_a_database_until_it_is_killed(database: str, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    for home in (first, second):
        made = bfbot(home, database, "init", str(home))
        assert made.returncode == 0, made.stderr
    running = subprocess.Popen(
        [BFBOT, "worker"],
        env=settings(first, database),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert running.stdout is not None
        assert "ready" in running.stdout.readline()
        refused = bfbot(second, database, "once")
        assert refused.returncode == 4, refused.stderr
        assert "Another bfbot runs on this database" in refused.stderr
        assert bfbot(second, database, "queue", "list").returncode == 0, "commands work beside it"
    finally:
        running.kill()
        running.wait()
        assert running.stdout is not None
        running.stdout.close()
    after = bfbot(second, database, "once")
    assert after.returncode == 0, after.stderr
