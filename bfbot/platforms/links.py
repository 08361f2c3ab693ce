"""Which post an address leads to: each network writes its addresses its own way. Pure."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, urlsplit

_X_HOSTS = frozenset({"x.com", "twitter.com"})
_X_PATH = re.compile(r"/(?:i/web|i|[A-Za-z0-9_]{1,15})/status(?:es)?/(\d{1,25})(?=/|$)")
_PRACTICE_PATH = re.compile(r"/practice/(\d{1,18})")
_STATUS_ID = re.compile(r"(?=[^/]*\d)[0-9A-Za-z]{5,40}")


def mastodon_id(link: str, base_url: str) -> str | None:
    """On the account's own server alone: another server shows the same status under an id of its own."""
    address, server = _split(link), _split(base_url)
    if address is None or server is None or address.netloc.casefold() != server.netloc.casefold():
        return None
    first, *rest = [one for one in address.path.split("/") if one] or [""]
    # /@desk/123, /@desk/statuses/123, /users/desk/statuses/123, /notice/Abc123, /objects/…
    from_elsewhere = "@" in first.removeprefix("@")
    return rest[-1] if rest and not from_elsewhere and _STATUS_ID.fullmatch(rest[-1]) else None


def x_id(link: str) -> str | None:
    """Under its present name and its former one."""
    address = _split(link)
    if address is None or not address.hostname:
        return None
    host = re.sub(r"^(www|mobile)\.", "", address.hostname)
    found = _X_PATH.match(address.path) if host in _X_HOSTS else None
    return found[1] if found else None


def practice_id(link: str) -> str | None:
    """By its path: under which names the team reaches its desk is not known here."""
    path = link.strip() if link.strip().startswith("/") else getattr(_split(link), "path", "")
    found = _PRACTICE_PATH.fullmatch(path.rstrip("/"))
    return found[1] if found else None


def _split(link: str) -> SplitResult | None:
    try:
        address = urlsplit(link.strip())
        return address if address.scheme in {"http", "https"} and address.hostname else None
    except ValueError:
        return None
