"""What was found behind a link, and when."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

_SIGN_IN: Final = re.compile(
    r"/(?:log-?in|sign-?in|auth|sso|saml2?|adfs|oauth2?|account/login|wp-login\.php)(?:/|$|\?)"
)


class LinkState(StrEnum):
    THERE = "there"
    MOVED = "moved"  # it leads on to another address
    GONE = "gone"  # no such page, or not yet
    CLOSED = "closed"  # it wants a sign-in
    FAULTY = "faulty"  # the site answers, but with a fault or a refusal
    UNREACHED = "unreached"  # no answer: nothing is known of the page


@dataclass(frozen=True)
class LinkSeen:
    """`address` is the page without tracking; `final` where it led; `checked_at` is aware, UTC.

    `status` is the HTTP status, 0 where there was no answer; `why` says what came in the way.
    """

    address: str
    state: LinkState
    checked_at: datetime
    status: int = 0
    final: str = ""
    why: str = ""


def state_of(address: str, status: int, final: str) -> LinkState:
    """What an answer says of the page: `final` is the address that gave it. Pure."""
    if status in {404, 410}:
        return LinkState.GONE
    if status in {401, 407} or (_elsewhere(address, final) and _SIGN_IN.search(urlsplit(final).path.lower())):
        return LinkState.CLOSED
    if not 200 <= status < 300:
        return LinkState.FAULTY
    return LinkState.MOVED if _elsewhere(address, final) else LinkState.THERE


def _elsewhere(address: str, final: str) -> bool:
    """A slash at the end, capitals of the host and a fragment make no other page; nor does https for http."""
    return _page(address) != _page(final)


def _page(address: str) -> tuple[str, str, str]:
    parts = urlsplit(address)
    return parts.netloc.lower().removesuffix(":443").removesuffix(":80"), parts.path.rstrip("/"), parts.query
