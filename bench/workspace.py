"""Workspaces to measure in, and processes that run in them."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

BIN = Path(sys.executable).parent
BFBOT = str(BIN / "bfbot")
PATIENCE = 300.0


def environment(home: Path | None = None, extra: Mapping[str, str] | None = None) -> dict[str, str]:
    """The machine's, without any setting of the developer's own bfbot."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BFBOT_")}
    return {**kept, **({"BFBOT_HOME": str(home)} if home else {}), "BFBOT_LOG": "warning", **(extra or {})}


def call(*words: str, home: Path | None = None, extra: Mapping[str, str] | None = None) -> str:
    """Run a command to its end; its stdout. Raises with its stderr when it fails."""
    done = subprocess.run(words, env=environment(home, extra), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


@dataclass
class Running:
    """A process that said it is ready, and after how many seconds it did."""

    process: subprocess.Popen[str]
    ready_line: str
    seconds: float


@contextmanager
def running(
    words: Sequence[str], *, home: Path | None = None, extra: Mapping[str, str] | None = None
) -> Iterator[Running]:
    """Start it, wait for a line on stdout with the word `ready`, and stop it at the end."""
    started = time.perf_counter()
    process = subprocess.Popen(
        words,
        env=environment(home, {"PYTHONUNBUFFERED": "1", **(extra or {})}),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    try:
        for line in process.stdout:
            if "ready" in line:
                yield Running(process, line.strip(), time.perf_counter() - started)
                break
        else:
            raise RuntimeError(f"{' '.join(words)} ended before it was ready")
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()
