"""The session as a network's library sees it: it leads where it should, and remembers how the exchange ended.

tweepy has its host built in and both libraries fold what happened into exceptions of their own, some of them
by accident. What decides between "certainly not posted" and "may be live" is what crossed the wire, so that is
what is kept.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import requests


class Wire:
    """Stands in for `requests.Session` where a library calls `session.request`. For one thread at a time.

    A URL that begins with `built_in` is asked of `base_url` instead. It is changed before the request is signed,
    so a signature is made for the address that reads it (a mounted adapter would come too late for that).
    """

    def __init__(self, session: requests.Session, built_in: str = "", base_url: str = "") -> None:
        self._session = session
        self._built_in = built_in
        self._base_url = base_url.rstrip("/")
        self.answer: requests.Response | None = None
        self.failure: Exception | None = None

    @property
    def user_agent(self) -> str:
        """Who we are; each library would otherwise give its own name."""
        return str(self._session.headers["User-Agent"])

    def forget(self) -> None:
        """Before a call: nothing has crossed the wire yet."""
        self.answer = self.failure = None

    def request(self, method: str, url: str, **given: Any) -> requests.Response:
        """As `requests.Session.request`; a redirect of anything but a GET is an answer, never followed."""
        self.forget()
        if self._base_url and self._built_in and url.startswith(self._built_in):
            url = self._base_url + url[len(self._built_in) :]
        given.setdefault("allow_redirects", method == "GET")  # a POST that is redirected comes out as a GET
        try:
            self.answer = self._session.request(method, url, **given)
        except Exception as error:
            self.failure = error
            raise
        return self.answer

    def clock_behind(self, now: datetime) -> timedelta:
        """How far the network's clock is behind ours, by the last answer; zero when unknown or within 2 s."""
        told = self.answer.headers.get("Date", "") if self.answer is not None else ""
        try:
            behind = now - parsedate_to_datetime(told)
        except (TypeError, ValueError):
            return timedelta()
        return behind if behind > timedelta(seconds=2) else timedelta()
