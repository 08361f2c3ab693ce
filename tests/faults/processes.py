"""Workspaces, and worker processes in them."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from tests.simulators.mastodon import TOKEN
from tests.simulators.server import Simulator
from tests.simulators.x import KEYS

ROOT = Path(__file__).resolve().parents[2]
WORKER = Path(__file__).with_name("worker.py")
PATIENCE = 120.0
NOWHERE = "http://127.0.0.1:9"

CAMPAIGNS = """
campaigns:
  - id: bright-futures
    name: Bright Futures
    owner: LGA
    hashtag: GettingTheBest
    link: https://www.local.gov.uk/bright-futures
    contact: desk@example.org
    pillars: [{id: outcomes, name: Outcomes for children}]
"""
ACCOUNTS = """
accounts:
  - id: desk
    platform: mastodon
    campaigns: [bright-futures]
    base_url: "{url}"
    secrets: {{access_token: env:TOKEN}}
  - id: crowd
    platform: mastodon
    campaigns: [bright-futures]
    base_url: "{url}"
    secrets: {{access_token: env:TOKEN}}
  - id: desk-x
    platform: x
    campaigns: [bright-futures]
    base_url: "{url}"
    secrets: {{consumer_key: env:CK, consumer_secret: env:CS, access_token: env:AT, access_token_secret: env:AS}}
"""


@dataclass
class Workers:
    """Processes in one workspace, running the copy of bfbot that lies in `code`, against one network."""

    home: Path
    code: Path = ROOT
    network: Simulator | None = None
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    def start(self, *words: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, str(WORKER), *words],
            env=self._environment(),
            cwd=self.home,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.started.append(process)
        return process

    def run(self, *words: str) -> str:
        return self.finish(self.start(*words))

    def finish(self, process: subprocess.Popen[str]) -> str:
        out, error = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, error
        return out

    def kill(self, process: subprocess.Popen[str]) -> None:
        """SIGKILL: no handler runs, nothing is written any more."""
        process.kill()
        process.communicate(timeout=PATIENCE)

    def state(self, account: str) -> list[str]:
        """The states of that account's deliveries, read past bfbot: whatever it says, this is what is kept."""
        with closing(sqlite3.connect(self.home / "var/bfbot.sqlite3", timeout=60)) as ledger:
            rows = ledger.execute("SELECT state FROM ledger_delivery WHERE account = ? ORDER BY due_at", [account])
            return [state for (state,) in rows]

    def end(self) -> None:
        for process in self.started:
            if process.poll() is None:
                self.kill(process)

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": os.environ.get("PATH", ""),
            "PYTHONPATH": str(self.code),
            "EXPECTED_CODE": str(self.code),
            "BFBOT_HOME": str(self.home),
            "BFBOT_SECRET_KEY": "a key for workspaces that live for seconds",
            "BFBOT_PRIVATE_HOSTS": self.network.address if self.network else "",
            "TOKEN": TOKEN,
            "CK": KEYS["consumer_key"],
            "CS": KEYS["consumer_secret"],
            "AT": KEYS["access_token"],
            "AS": KEYS["access_token_secret"],
        }


def write_files(home: Path, url: str) -> None:
    (home / "schedules").mkdir(parents=True, exist_ok=True)
    (home / "messages").mkdir(exist_ok=True)
    (home / "schedules/campaigns.yaml").write_text(CAMPAIGNS)
    (home / "schedules/accounts.yaml").write_text(ACCOUNTS.format(url=url))


def copy_of(template: Path, home: Path, network: Simulator) -> Path:
    shutil.copytree(template, home)
    write_files(home, network.base_url)
    return home


def until(condition: Callable[[], object], process: subprocess.Popen[str] | None = None) -> None:
    """Wait for something that another process brings about."""
    ends = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < ends, "it did not happen in time"
        if process is not None and process.poll() is not None:
            raise AssertionError(f"the worker ended before: {process.communicate()[1]}")
        time.sleep(0.02)
