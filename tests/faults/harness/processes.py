"""Processes of bfbot: each is forked from one that has the code loaded, has its own memory, and can be killed."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import shutil
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.faults.processes import CAMPAIGNS
from tests.simulators.mastodon import TOKEN
from tests.simulators.records import TOKEN as RECORDS_TOKEN
from tests.simulators.server import Simulator
from tests.simulators.x import KEYS

PATIENCE = 60.0
_ENDS = {0: "ended", -signal.SIGKILL: "killed", 3: "refused", 4: "no room"}
_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.faults.harness.publisher", "tests.faults.harness.people"])


@contextmanager
def home(folder: Path, networks: dict[str, Simulator]) -> Iterator[Path]:
    """The workspace of a run, and the environment in which bfbot's processes start."""
    for name in ("schedules", "messages", "var"):
        (folder / name).mkdir(parents=True)
    (folder / "schedules/campaigns.yaml").write_text(CAMPAIGNS)
    accounts = "\n".join(
        _account(account, kind, one.base_url) for kind, one in networks.items() for account in (kind, second(kind))
    )
    (folder / "schedules/accounts.yaml").write_text(f"accounts:\n{accounts}\n")
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "bfbot.ledger.settings",
        "BFBOT_HOME": str(folder),
        "BFBOT_SECRET_KEY": "a key for workspaces that live for minutes",
        "BFBOT_PRIVATE_HOSTS": ",".join(one.address for one in networks.values()),
        "BFBOT_LOG": "error",
        "TOKEN": TOKEN,
        "RECORDS": RECORDS_TOKEN,
        "CK": KEYS["consumer_key"],
        "CS": KEYS["consumer_secret"],
        "AT": KEYS["access_token"],
        "AS": KEYS["access_token_secret"],
    }
    yield folder


_X = "consumer_key: env:CK, consumer_secret: env:CS, access_token: env:AT, access_token_secret: env:AS"
_PLATFORMS = {"rejects": ("x", _X), "ids": ("records", "token: env:RECORDS")}


def second(kind: str) -> str:
    """The other account on a network of that kind."""
    return f"{kind}-too"


def _account(account: str, kind: str, url: str) -> str:
    platform, secrets = _PLATFORMS.get(kind, ("mastodon", "access_token: env:TOKEN"))
    return (
        f'  - {{id: {account}, platform: {platform}, campaigns: [bright-futures], base_url: "{url}", '
        f"secrets: {{{secrets}}}}}"
    )


def ledger_of(folder: Path) -> Path:
    return folder / "var/bfbot.sqlite3"


def put_back(folder: Path, template: Path) -> None:
    """The empty ledger, while no process of bfbot lives."""
    for name in ("-wal", "-shm"):
        Path(f"{ledger_of(folder)}{name}").unlink(missing_ok=True)
    for left in (folder / "var").glob("before-restore-*"):
        shutil.rmtree(left)
    shutil.copy(template, ledger_of(folder))


_living: list[Child] = []


class Child:
    """One process that runs `module.name(*given)`; `result` waits for what it returns."""

    def __init__(self, place: str, *given: Any, **named: Any) -> None:
        self._ours, theirs = _forks.Pipe()
        self.process: BaseProcess = _forks.Process(target=_run, args=(theirs, place, given, named), daemon=True)
        self.process.start()
        theirs.close()
        _living.append(self)

    @property
    def pid(self) -> int:
        assert self.process.pid is not None
        return self.process.pid

    @property
    def lives(self) -> bool:
        """Also while it is stopped."""
        return self.process.exitcode is None

    def result(self) -> Any:
        assert self._ours.poll(PATIENCE), "a process of bfbot does not come to an end"
        said: Any = self._ours.recv()
        self.process.join(PATIENCE)
        if isinstance(said, Exception):
            raise said
        return said

    def send(self, word: object) -> None:
        self._ours.send(word)

    def receive(self) -> Any:
        assert self._ours.poll(PATIENCE), "a process of bfbot does not answer"
        return self._ours.recv()

    def kill(self) -> None:
        self.signal(signal.SIGKILL)
        self.process.join(PATIENCE)

    def signal(self, number: int) -> None:
        if self.process.exitcode is None:
            os.kill(self.pid, number)

    def ended_or_stopped(self) -> str:
        """Wait; returns "stopped", "killed", "refused", "no room" or "ended"."""
        ends = time.monotonic() + PATIENCE
        while time.monotonic() < ends:
            self.process.join(0.005)
            code = self.process.exitcode
            if code is not None:
                if code not in _ENDS:
                    raise AssertionError(f"a process of bfbot ended with {code}: {self._said()}")
                return _ENDS[code]
            if _is_stopped(self.pid):
                return "stopped"
        raise AssertionError("a process of bfbot does not come to an end")

    def _said(self) -> str:
        return repr(self._ours.recv()) if self._ours.poll() else "nothing"


def end_all() -> None:
    """Whatever of them still lives is killed."""
    for one in _living:
        if one.process.exitcode is None:
            one.kill()
    _living.clear()


def _is_stopped(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "T"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _run(answers: Connection, place: str, given: tuple[Any, ...], named: dict[str, Any]) -> None:
    module, _, name = place.partition(":")
    act: Callable[..., Any] = getattr(importlib.import_module(f"tests.faults.harness.{module}"), name)
    if module == "racing":  # it talks with whoever started it, and never returns
        given = (answers, *given)
    try:
        done = act(*given, **named)
        importlib.import_module("django.db").connections.close_all()  # what is in its journal goes into its file
        answers.send(done)
    except Exception as error:  # told to whoever waits for it, and the exit code says so too
        import traceback

        answers.send(RuntimeError(f"{type(error).__name__}: {error}\n{traceback.format_exc()}"))
        raise SystemExit(1) from None
