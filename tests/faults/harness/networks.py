"""Five kinds of networks, each with an append-only ledger and a script of faults, one for each post to come.

keys      honours idempotency keys; its list may be out of order
ids       takes the id that its client chose, and no id twice; in a third of the cycles it cannot be looked at
late      ignores keys, and lists a post up to 50 seconds after it took it; in half of the cycles bfbot knows
          that it ignores them, in the others it says nothing of it, and then its list is always there
rejects   refuses words that it has already, and lists late
neither   ignores keys, and cannot be listed: only a person can look
"""

from __future__ import annotations

import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from tests.faults.harness.moments import Moments
from tests.simulators.mastodon import ACCOUNT_ID, MastodonSimulator
from tests.simulators.records import RecordsSimulator
from tests.simulators.server import HTML_PAGE, Asked, Simulator, Told
from tests.simulators.x import USER_ID, XSimulator

KINDS = ("keys", "ids", "late", "rejects", "neither")
BEFORE = ("cut before", "500 before", "429", "429 with a reset", "kill before")
AFTER = ("cut after", "500 after", "hang after", "kill after", "stop after")
HANGS = 1.5
"""Seconds: longer than the publisher of the harness waits for an answer."""


@dataclass
class Script:
    """What goes wrong with the next posts (in order; "" nothing), and with the next looks at the list."""

    posts: list[str] = field(default_factory=list)
    looks_that_fail: int = 0
    late: timedelta = timedelta()
    publisher: int = 0


class Faulty(Simulator):
    """Mixed into a simulator: its clock is the world's, its ledger says when each request arrived."""

    posting: tuple[str, str]
    looking: tuple[str, str]
    """Method, and how the path begins."""
    moments: Moments
    script: Script
    _arrived: float
    _handed_over: str | None

    def set_up(self, moments: Moments, script: Script) -> None:
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]  # whoever asked was killed
        self.ledger.clear()
        self.asked.clear()
        self.moments, self.script = moments, script

    def now(self) -> datetime:
        return self.moments.world()

    def handle(self, asked: Asked) -> Told | None:
        arrived = time.monotonic()
        with self.lock:
            self._arrived = arrived
            self._handed_over = asked.headers.get("x-handed-over")
            fault, whom = self._fault(asked), self.script.publisher
            if fault == "kill before":
                _signal(whom, signal.SIGKILL)
            told = _instead(fault)
            if fault.startswith(("cut before", "kill before")):
                return None
            told = told or self.answer(asked)
        return self._after(fault, told, whom)

    def _fault(self, asked: Asked) -> str:
        if _is(asked, self.posting):
            return self.script.posts.pop(0) if self.script.posts else ""
        if _is(asked, self.looking) and self.script.looks_that_fail:
            self.script.looks_that_fail -= 1
            return "500 before"
        return ""

    def _after(self, fault: str, told: Told, whom: int) -> Told | None:
        """`whom` is the publisher that lived when the request came: what is meant for it hits no later one."""
        match fault:
            case "cut after":
                return None
            case "500 after":
                return Told(500, HTML_PAGE)
            case "hang after":
                self._closing.wait(HANGS)
                return None
            case "kill after":
                _signal(whom, signal.SIGKILL)
                return None
            case "stop after":
                _signal(whom, signal.SIGSTOP)
        return told

    def _noted(self, entry: dict[str, Any]) -> dict[str, Any]:
        """When it came, and when bfbot handed it to the wire (both monotonic), and that by its machine's clock."""
        moment, began = self._handed_over.split() if self._handed_over else (None, self._arrived)
        entry["arrived"], entry["began"] = self._arrived, float(began)
        entry["machine"] = datetime.fromisoformat(moment) if moment else self.moments.machine()
        return entry

    def _listed(self, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
        known = self.now() - self.script.late
        return [one for one in shown if datetime.fromisoformat(one["created_at"]) <= known]


class FaultyMastodon(Faulty, MastodonSimulator):
    posting, looking = ("POST", "/api/v1/statuses"), ("GET", f"/api/v1/accounts/{ACCOUNT_ID}/statuses")

    def _add(self, *given: Any) -> dict[str, Any]:
        return self._noted(super()._add(*given))

    def _list(self, asked: Asked) -> Told:
        told = super()._list(asked)
        return Told(told.status, self._listed(told.body))


class FaultyX(Faulty, XSimulator):
    posting, looking = ("POST", "/2/tweets"), ("GET", f"/2/users/{USER_ID}/tweets")

    def _add(self, *given: Any) -> dict[str, Any]:
        return self._noted(super()._add(*given))

    def _timeline(self, user_id: str, asked: Asked) -> Told:
        told = super()._timeline(user_id, asked)
        shown = self._listed(told.body.get("data", []))
        return Told(told.status, {**told.body, "data": shown} if shown else {"meta": {"result_count": 0}})


class FaultyRecords(Faulty, RecordsSimulator):
    """Its copy from which it is read lags behind."""

    posting, looking = ("PUT", "/records/"), ("GET", "/records/")

    def _add(self, *given: Any) -> dict[str, Any]:
        return self._noted(super()._add(*given))

    def _get(self, record_id: str) -> Told:
        told = super()._get(record_id)
        there = told.status == 200 and self._listed([told.body])
        return told if there else Told(404, {"error": "RecordNotFound"})


def networks() -> dict[str, Faulty]:
    """One of each kind, by its name."""
    return {
        "keys": FaultyMastodon(),
        "ids": FaultyRecords(),
        "late": FaultyMastodon(honours_keys=False),
        "rejects": FaultyX(),
        "neither": FaultyMastodon(honours_keys=False),
    }


def _is(asked: Asked, what: tuple[str, str]) -> bool:
    method, path = what
    return asked.method == method and asked.path.startswith(path)


def _instead(fault: str) -> Told | None:
    match fault:
        case "500 before":
            return Told(500, HTML_PAGE)
        case "429":
            return Told(429, {"error": "Too many requests"})
        case "429 with a reset":
            return Told(429, {"error": "Too many requests"}, {"Retry-After": "120"})
    return None


def _signal(whom: int, number: int) -> None:
    if whom:
        with suppress(ProcessLookupError):  # it has ended meanwhile
            os.kill(whom, number)
