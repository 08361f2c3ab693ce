"""A workspace of its own, worked by real `bfbot` processes, as a team would at its terminal."""

from __future__ import annotations

import atexit
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.servers.ports import free_port

BFBOT = Path(sys.executable).with_name("bfbot")
PATIENCE = 120.0
AUTHOR, APPROVER = "Ann", "Bea"
OURS = (
    *("--credit", "The council’s photographer", "--licence", "our own", "--owner", "The council"),
    *("--rights-until", "never", "--people", "none"),
)
"""All that `queue add` asks about a picture of nobody."""


@dataclass(frozen=True)
class Done:
    """A command that ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Running:
    """`bfbot up` or `worker`; its lines are kept as they come."""

    process: subprocess.Popen[str]
    port: int
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            assert stream is not None
            threading.Thread(target=lines.extend, args=(stream,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> list[dict[str, Any]]:
        """Its log, each line as the JSON it must be."""
        return [_entry(line) for line in list(self.err)]

    def wait_ready(self) -> Self:
        until(lambda: self._ready(), lambda: f"not ready: {self.out} {self.err}")
        return self

    def _ready(self) -> bool:
        assert self.process.poll() is None, f"it ended with {self.process.returncode}: {self.err}"
        return any(line.startswith("bfbot is ready") for line in list(self.out))

    def stop(self, how: int = signal.SIGTERM) -> float:
        """Signal it and wait for its end; gives the seconds that took."""
        began = time.monotonic()
        self.process.send_signal(how)
        self.process.wait(PATIENCE)
        return time.monotonic() - began

    def __enter__(self) -> Self:
        return self.wait_ready()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(PATIENCE)


def _entry(line: str) -> dict[str, Any]:
    try:
        entry: dict[str, Any] = json.loads(line)
    except ValueError:
        raise AssertionError(f"this is no line of a log: {line!r}") from None
    return entry


@dataclass
class Desk:
    """The workspace in `home`. Called with a command's words it runs that command and gives what came of it."""

    home: Path
    settings: dict[str, str] = field(default_factory=dict)

    def __call__(self, *words: object, typed: str | None = None, **settings: str) -> Done:
        done = subprocess.run(
            [str(BFBOT), *map(str, words)],
            env=self.environment(settings),
            cwd=self.home if self.home.is_dir() else None,
            input=typed,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def well(self, *words: object, **settings: str) -> Done:
        """A command that must succeed."""
        done = self(*words, **settings)
        assert done.code == 0, f"{words}: {done.code} {done.err} {done.out[-500:]}"
        return done

    def json(self, *words: object) -> Any:
        return self.well(*words, "--json").json

    def start(self, *words: object, port: int | None = None, before: Callable[[], None] | None = None) -> Running:
        """`up` on a free port unless `words` say otherwise; `before` runs in the new process, to limit it."""
        chosen = port or free_port()
        process = subprocess.Popen(
            [str(BFBOT), *map(str, words or ("up", "--port", chosen))],
            env=self.environment({}),
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            preexec_fn=before,
        )
        return Running(process, chosen)

    def environment(self, settings: Mapping[str, str]) -> dict[str, str]:
        """Nothing of the developer's own."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**kept, "BFBOT_HOME": str(self.home), "COLUMNS": "200", **self.settings, **settings}

    def post(self, post_id: int) -> Any:
        return self.json("queue", "show", post_id)

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """Read past bfbot: whatever it says, this is what is kept."""
        with closing(sqlite3.connect(self.home / "var/bfbot.sqlite3", timeout=60)) as ledger, ledger:
            return ledger.execute(sql).fetchall()

    def write(self, path: str, text: str) -> None:
        """A file of the workspace, saved with a time that differs from the last one."""
        (self.home / path).write_text(text, encoding="utf-8")


def new_desk(home: Path, **settings: str) -> Desk:
    """A workspace as `bfbot init` makes it, with one author and one approver; its posting times begin in two days.

    One within the next half hour is planned at once, and people are told that nobody approved it: right, and
    different at another time of day. Nor are its statistics due for review, whenever the tests are run.
    """
    shutil.copytree(_template(), home)
    return Desk(home, settings)


@cache
def _template() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bfbot-desk-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    desk = Desk(folder / "desk")
    desk.well("init", desk.home)
    desk.well("user", "add", AUTHOR, "--role", "author")
    desk.well("user", "add", APPROVER, "--role", "approver")
    slots, begin = desk.home / "schedules/slots.yaml", datetime.now(UTC).date() + timedelta(days=2)
    shipped = slots.read_text(encoding="utf-8")
    later = shipped.replace("- {id: ", f"- {{from: {begin}, id: ")
    assert later != shipped
    slots.write_text(later, encoding="utf-8")
    facts = desk.home / "messages/facts.yaml"
    dated = re.sub(r"\breview_by: [0-9-]{10}\b", "review_by: 2095-03-31", facts.read_text(encoding="utf-8"))
    assert "2095-03-31" in dated
    facts.write_text(dated, encoding="utf-8")
    return desk.home


def until(
    condition: Callable[[], object], or_say: Callable[[], str] = lambda: "it did not happen in time"
) -> None:
    """Wait for something that another process brings about."""
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, or_say()
        time.sleep(0.05)
