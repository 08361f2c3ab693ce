"""The pages stop as they should: who waits is answered, nothing breaks, and no file is written to by mistake."""

from __future__ import annotations

import os
import select
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from bfbot.config import config
from bfbot.engine import serve
from bfbot.engine.serve import Pages
from tests.servers.ports import free_port

Started = Callable[..., str]


class Slow:
    """A page that is made until somebody lets it end."""

    def __init__(self) -> None:
        self.begun, self.end = threading.Event(), threading.Event()

    def __call__(self, environ: dict[str, Any], start: Started) -> Iterable[bytes]:
        if environ["PATH_INFO"] == "/slow":
            self.begun.set()
            self.end.wait(60)
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "4")])
        return [b"made"]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    application = Slow()
    monkeypatch.setattr("bfbot.web.wsgi.application", application)
    yield application
    application.end.set()


@pytest.fixture
def asking() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def page(pages: Pages, path: str = "/") -> bytes:
    with urlopen(f"{pages.address}{path}", timeout=60) as answer:
        return bytes(answer.read())


def started() -> Pages:
    pages = Pages(config(), free_port())
    pages.start()
    return pages


def asked(pages: Pages, slow: Slow, asking: ThreadPoolExecutor) -> Future[bytes]:
    """The answer of the slow page, which is being made."""
    answer = asking.submit(page, pages, "/slow")
    assert slow.begun.wait(60)
    return answer


def test_who_waits_for_a_page_gets_it_and_nobody_else_does(
    slow: Slow, asking: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "LAST_PAGES", 60)
    pages = started()
    assert page(pages) == b"made"
    answer = asked(pages, slow, asking)
    stopped = asking.submit(pages.stop)
    while not refused(pages):
        assert not stopped.done()
    slow.end.set()
    assert answer.result(60) == b"made"
    stopped.result(60)


def refused(pages: Pages) -> bool:
    try:
        page(pages)
    except (URLError, ConnectionError):
        return True
    return False


def test_a_page_that_takes_too_long_writes_to_no_file_that_was_opened_meanwhile(
    slow: Slow, asking: ThreadPoolExecutor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "LAST_PAGES", 0.05)
    pages = started()
    answer = asked(pages, slow, asking)
    makers = [one for one in threading.enumerate() if one.name.startswith("waitress")]
    assert makers
    pages.stop()
    files = [tmp_path / str(number) for number in range(20)]
    opened = [os.open(one, os.O_RDWR | os.O_CREAT) for one in files]
    slow.end.set()
    for one in makers:
        one.join(60)
    assert [one.read_bytes() for one in files] == [b""] * 20
    for one in opened:
        os.close(one)
    answer.cancel()


def test_a_stop_in_the_moment_before_it_waits_breaks_nothing(
    slow: Slow, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Its thread has chosen what to wait for, and the machine gives the time to others."""
    chosen, go_on, broken, real = threading.Event(), threading.Event(), [], select.select

    def late(*given: Any) -> Any:
        if threading.current_thread().name == "pages":
            chosen.set()
            go_on.wait(60)
        return real(*given)

    monkeypatch.setattr(select, "select", late)
    monkeypatch.setattr(threading, "excepthook", broken.append)
    monkeypatch.setattr(serve, "LAST_PAGES", 0.05)
    pages = started()
    assert chosen.wait(60)
    pages.stop()
    go_on.set()
    for one in [one for one in threading.enumerate() if one.name == "pages"]:
        one.join(60)
    assert broken == []
    assert capfd.readouterr().err == ""
