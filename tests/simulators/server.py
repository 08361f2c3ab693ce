"""What the simulators share: a threaded server, an append-only ledger, and faults to order."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

CUT, HANG, BREAK = "commit-then-cut", "commit-then-hang", "commit-then-500"
HTML_PAGE = "<html><head><title>503</title></head><body>We are down for maintenance</body></html>"


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]
    body: bytes
    url: str

    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Told:
    """One answer. `body` is JSON unless it is text already."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Fault:
    """Happens once, at the next request whose method and path match. `told` answers without doing anything."""

    method: str
    path: str
    kind: str = ""
    told: Told | None = None


class Simulator:
    """A network on 127.0.0.1. Subclasses answer requests; `ledger` lists what was ever published, in order."""

    def __init__(self, skew: timedelta = timedelta()) -> None:
        self.ledger: list[dict[str, Any]] = []
        self.asked: list[Asked] = []
        self.faults: list[Fault] = []
        self.skew = skew
        self.lock = threading.RLock()
        self._closing = threading.Event()
        simulator = self

        class Handler(_Handler):
            network = simulator

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        self.base_url = f"http://{self.address}"
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    def __enter__(self) -> Any:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._server.shutdown()
        self._server.server_close()

    def now(self) -> datetime:
        """The network's own clock."""
        return datetime.now(UTC) + self.skew

    def lose(self, kind: str, path: str, method: str = "POST") -> None:
        """The next such request is carried out, and its answer lost in the way named."""
        self.faults.append(Fault(method, path, kind=kind))

    def refuse(self, path: str, status: int, body: Any = None, method: str = "POST", **headers: str) -> None:
        """The next such request is not carried out; this is its answer."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.faults.append(Fault(method, path, told=Told(status, body, named)))

    def answer(self, asked: Asked) -> Told:
        raise AssertionError("a simulator says how it answers")

    def handle(self, asked: Asked) -> Told | None:
        """The answer; None when the connection is to be cut."""
        with self.lock:
            self.asked.append(asked)
            fault = next(
                (one for one in self.faults if (one.method, one.path) == (asked.method, asked.path)), None
            )
            if fault is not None:
                self.faults.remove(fault)
            if fault is not None and fault.told is not None:
                return fault.told
            told = self.answer(asked)
        if fault is None:
            return told
        if fault.kind == BREAK:
            return Told(500, HTML_PAGE)
        if fault.kind == HANG:
            self._closing.wait(60)
        return None


class _Handler(BaseHTTPRequestHandler):
    network: Simulator
    protocol_version = "HTTP/1.1"

    def _serve(self) -> None:
        parts = urlsplit(self.path)
        asked = Asked(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.lower(): value for name, value in self.headers.items()},
            body=self.rfile.read(int(self.headers.get("Content-Length") or 0)),
            url=f"http://{self.headers['Host']}{self.path}",
        )
        told = self.network.handle(asked)
        if told is None:
            self.close_connection = True
            self.connection.close()
            return
        text = told.body if isinstance(told.body, str) else json.dumps(told.body)
        content = text.encode()
        self.send_response(told.status)
        self.send_header("Content-Type", "text/html" if text.startswith("<") else "application/json")
        self.send_header("Content-Length", str(len(content)))
        for name, value in told.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_GET = do_POST = do_PUT = do_DELETE = _serve

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.network.now(), usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""
