"""A web server on loopback whose answers a test sets and changes: feeds with validators, and every bad habit.

with FeedServer() as server:
    server.publish("/feed.xml", rss([entry("One")]))     # 200 with ETag and Last-Modified, 304 when they match
    server.answer("/gone", status=410)
    server.answer("/slow", body=b"...", drip=0.05)        # a byte at a time
    server.raw("/odd", b"HTTP/1.1 200 OK\\r\\n...")        # these very bytes, then the end
    fetch(server.url("/feed.xml"), config=server.config())
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

from bfbot.config import Config, read

CHANGED = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)


@dataclass
class Answer:
    """What a path answers. `drip`: seconds between single bytes; `tail` is repeated for ever after the body."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    validators: bool = False
    drip: float = 0.0
    tail: bytes = b""
    raw: bytes | None = None


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; header names are lower case."""

    path: str
    headers: Mapping[str, str]


class FeedServer:
    """Threads, port 0. Leave the `with` and everything stops, dripping answers too."""

    def __init__(self) -> None:
        self.asked: list[Asked] = []
        self._answers: dict[str, Answer] = {}
        self._stop = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self._thread = threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        )

    @property
    def port(self) -> int:
        return self._server.server_port

    @property
    def host(self) -> str:
        """As BFBOT_PRIVATE_HOSTS names it."""
        return f"127.0.0.1:{self.port}"

    def url(self, path: str) -> str:
        return f"http://{self.host}{path}"

    def config(self, **settings: str) -> Config:
        """Settings that allow this server, and nothing else that is private."""
        return read({"BFBOT_HOME": "/nonexistent", "BFBOT_PRIVATE_HOSTS": self.host, **settings})

    def publish(self, path: str, body: bytes, content_type: str = "application/rss+xml") -> None:
        """A feed with ETag and Last-Modified, which answers 304 to whoever has it."""
        self._answers[path] = Answer(body, headers={"Content-Type": content_type}, validators=True)

    def answer(
        self,
        path: str,
        body: bytes = b"",
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        drip: float = 0.0,
        tail: bytes = b"",
    ) -> None:
        self._answers[path] = Answer(body, status, dict(headers or {}), drip=drip, tail=tail)

    def raw(self, path: str, sent: bytes, *, drip: float = 0.0, tail: bytes = b"") -> None:
        self._answers[path] = Answer(raw=sent, drip=drip, tail=tail)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=60)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_GET(self) -> None:
                headers = {name.lower(): value for name, value in self.headers.items()}
                server.asked.append(Asked(self.path, headers))
                answer = server._answers.get(self.path.partition("?")[0], Answer(b"nothing here", 404))
                with contextlib.suppress(OSError):  # whoever asked may have gone
                    self._send(answer, headers)
                self.close_connection = True

            do_POST = do_GET

            def _send(self, answer: Answer, headers: Mapping[str, str]) -> None:
                if answer.raw is not None:
                    self._write(answer.raw, answer)
                    return
                status, body, extra = answer.status, answer.body, dict(answer.headers)
                if answer.validators:
                    extra["ETag"] = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                    extra["Last-Modified"] = format_datetime(CHANGED, usegmt=True)
                    if headers.get("if-none-match") == extra["ETag"]:
                        status, body = 304, b""
                self.send_response(status)
                for name, value in extra.items():
                    self.send_header(name, value)
                if not answer.tail and "Content-Length" not in extra:
                    self.send_header("Content-Length", str(len(body)))
                self.send_header("Connection", "close")
                self.end_headers()
                self._write(body, answer)

            def _write(self, sent: bytes, answer: Answer) -> None:
                if not answer.drip:
                    self.wfile.write(sent)
                    return
                for piece in itertools.chain([sent], itertools.repeat(answer.tail)):
                    for index in range(len(piece)):
                        if server._stop.wait(answer.drip):
                            return
                        self.wfile.write(piece[index : index + 1])
                        self.wfile.flush()
                    if not answer.tail:
                        return

            def log_message(self, format: str, *args: object) -> None:
                """Tests print nothing."""

        return Handler


def entry(
    title: str,
    *,
    link: str | None = None,
    guid: str | None = None,
    published: datetime | str | None = CHANGED,
    summary: str = "",
) -> str:
    """One RSS item; texts are escaped here. `guid` and `link` are left out when they are ""."""
    slug = title.lower().replace(" ", "-")
    link = f"https://news.example/{slug}" if link is None else link
    guid = f"tag:news.example:{slug}" if guid is None else guid
    date = format_datetime(published) if isinstance(published, datetime) else published
    parts = {"title": title, "link": link, "description": summary, "pubDate": date or ""}
    inner = "".join(f"<{name}>{escape(text)}</{name}>" for name, text in parts.items() if text)
    return f"<item>{inner}" + (f'<guid isPermaLink="false">{escape(guid)}</guid>' if guid else "") + "</item>"


def rss(entries: Iterable[str]) -> bytes:
    """A whole RSS feed of these items."""
    inner = "".join(entries)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>News</title>'
        f"<link>https://news.example/</link><description>News</description>{inner}</channel></rss>"
    ).encode()
