"""fetch: what it gives, and that no server can hold it, fill it or lead it astray."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Iterator

import pytest

from bfbot.config import read
from bfbot.http import Fetched, FetchFailed, fetch, without_secrets
from tests.servers.feeds import FeedServer
from tests.servers.ports import free_port

SECONDS = 1
ENOUGH = 60
"""For an answer that comes, on however busy a machine."""
LIMIT = 100_000
SLOW = f"did not finish within {SECONDS} seconds"
BOMB = gzip.compress(b"\0" * 50_000_000)


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as one:
        yield one


def get(server: FeedServer, path: str, seconds: float = ENOUGH, **given: str) -> Fetched:
    return fetch(
        server.url(path),
        limit_bytes=LIMIT,
        seconds=seconds,
        config=server.config(BFBOT_CONTACT="a@b.example"),
        **given,
    )


def test_an_answer_and_its_validators(server: FeedServer) -> None:
    server.publish("/feed.xml", b"<rss/>")
    first = get(server, "/feed.xml")
    assert (first.status, first.body, first.final_url) == (200, b"<rss/>", server.url("/feed.xml"))
    again = get(server, "/feed.xml", etag=first.header("ETag"), last_modified=first.header("Last-Modified"))
    assert (again.status, again.body) == (304, b"")
    asked = server.asked[-1].headers
    assert asked["if-modified-since"] == first.header("last-modified")
    assert asked["user-agent"].startswith("bfbot/")
    assert asked["user-agent"].endswith("(+a@b.example)")
    assert "if-none-match" not in server.asked[0].headers


def test_environment_proxies_are_ignored(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, f"http://127.0.0.1:{free_port()}")
    server.answer("/a", b"here")
    assert get(server, "/a").body == b"here"


@pytest.mark.parametrize("status", [404, 410, 429, 500])
def test_any_status_is_an_answer(server: FeedServer, status: int) -> None:
    server.answer("/x", b"sorry", status=status, headers={"Retry-After": "7"})
    answer = get(server, "/x")
    assert (answer.status, answer.body, answer.header("Retry-After")) == (status, b"sorry", "7")


def test_gzip_is_unpacked(server: FeedServer) -> None:
    server.answer("/z", gzip.compress(b"news " * 1000), headers={"Content-Encoding": "gzip"})
    assert get(server, "/z").body == b"news " * 1000


def test_redirects_are_followed_five_times(server: FeedServer) -> None:
    for step in range(5):
        server.answer(f"/{step}", b"unread", status=308, headers={"Location": f"/{step + 1}"})
    server.answer("/5", b"there")
    answer = get(server, "/0")
    assert (answer.body, answer.final_url, answer.moved_for_good) == (b"there", server.url("/5"), True)
    server.answer("/before", status=302, headers={"Location": "/1"})
    assert not get(server, "/before").moved_for_good
    server.answer("/six", status=301, headers={"Location": "/before"})
    with pytest.raises(FetchFailed, match="more than 5 times"):
        get(server, "/six")


def _hostile(server: FeedServer) -> dict[str, str]:
    """Every hostile path and what the error says of it."""
    packed = {"Content-Encoding": "gzip"}
    slow, large, short = SLOW, "larger than", "cut short|more expected|incomplete"
    server.answer("/drip", drip=0.02, tail=b"x")
    server.raw("/drip-headers", b"HTTP/1.1 200 OK\r\n", drip=0.02, tail=b"X-A: b\r\n")
    server.raw("/drip-line", b"", drip=0.02, tail=b"H")
    server.raw("/continue", b"HTTP/1.1 100 Continue\r\n\r\n" * 200_000)
    server.raw("/drip-continue", b"", drip=0.001, tail=b"HTTP/1.1 100 Continue\r\n\r\n")
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n"
    server.raw("/trailers", chunked, drip=0.001, tail=b"X: y\r\n")
    server.answer("/large", b"x" * (LIMIT + 1))
    server.answer("/bomb", BOMB, headers=packed)
    server.answer("/many-bombs", BOMB * 2, headers=packed)
    server.answer("/cut", b"half", headers={"Content-Length": "1000"})
    server.answer("/cut-gzip", gzip.compress(b"news" * 100)[:-12], headers=packed)
    server.answer("/not-gzip", b"plain text", headers=packed)
    server.answer("/brotli", b"....", headers={"Content-Encoding": "br"})
    server.raw("/header-flood", b"HTTP/1.1 200 OK\r\n" + b"X-A: b\r\n" * 5000 + b"\r\n")
    server.raw("/long-header", b"HTTP/1.1 200 OK\r\nX-A: " + b"b" * 500_000 + b"\r\n\r\n")
    server.raw("/not-http", b"SSH-2.0-OpenSSH_9.2\r\n")
    server.raw("/nothing", b"")
    server.answer("/loop", status=302, headers={"Location": "/loop"})
    led = {
        "metadata": "http://169.254.169.254/latest/",
        "loopback": "https://127.0.0.1/",
        "decimal": "https://2130706433/",
        "short": "https://127.1/",
        "hex": "https://0x7f.1/",
        "mapped": "https://[::ffff:127.0.0.1]/",
        "localhost": f"http://localhost:{server.port}/",
        "port": f"http://127.0.0.1:{free_port()}/",
        "file": "file:///etc/passwd",
        "label": "https://" + "a" * 70 + ".example/",
        "broken": "https://[::1/",
        "nowhere": "https:///path",
    }
    for name, target in led.items():
        server.answer(f"/to-{name}", status=302, headers={"Location": target})
    return {
        **dict.fromkeys(["/drip", "/drip-headers", "/drip-line", "/drip-continue", "/trailers"], slow),
        **dict.fromkeys(["/large", "/bomb", "/many-bombs"], large),
        **dict.fromkeys(["/cut", "/cut-gzip"], short),
        "/continue": "more bytes than are accepted",
        "/not-gzip": "header check",
        "/brotli": "did not ask for",
        "/header-flood": "more than 100 headers",
        "/long-header": "header line|more bytes",
        "/not-http": "SSH|status line|closed",
        "/nothing": "closed|without response",
        "/loop": "more than 5 times",
        **dict.fromkeys(["/to-metadata", "/to-localhost", "/to-port"], "plain http"),
        **dict.fromkeys(["/to-loopback", "/to-decimal", "/to-short", "/to-hex", "/to-mapped"], "inside a network"),
        "/to-file": "opens https",
        "/to-label": "not one that can exist|label",
        "/to-broken": "Invalid IPv6",
        "/to-nowhere": "no host",
    }


with FeedServer() as _any:
    HOSTILE = sorted(_hostile(_any))


@pytest.mark.parametrize("path", HOSTILE)
def test_hostile_answers_end_in_time_with_a_reason(server: FeedServer, path: str) -> None:
    expected = _hostile(server)[path]
    started = time.monotonic()
    with pytest.raises(FetchFailed, match=f"(?i){expected}") as failure:
        get(server, path, SECONDS if expected == SLOW else ENOUGH)
    assert time.monotonic() - started < SECONDS + 5
    assert failure.value.exit_code == 3
    assert failure.value.where.startswith(("http", "file", "an address"))
    assert "\n" not in str(failure.value)


def test_a_closed_port_is_an_error_not_an_answer() -> None:
    host = f"127.0.0.1:{free_port()}"
    config = read({"BFBOT_HOME": "/nonexistent", "BFBOT_PRIVATE_HOSTS": host})
    with pytest.raises(FetchFailed, match="refused"):
        fetch(f"http://{host}/feed?token=hunter2hunter2", config=config)


def test_raw_deflate_without_its_header_is_refused(server: FeedServer) -> None:
    packer = zlib.compressobj(wbits=-15)
    server.answer("/d", packer.compress(b"x") + packer.flush(), headers={"Content-Encoding": "deflate"})
    with pytest.raises(FetchFailed):
        get(server, "/d")


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET https://a.example/x?access_token=s3cr3tvalue failed", "s3cr3tvalue"),
        ("url: /api/v1/statuses?key=s3cr3tvalue (Caused by)", "s3cr3tvalue"),
        ("Authorization: Bearer s3cr3tvalue", "s3cr3tvalue"),
        ('{"access_token": "s3cr3tvalue"}', "s3cr3tvalue"),
        ("https://user:s3cr3tvalue@host.example/feed", "s3cr3tvalue"),
        ('OAuth oauth_signature="s3cr3tvalue"', "s3cr3tvalue"),
        ("client_secret=s3cr3tvalue&x=1", "s3cr3tvalue"),
    ],
)
def test_secrets_are_taken_out_of_texts(text: str, secret: str) -> None:
    assert secret not in without_secrets(text)
