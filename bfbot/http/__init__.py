"""The one seam to the outside world: every byte bfbot sends or fetches goes through here.

`fetch` reads what the world names (feeds, links, pictures) and trusts nothing; `session` is for the networks
whose address the team wrote down. Both connect only to addresses that were checked, ignore proxies from the
environment, and keep secrets out of their error texts. Importing this package is cheap: urllib3 and requests
are loaded at the first use.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bfbot.http.answer import MEGABYTE, Fetched, FetchFailed, without_secrets

if TYPE_CHECKING:
    import requests

    from bfbot.config import Config

__all__ = ["MEGABYTE", "FetchFailed", "Fetched", "fetch", "look", "session", "without_secrets"]


def fetch(
    url: str,
    *,
    etag: str = "",
    last_modified: str = "",
    limit_bytes: int = 5 * MEGABYTE,
    seconds: float = 20.0,
    config: Config | None = None,
) -> Fetched:
    """GET `url` as a stranger's address: at most `limit_bytes` decoded bytes and `seconds` of wall-clock time.

    Follows five redirects, each checked. Any HTTP status is an answer; raises FetchFailed when there is none
    (refused address, no connection, too slow, too large, cut short).
    """
    from bfbot.config import config as settings
    from bfbot.http.fetching import get

    return get(url, etag, last_modified, limit_bytes=limit_bytes, seconds=seconds, config=config or settings())


def look(url: str, *, seconds: float = 5.0, config: Config | None = None) -> Fetched:
    """Whether a page is there: as `fetch`, but what it says is never read. `body` is empty."""
    from bfbot.config import config as settings
    from bfbot.http.fetching import get

    return get(url, "", "", limit_bytes=0, seconds=seconds, config=config or settings(), read=False)


def session(timeout: tuple[float, float] = (5.0, 30.0), config: Config | None = None) -> requests.Session:
    """A requests session for one network: timeouts (connect, read; seconds) are always set and never longer.

    Private addresses and plain http only for hosts in BFBOT_PRIVATE_HOSTS. A redirect to another host is
    returned, not followed. Failures are requests' own exceptions with their texts free of queries and keys.
    """
    from bfbot.config import config as settings
    from bfbot.http.networks import open_session

    return open_session(timeout, config or settings())
