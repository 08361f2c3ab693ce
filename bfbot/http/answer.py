"""What comes back from a fetch, and error texts fit for a log."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from bfbot.errors import BfbotError

MEGABYTE = 1024 * 1024


class FetchFailed(BfbotError):
    """No answer that can be used: refused address, no connection, too slow, too large or cut short."""

    exit_code = 3


@dataclass(frozen=True)
class Fetched:
    """An answer, whatever its status. `body` is decoded (gzip, deflate); header names are lower case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str]
    final_url: str
    moved_for_good: bool = False  # every hop to final_url was a 301 or 308

    def header(self, name: str) -> str:
        """The value of a header, "" when it is absent."""
        return self.headers.get(name.lower(), "")


_QUERY = re.compile(r"\?[^\s'\"<>)\]]*")
_USER = re.compile(r"(https?://)[^/\s@]+@")
_BEARER = re.compile(r"(?i)\b(authorization\s*[:=]\s*)?(bearer|basic|oauth)\s+[A-Za-z0-9._~+/=-]{6,}")
_NAMED = re.compile(
    r"(?i)\b([a-z_]*(?:token|secret|password|api_?key|signature))(['\"]?\s*[:=]\s*['\"]?)[^\s'\",&}]+"
)


def without_secrets(text: str) -> str:
    """The text without queries of addresses, user parts, Authorization values and named tokens."""
    text = _NAMED.sub(r"\1\2[removed]", _QUERY.sub("?[removed]", text))
    return _USER.sub(r"\1", _BEARER.sub("[removed]", text))


def place(url: str) -> str:
    """Scheme, host and path of an address: what an error may say of it."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
    except ValueError:
        return "an address that cannot be read"
    return f"{parts.scheme}://{host}{port}{parts.path}"
