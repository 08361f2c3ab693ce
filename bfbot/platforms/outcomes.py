"""What an exchange with a network came to, judged by what crossed the wire.

Two kinds of doing: posting, where a lost answer leaves the outcome unknown, and everything else (reading,
uploading a picture, taking down), which may be repeated without harm.
"""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from bfbot.errors import (
    BfbotError,
    NotAuthorised,
    OutcomeUnknown,
    OutOfCredit,
    PlatformError,
    RateLimited,
    Rejected,
    Unavailable,
)
from bfbot.platforms.base import Clock
from bfbot.platforms.wire import Wire

if TYPE_CHECKING:
    import requests

PATIENCE = timedelta(minutes=15)
"""How long to wait after a 429 that does not say how long."""

_MAY_HAVE_HAPPENED = frozenset({408, 409, 425, 499})


@dataclass(frozen=True)
class Exchange:
    """One account's dealings with its network. `judge` may know an answer better than the table below."""

    wire: Wire
    account: str
    network: str
    clock: Clock
    secrets: Mapping[str, str] = field(repr=False)
    judge: Callable[[int, str], PlatformError | None] = lambda status, said: None

    @contextmanager
    def posting(self, still: Callable[[], None]) -> Iterator[None]:
        """Calls inside may make a post; a lost answer raises OutcomeUnknown. `still` is Sending's own."""
        still()
        yield from self._judged(posting=True)

    @contextmanager
    def asking(self) -> Iterator[None]:
        """Calls inside may be made again; a lost answer raises Unavailable."""
        yield from self._judged(posting=False)

    def _judged(self, posting: bool) -> Iterator[None]:
        self.wire.forget()
        try:
            yield
        except BfbotError:
            raise
        except Exception as error:
            # The library's own exception is not chained: its text may quote what must not be logged.
            raise self._verdict(error, posting) from None

    def _verdict(self, error: Exception, posting: bool) -> PlatformError:
        if self.wire.answer is not None:
            return self._by_answer(self.wire.answer, posting)
        if self.wire.failure is None:
            return Rejected(
                f"{self.network} could not be asked: {self.clean(str(error)) or type(error).__name__}",
                where=self.account,
            )
        if never_sent(self.wire.failure):
            return Unavailable(
                f"{self.network} could not be reached: {self.clean(str(self.wire.failure))}",
                mend="bfbot tries again by itself; if it lasts, check the connection and base_url.",
                where=self.account,
            )
        return self._lost(f"{self.network} did not finish its answer.", posting)

    def _by_answer(self, answer: requests.Response, posting: bool) -> PlatformError:
        status, said = answer.status_code, self.clean(told(answer))
        known = self.judge(status, said)
        if known is not None:
            known.where = self.account
            return known
        quoted = f" and says: {said}" if said else "."
        if status == 429:
            return RateLimited(
                f"{self.network} asks bfbot to slow down.",
                retry_at=retry_at(answer.headers, self.clock()),
                where=self.account,
            )
        if status in {401, 403}:
            return NotAuthorised(
                f"{self.network} refuses the account's key ({status}){quoted}",
                mend="Check the account's keys and what they may do, then run bfbot accounts test.",
                where=self.account,
            )
        if status == 402:
            return OutOfCredit(
                f"the account's credit with {self.network} is used up{quoted}",
                mend=f"Buy credit from {self.network}, then try again.",
                where=self.account,
            )
        if status < 300 or status >= 500 or status in _MAY_HAVE_HAPPENED:
            return self._lost(f"{self.network} answered {status} in a way that does not tell{quoted}", posting)
        if status < 400 or (status in {400, 404, 405, 410} and not _is_json(answer)):
            return Unavailable(
                f"what answers at this address is not {self.network} ({status}).",
                mend="Check base_url in schedules/accounts.yaml.",
                where=self.account,
            )
        return Rejected(
            f"{self.network} does not accept it ({status}){quoted}", mend="Change the post.", where=self.account
        )

    def _lost(self, message: str, posting: bool) -> PlatformError:
        if posting:
            return OutcomeUnknown(
                message, mend="The post may be live: bfbot looks for it before anything else.", where=self.account
            )
        return Unavailable(message, mend="bfbot tries again by itself.", where=self.account)

    def clean(self, text: str) -> str:
        """One short line without the account's secrets, whatever a server chose to echo."""
        for secret in self.secrets.values():
            if secret:
                text = text.replace(secret, "…")
        line = " ".join("".join(one if one.isprintable() else " " for one in text).split())
        return line if len(line) <= 200 else line[:199] + "…"


def never_sent(failure: BaseException) -> bool:
    """Whether the request certainly did not reach the network: no address, no connection, no handshake."""
    import requests
    from urllib3.exceptions import NameResolutionError, NewConnectionError

    certain = (
        NameResolutionError,
        NewConnectionError,
        ssl.SSLCertVerificationError,
        requests.exceptions.ConnectTimeout,
        requests.exceptions.ProxyError,
        requests.exceptions.InvalidURL,
        requests.exceptions.InvalidSchema,
        requests.exceptions.MissingSchema,
    )
    return any(isinstance(one, certain) for one in _inside(failure))


def _inside(failure: BaseException) -> Iterator[BaseException]:
    """The failure and all that it wraps: requests and urllib3 nest the cause in args and `reason`."""
    todo, seen = [failure], set()
    while todo:
        one = todo.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        nested = (one.__cause__, one.__context__, getattr(one, "reason", None), *one.args)
        todo.extend(inner for inner in nested if isinstance(inner, BaseException))


def told(answer: requests.Response) -> str:
    """What an error answer says for people, in any of the shapes the networks use; "" for none."""
    try:
        body = answer.json()
    except ValueError:
        return ""
    if isinstance(body, str):
        return body
    if not isinstance(body, dict):
        return ""
    errors = body.get("errors")
    first = errors[0] if isinstance(errors, list) and errors else {}
    if isinstance(first, str):
        return first
    nested = first if isinstance(first, dict) else {}
    candidates = (
        body.get("detail"),
        body.get("error"),
        nested.get("message"),
        nested.get("detail"),
        body.get("title"),
    )
    return next((one for one in candidates if isinstance(one, str) and one), "")


def _is_json(answer: requests.Response) -> bool:
    try:
        answer.json()
    except ValueError:
        return False
    return True


def retry_at(headers: Mapping[str, str], now: datetime) -> datetime:
    """When the network lets us come back (aware, UTC): its header, by its own clock, at most a day ahead."""
    wait = _wait(headers, now)
    if wait is None or wait <= timedelta():
        wait = PATIENCE
    return now + min(wait, timedelta(days=1))


def _wait(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    theirs = _moment(headers.get("Date", "")) or now
    reset = _moment(headers.get("x-rate-limit-reset") or headers.get("X-RateLimit-Reset") or "")
    if reset is not None:
        return reset - theirs
    after = headers.get("Retry-After", "")
    if after.isdigit():
        return timedelta(seconds=min(int(after), 86_400))
    moment = _moment(after)
    return moment - theirs if moment is not None else None


def _moment(text: str) -> datetime | None:
    """A time as seconds since 1970, ISO 8601 or an HTTP date; None for anything else."""
    for read in (lambda one: datetime.fromtimestamp(int(one), UTC), datetime.fromisoformat, parsedate_to_datetime):
        try:
            moment = read(text)
        except (ValueError, TypeError, OverflowError, OSError):
            continue
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return None
