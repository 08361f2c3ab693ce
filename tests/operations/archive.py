"""A backup of a test's workspace, and every file of it to compare."""

from __future__ import annotations

from pathlib import Path

from tests.cli.desk import Desk


def backup(desk: Desk) -> Path:
    return Path(desk.well("backup").out.strip())


def whole(desk: Desk) -> dict[str, bytes]:
    """Every file of the workspace but the lock and the journals that a look at the database makes."""
    return {
        str(path.relative_to(desk.home)): path.read_bytes()
        for path in sorted(desk.home.rglob("*"))
        if path.is_file() and path.name != "running" and not path.name.endswith(("-wal", "-shm"))
    }
