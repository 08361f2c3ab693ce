"""One GET of an address that the world named, within its limits."""

from __future__ import annotations

import http.client
import zlib
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, urljoin, urlsplit

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError

from bfbot.http.addresses import AddressRefused, check_scheme
from bfbot.http.answer import MEGABYTE, Fetched, FetchFailed, place, without_secrets
from bfbot.http.connections import GuardedHTTP, GuardedHTTPS, Meter, TooManyBytes, metered, tls, user_agent

if TYPE_CHECKING:
    from bfbot.config import Config

REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
_CHUNK = 64 * 1024
_HEADERS = 256 * 1024


def get(
    url: str,
    etag: str,
    last_modified: str,
    *,
    limit_bytes: int,
    seconds: float,
    config: Config,
    read: bool = True,
) -> Fetched:
    """See `bfbot.http.fetch`. One meter runs over all hops, so five slow redirects cost no more than one.

    Without `read` the answer's body stays where it is.
    """
    meter = Meter(seconds, limit_bytes + _HEADERS)
    headers = {
        "User-Agent": user_agent(config),
        "Accept-Encoding": "gzip",
        "Connection": "close",
        **({"If-None-Match": etag} if etag else {}),
        **({"If-Modified-Since": last_modified} if last_modified else {}),
    }
    for_good = True
    for hop in range(REDIRECTS + 1):
        try:
            answer, target = _hop(url, headers, meter, limit_bytes if read else None, config)
        except (HTTPError, http.client.HTTPException, OSError, ValueError, zlib.error) as error:
            raise FetchFailed(_sentence(error, seconds), where=place(url)) from error
        if target is None:
            return replace(answer, moved_for_good=for_good and hop > 0)
        for_good = for_good and answer.status in _FOR_GOOD
        url = target
    raise FetchFailed(f"It redirects more than {REDIRECTS} times.", where=place(url))


def _hop(
    url: str, headers: dict[str, str], meter: Meter, limit_bytes: int | None, config: Config
) -> tuple[Fetched, str | None]:
    """One request; the second value is where a redirect points. The body of a redirect is never read."""
    connection, target = _connection(url, meter, config)
    try:
        connection.request("GET", target, headers=headers, preload_content=False, decode_content=False)
        response = connection.getresponse()
        names = {name.lower(): value for name, value in response.headers.items()}
        location = names.get("location")
        if response.status in _MOVED and location:
            return Fetched(response.status, b"", names, url), urljoin(url, location)
        body = b"" if limit_bytes is None or response.status == 304 else b"".join(_decoded(response, limit_bytes))
        return Fetched(response.status, body, names, url), None
    finally:
        connection.close()


def _connection(url: str, meter: Meter, config: Config) -> tuple[GuardedHTTP | GuardedHTTPS, str]:
    """A guarded connection to the host of `url`, and what to ask it for. Raises ValueError, AddressRefused."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    check_scheme(parts.scheme, parts.hostname or "", port, config.private_hosts)
    if not parts.hostname:
        raise AddressRefused("there is no host in this address.")
    connection: GuardedHTTP | GuardedHTTPS
    if parts.scheme == "https":
        connection = GuardedHTTPS(parts.hostname, port, timeout=meter.left(), ssl_context=tls())
    else:
        connection = GuardedHTTP(parts.hostname, port, timeout=meter.left())
    connection.private_hosts = config.private_hosts
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return metered(connection, meter), f"{path}?{query}" if query else path


def _decoded(response: BaseHTTPResponse, limit_bytes: int) -> Iterator[bytes]:
    """The body, unpacked as it comes, at most `limit_bytes` of it: a small bomb never becomes a large body."""
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding in {"", "identity"}:
        unpack = None
    elif coding in {"gzip", "x-gzip", "deflate"}:
        unpack = zlib.decompressobj(wbits=47)  # gzip or zlib, by its own header
    else:
        raise ValueError(f"the answer is packed as “{coding[:20]}”, which bfbot did not ask for")
    left = limit_bytes
    for raw in response.stream(_CHUNK, decode_content=False):
        # One byte more than is left is enough to know that there is too much.
        piece = unpack.decompress(raw, left + 1) if unpack else raw
        left -= len(piece)
        if left < 0:
            raise TooManyBytes(f"the answer is larger than {limit_bytes / MEGABYTE:.0f} MB")
        yield piece
    if unpack and not unpack.eof:
        raise ValueError("the answer was cut short")


def _sentence(error: Exception, seconds: float) -> str:
    """What went wrong, without urllib3's names for its own parts and without queries."""
    if isinstance(error, TimeoutError) or "timed out" in str(error) or "time for this address" in str(error):
        return f"It did not finish within {seconds:g} seconds."
    text = " ".join(without_secrets(str(error)).split()) or type(error).__name__
    text = text.partition("): ")[2] or text
    return text[0].upper() + text[1:300] + ("" if text.endswith(".") else ".")
