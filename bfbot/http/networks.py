"""The requests session through which the networks' adapters talk."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from requests.hooks import default_hooks

from bfbot.http.answer import without_secrets
from bfbot.http.connections import guarded_pools, user_agent

if TYPE_CHECKING:
    from bfbot.config import Config

WHOLE = 2
"""A whole answer may take so many times as long as a network may stay silent in between."""

_SHORT_WAY = frozenset({"headers", "files", "data", "json", "params", "auth", "timeout", "allow_redirects"})


class _GuardedAdapter(HTTPAdapter):
    """Checks addresses where it connects, never waits for ever, and says nothing secret."""

    def __init__(self, timeout: tuple[float, float], private_hosts: frozenset[str]) -> None:
        self._timeout = timeout
        self._private_hosts = private_hosts
        super().__init__(max_retries=0)  # whether to send again is the publisher's decision

    def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
        whole = WHOLE * self._timeout[1]
        self.poolmanager = guarded_pools(
            self._private_hosts, whole, num_pools=connections, maxsize=maxsize, block=block, **options
        )

    def get_connection_with_tls_context(
        self, request: requests.PreparedRequest, verify: Any, proxies: Any = None, cert: Any = None
    ) -> Any:
        """The pool of the request's host: there are no proxies to look for, and there is one way to verify."""
        if proxies:
            return super().get_connection_with_tls_context(request, verify, proxies, cert)
        where = urlsplit(str(request.url))
        return self.poolmanager.connection_from_host(where.hostname, where.port, where.scheme)

    def proxy_manager_for(self, proxy: str, **options: Any) -> Any:
        raise requests.exceptions.ProxyError("bfbot uses no proxies: they would hide the address it checks.")

    def cert_verify(self, conn: Any, url: str, verify: Any, cert: Any) -> None:
        """The pools share one context that verifies; nothing may turn that off or load the bundle again."""

    def send(self, request: requests.PreparedRequest, *args: Any, **given: Any) -> requests.Response:
        given["timeout"] = _shorter(given.get("timeout"), self._timeout)
        given["verify"] = True
        try:
            return super().send(request, *args, **given)
        except requests.RequestException as error:
            raise _plain(error, request) from None


class NetworkSession(requests.Session):
    """Stays with the host it was asked for: a redirect elsewhere is returned as the answer."""

    def request(self, method: str | bytes, url: str | bytes, *args: Any, **given: Any) -> requests.Response:
        """A request that follows no redirect takes the short way: no cookies, no hooks, no `.netrc`.

        A session looks for all of those again and again, for a third of what a request costs.
        """
        if args or given.get("allow_redirects", True) or not given.keys() <= _SHORT_WAY:
            return super().request(method, url, *args, **given)
        del given["allow_redirects"]
        timeout = given.pop("timeout", None)
        given["headers"] = {**self.headers, **(given.get("headers") or {})}
        asked = prepared(str(method).upper(), str(url), given)
        answer = self.get_adapter(str(asked.url)).send(asked, timeout=timeout)
        _ = answer.content  # read whole, so that its connection is free again
        return answer

    def get_redirect_target(self, resp: requests.Response) -> str | None:
        target = super().get_redirect_target(resp)
        if target is None or _origin(urljoin(resp.url, target)) != _origin(resp.url):
            return None
        return target


def open_session(timeout: tuple[float, float], config: Config) -> requests.Session:
    """See `bfbot.http.session`."""
    session = NetworkSession()
    session.trust_env = False  # no proxies and no .netrc of whoever started us
    session.headers["User-Agent"] = user_agent(config)
    adapter = _GuardedAdapter(timeout, config.private_hosts)
    session.mount("https://", adapter)
    session.mount("http://", adapter)
    return session


def prepared(method: str, url: str, given: dict[str, Any]) -> requests.PreparedRequest:
    """A form alone, as most posts are, is written out here: the library looks for all that it might be instead."""
    made = requests.PreparedRequest()
    form = given.get("data")
    if not (isinstance(form, Mapping) and form and given.keys() <= {"data", "headers"}):
        made.prepare(method=method, url=url, **given)
        return made
    body = urlencode([(name, one) for name, one in form.items() if one is not None], doseq=True)
    length = {"Content-Type": "application/x-www-form-urlencoded", "Content-Length": str(len(body))}
    made.method, made.url, made.body = method, _whole(url), body
    made.prepare_headers({**length, **given["headers"]})
    made.hooks = default_hooks()
    return made


@lru_cache(maxsize=256)
def _whole(url: str) -> str:
    """The address as requests writes it. Raises its InvalidURL."""
    made = requests.PreparedRequest()
    made.prepare_url(url, None)
    return str(made.url)


def _plain(error: requests.RequestException, request: requests.PreparedRequest) -> requests.RequestException:
    """The same failure in few words. The original stays as its context, for whoever must tell what was sent."""
    cause = error.args[0] if error.args else None
    reason = getattr(cause, "reason", None) or cause or error
    text = " ".join(without_secrets(str(reason)).split()).partition("): ")
    return type(error)(text[2] or text[0], request=request)


def _shorter(asked: Any, ours: tuple[float, float]) -> tuple[float, float]:
    """The libraries' own timeouts count only where they are shorter than ours (Mastodon.py asks for 300 s)."""
    connect, read = asked if isinstance(asked, tuple) else (asked, asked)
    return min(connect or ours[0], ours[0]), min(read or ours[1], ours[1])


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port
