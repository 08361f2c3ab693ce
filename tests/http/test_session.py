"""session: the networks' requests session."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from types import SimpleNamespace

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.http import connections, networks, session
from bfbot.http.networks import prepared
from bfbot.platforms.outcomes import never_sent
from tests.servers.feeds import FeedServer
from tests.servers.ports import free_port


@pytest.fixture
def server() -> Iterator[FeedServer]:
    with FeedServer() as one:
        yield one


def test_it_names_us_and_reaches_a_named_host(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", f"http://127.0.0.1:{free_port()}")
    server.answer("/a", b"ok")
    answer = session(config=server.config()).get(server.url("/a"))
    assert answer.text == "ok"
    assert server.asked[0].headers["user-agent"].startswith("bfbot/")


def test_its_timeouts_hold_whatever_the_library_asks_for(server: FeedServer) -> None:
    server.answer("/slow", b"xx", drip=0.5)
    started = time.monotonic()
    with pytest.raises(requests.exceptions.RequestException) as failure:
        session(timeout=(0.2, 0.2), config=server.config()).get(server.url("/slow"), timeout=300)
    assert time.monotonic() - started < 10
    assert not never_sent(failure.value)


@pytest.mark.parametrize("path", ["/drip", "/drip-headers", "/drip-line"])
@pytest.mark.parametrize("follow", [True, False], ids=["long way", "short way"])
def test_an_answer_that_drips_ends_all_the_same_and_proves_nothing(
    server: FeedServer, path: str, follow: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each byte comes in time, and the last one never: else the post would be on its way for ever."""
    monkeypatch.setattr(networks, "WHOLE", 0.02)  # so that no byte is late, however busy the machine is
    server.answer("/drip", drip=0.02, tail=b" ")
    server.raw("/drip-headers", b"HTTP/1.1 200 OK\r\n", drip=0.02, tail=b"X-A: b\r\n")
    server.raw("/drip-line", b"", drip=0.02, tail=b"H")
    started = time.monotonic()
    with pytest.raises(requests.exceptions.RequestException) as failure:
        session(timeout=(20, 20), config=server.config()).get(server.url(path), allow_redirects=follow)
    assert 0.3 < time.monotonic() - started < 5
    assert not never_sent(failure.value)


def test_each_request_has_a_time_of_its_own(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = SimpleNamespace(now=0.0, monotonic=lambda: clock.now)
    monkeypatch.setattr(connections, "time", clock)
    server.answer("/a", b"ok")
    with session(timeout=(20, 20), config=server.config()) as one:
        for _ in range(4):
            assert one.get(server.url("/a"), allow_redirects=False).text == "ok"
            clock.now += 39
    server.answer("/a", b"ok", drip=0.05)
    monkeypatch.setattr(clock, "monotonic", lambda: setattr(clock, "now", clock.now + 21) or clock.now)
    with session(timeout=(20, 20), config=server.config()) as one, pytest.raises(requests.RequestException):
        one.get(server.url("/a"), allow_redirects=False)


def test_what_was_not_handed_over_when_a_request_was_given_up_never_is(server: FeedServer) -> None:
    """Its network is cut off for a minute and takes what comes then: it must be no post that was given up."""
    with socket.create_server(("127.0.0.1", 0)) as slow:
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        host = f"127.0.0.1:{slow.getsockname()[1]}"
        config = server.config(BFBOT_PRIVATE_HOSTS=host)
        with pytest.raises(requests.exceptions.RequestException) as failure:
            session(timeout=(0.2, 0.2), config=config).post(f"http://{host}/", data=b"x" * 8_000_000)
        assert not never_sent(failure.value)
        taken, _ = slow.accept()
        with taken, pytest.raises(ConnectionResetError):
            _read_to_the_end(taken)


def _read_to_the_end(sock: socket.socket) -> None:
    while sock.recv(1_000_000):
        pass


def test_an_endless_answer_is_not_kept_in_memory(server: FeedServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections, "ANSWER_BYTES", 10_000)
    server.answer("/long", b"x" * 20_000)
    with pytest.raises(requests.exceptions.RequestException) as failure:
        session(config=server.config()).get(server.url("/long"), allow_redirects=False)
    assert not never_sent(failure.value)


def test_a_redirect_elsewhere_is_returned_and_one_on_the_host_followed(server: FeedServer) -> None:
    with FeedServer() as other:
        server.answer("/away", status=307, headers={"Location": other.url("/steal")})
        server.answer("/near", status=307, headers={"Location": "/here"})
        server.answer("/here", b"ok")
        config = server.config(BFBOT_PRIVATE_HOSTS=f"{server.host},{other.host}")
        with session(config=config) as one:
            one.headers["Authorization"] = "Bearer s3cr3tvalue"
            assert one.get(server.url("/away")).status_code == 307
            assert one.get(server.url("/near")).text == "ok"
        assert other.asked == []


@pytest.mark.parametrize(
    "url",
    [
        "https://127.0.0.1:{free}/x?token=s3cr3tvalue",
        "http://127.0.0.1:{free}/x?token=s3cr3tvalue",
        "https://169.254.169.254/?token=s3cr3tvalue",
        "http://localhost:{port}/x?token=s3cr3tvalue",
    ],
)
def test_refusals_say_so_without_secrets_and_are_certain(server: FeedServer, url: str) -> None:
    address = url.format(free=free_port(), port=server.port)
    with pytest.raises(requests.exceptions.ConnectionError, match="BFBOT_PRIVATE_HOSTS") as failure:
        session(config=server.config()).get(address, headers={"Authorization": "Bearer s3cr3tvalue"})
    assert "s3cr3tvalue" not in str(failure.value)
    assert never_sent(failure.value)


def _wrapped(server: FeedServer, url: str) -> None:
    """As a client library does it."""
    try:
        session(config=server.config()).post(url, data="x")
    except requests.exceptions.RequestException as error:
        raise RuntimeError("wrapped") from error


def test_a_failure_wrapped_by_a_library_is_still_told_apart(server: FeedServer) -> None:
    server.raw("/cut", b"")
    with pytest.raises(RuntimeError) as certain:
        _wrapped(server, f"https://127.0.0.1:{free_port()}/")
    with pytest.raises(RuntimeError) as uncertain:
        _wrapped(server, server.url("/cut"))
    assert never_sent(certain.value)
    assert not never_sent(uncertain.value)


def test_verification_cannot_be_turned_off(server: FeedServer) -> None:
    """A plain server on an https address: the handshake fails, verify=False or not."""
    with pytest.raises(requests.exceptions.SSLError):
        session(config=server.config()).get(f"https://{server.host}/", verify=False)


def test_importing_the_seam_loads_neither_requests_nor_urllib3() -> None:
    code = "import bfbot.http, sys; print([m for m in ('requests', 'urllib3', 'ssl') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert out.stdout.strip() == "[]"


@settings(max_examples=60, deadline=None)
@given(
    form=st.dictionaries(
        st.text(min_size=1, max_size=8),
        st.one_of(st.text(max_size=20), st.integers(), st.none(), st.lists(st.text(max_size=5), max_size=3)),
        min_size=1,
        max_size=5,
    ),
    path=st.sampled_from(["/api/v1/statuses", "/ä b?x=1&y=ü", "", "/%7Ea#part"]),
)
def test_a_form_goes_out_byte_for_byte_as_requests_would_send_it(form: dict[str, object], path: str) -> None:
    headers = {"User-Agent": "bfbot", "Idempotency-Key": "0123"}
    url = f"https://Social.example:8443{path}"
    theirs = requests.Request("POST", url, headers=headers, data=form).prepare()
    ours = prepared("POST", url, {"headers": headers, "data": form})
    assert (ours.method, ours.url, ours.body or None) == (theirs.method, theirs.url, theirs.body or None)
    if theirs.body:
        assert dict(ours.headers) == dict(theirs.headers)


def test_a_form_cannot_bring_a_header_of_its_own() -> None:
    with pytest.raises(requests.exceptions.InvalidHeader):
        prepared("POST", "https://social.example/", {"headers": {"X": "a\r\nY: b"}, "data": {"status": "Hello"}})
