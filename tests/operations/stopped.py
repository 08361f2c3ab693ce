"""A process that is stopped in the middle of a write: until it goes on or ends, nobody else writes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_WRITES = """
import os, signal, sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN IMMEDIATE")
held.execute("CREATE TABLE half_done (id)")
print("holds it", flush=True)
os.kill(os.getpid(), signal.SIGSTOP)
"""


@contextmanager
def stopped_writer(database: Path) -> Iterator[None]:
    """Inside, the database is held by a process that does not move."""
    process = subprocess.Popen([sys.executable, "-c", _WRITES, str(database)], stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        assert process.stdout.readline() == "holds it\n"
        yield
    finally:
        process.kill()
        process.communicate()
