"""urllib3 connections that look up, check and connect in one step, and end when their time is over.

The look-up happens where the socket is opened, and the socket goes to the very address that was checked, so a
name cannot change its mind in between; redirects, odd spellings of an address and mapped addresses all pass here.
"""

from __future__ import annotations

import http.client
import io
import socket
import ssl
import struct
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError
from urllib3.response import HTTPResponse

from bfbot import __version__
from bfbot.http.addresses import AddressRefused, Checked, check_scheme, look_up
from bfbot.http.answer import MEGABYTE

if TYPE_CHECKING:
    from bfbot.config import Config

SENDING = 10
ANSWER_BYTES = 20 * MEGABYTE
"""What a network's answer may have, raw; its lists and posts have some thousands."""

AT_ONCE, KINDLY = struct.pack("ii", 1, 0), struct.pack("ii", 0, 0)
"""Until its answer begins, a request that is given up, or whose process is killed, ends at once. Else the system
goes on handing over what it still holds, and minutes later a post is out that two looks had not found."""


def user_agent(config: Config) -> str:
    """Who we are, and whom to write to."""
    return f"bfbot/{__version__}" + (f" (+{config.contact})" if config.contact else "")


@cache
def tls() -> ssl.SSLContext:
    """One context for the process: reading the bundle of authorities again for each connection costs 20 ms."""
    import certifi

    context = ssl.create_default_context(cafile=certifi.where())
    context.load_default_certs()  # an organisation's own authority, where the machine has one
    return context


class Meter:
    """What one exchange may still use: wall-clock time and raw bytes."""

    def __init__(self, seconds: float, raw_bytes: int) -> None:
        self._ends = time.monotonic() + seconds
        self._bytes = raw_bytes

    def left(self) -> float:
        """Seconds left; raises TimeoutError when there are none."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time for this address is over")
        return left

    def count(self, received: int) -> None:
        self._bytes -= received
        if self._bytes < 0:
            raise TooManyBytes("more bytes than are accepted")


class TooManyBytes(OSError):
    """The answer, headers included, is larger than what was asked for."""


class _MeteredReader(io.RawIOBase):
    """The raw stream of a socket; each read first sets the socket's timeout to the time that is left.

    So headers, interim answers, bodies and trailers that drip for ever all end in time.
    """

    def __init__(self, sock: socket.socket, raw: io.RawIOBase, meter: Meter, patience: float | None) -> None:
        self._sock, self._raw, self._meter, self._patience = sock, raw, meter, patience

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._meter.left()
        self._sock.settimeout(left if self._patience is None else min(left, self._patience))
        received: int | None = self._raw.readinto(buffer)
        self._meter.count(received or 0)
        return received

    def close(self) -> None:
        self._raw.close()
        super().close()


def _metered_response(meter: Meter, patience: float | None = None) -> Callable[..., http.client.HTTPResponse]:
    """What http.client calls to make a response; ours reads through the meter.

    `patience`: the seconds that it may stay silent between two reads, where they are fewer than all that are left.
    """

    def make(sock: socket.socket, *args: Any, **given: Any) -> http.client.HTTPResponse:
        response = http.client.HTTPResponse(sock, *args, **given)
        raw = response.fp.detach()
        response.fp = io.BufferedReader(_MeteredReader(sock, raw, meter, patience))
        return response

    return make


class GuardedHTTP(HTTPConnection):
    """Plain http, to hosts the team named. `meter` None: the pool's own timeouts rule."""

    private_hosts: frozenset[str] = frozenset()
    meter: Meter | None = None

    def _new_conn(self) -> socket.socket:
        return _open(self, "http", self.private_hosts, self.meter)


class GuardedHTTPS(HTTPSConnection):
    """https, to addresses of the open internet and hosts the team named."""

    private_hosts: frozenset[str] = frozenset()
    meter: Meter | None = None

    def _new_conn(self) -> socket.socket:
        return _open(self, "https", self.private_hosts, self.meter)


class _InTime(HTTPConnection):
    """A connection that stays open for many requests, each of which ends in time.

    A socket's timeout begins again with every byte: what drips would hold its worker, and the post, for ever.
    """

    seconds: float = 0.0
    """For an answer, up to its last byte; a request, which may carry a clip, may take SENDING times as long."""

    _sent_by: float = 0.0

    def request(self, *given: Any, **named: Any) -> None:
        self._sent_by = time.monotonic() + SENDING * self.seconds
        if self.sock is not None:
            _give_up(self.sock, AT_ONCE)
        super().request(*given, **named)

    def send(self, data: Any) -> None:
        if time.monotonic() > self._sent_by:
            raise TimeoutError("the time for this request is over")
        super().send(data)

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # as urllib3 itself overrides it
        silent = self.timeout if isinstance(self.timeout, int | float) else None
        make = _metered_response(Meter(self.seconds, ANSWER_BYTES), silent)
        self.response_class = make  # type: ignore[assignment]  # only ever called
        sock, answer = self.sock, super().getresponse()
        with suppress(OSError):  # closed already: there was no more to read
            _give_up(sock, KINDLY)
        return answer


def metered(connection: GuardedHTTP | GuardedHTTPS, meter: Meter) -> GuardedHTTP | GuardedHTTPS:
    """The same connection, everything it reads counted against `meter`."""
    connection.meter = meter
    connection.response_class = _metered_response(meter)  # type: ignore[assignment]  # only ever called
    return connection


def _give_up(sock: socket.socket, how: bytes) -> None:
    """How the system ends this connection when it is closed."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, how)


def _open(
    connection: HTTPConnection, scheme: str, private_hosts: frozenset[str], meter: Meter | None
) -> socket.socket:
    """Check, look up, check again, connect; the errors are the ones urllib3's pools understand."""
    host, port = connection.host, connection.port
    try:
        check_scheme(scheme, host, port, private_hosts)
        return _connect(look_up(connection._dns_host, port, private_hosts), connection.timeout, meter)
    except socket.gaierror as error:
        raise NameResolutionError(host, connection, error) from error
    except TimeoutError as error:
        raise ConnectTimeoutError(connection, f"{host} did not answer in time.") from error
    except AddressRefused as error:
        raise NewConnectionError(connection, str(error)) from error
    except OSError as error:
        raise NewConnectionError(connection, f"{host}:{port}: {error.strerror or error}") from error


def _connect(addresses: list[Checked], seconds: float | None, meter: Meter | None) -> socket.socket:
    """The first of the checked addresses that answers."""
    failure = OSError("the name has no address")
    for one in addresses:
        sock = socket.socket(one.family, socket.SOCK_STREAM)
        try:
            sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if meter is None:
                _give_up(sock, AT_ONCE)
            sock.settimeout(meter.left() if meter else seconds)
            sock.connect(one.sockaddr)
            if meter:
                sock.settimeout(meter.left())  # the handshake, too, must end in time
        except OSError as error:
            sock.close()
            failure = error
        else:
            return sock
    raise failure


def guarded_pools(private_hosts: frozenset[str], seconds: float, **options: Any) -> PoolManager:
    """A pool manager all of whose connections are guarded, and give an answer no more than `seconds`."""
    manager = PoolManager(ssl_context=tls(), **options)
    manager.pool_classes_by_scheme = _pools(private_hosts, seconds)
    return manager


@lru_cache(maxsize=8)  # a session is opened for every few posts, and classes are slow to come and to go
def _pools(private_hosts: frozenset[str], seconds: float) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(_InTime, GuardedHTTP):
        pass

    class Secure(_InTime, GuardedHTTPS):
        pass

    Plain.private_hosts = Secure.private_hosts = private_hosts
    Plain.seconds = Secure.seconds = seconds

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    return {"http": PlainPool, "https": SecurePool}
