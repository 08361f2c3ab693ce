"""What a network is to bfbot: a small Protocol, and the optional capabilities as their own.

Limits and habits are declared as data; general code never asks for a network's name.
Rendering, counting and reading a link are pure; only the other methods touch the network.
Failures are the PlatformErrors of bfbot/errors.py; nothing else leaves an adapter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from bfbot.domain.declaring import Profile
from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.proof import MediaProof, Proof
from bfbot.domain.snapshot import AccountSnapshot, PostFigures

if TYPE_CHECKING:
    import requests

__all__ = [
    "Clock",
    "Deletable",
    "Describing",
    "Draft",
    "Findable",
    "Idempotency",
    "Limits",
    "Linked",
    "Listable",
    "Measurable",
    "MediaReader",
    "Platform",
    "Receipt",
    "Searchable",
    "Seen",
    "Sending",
    "Setup",
    "Testable",
    "utc_now",
]

MediaReader = Callable[[str], bytes]
"""Gives the bytes of a blob by its digest (sha256, hex)."""

Clock = Callable[[], datetime]
"""Gives the present moment (aware, UTC)."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True)
class Draft:
    """Words and pictures ready for a network: placeholders filled, parts told apart, pictures stored.

    Pictures and links belong to the first part.
    """

    account: str
    texts: tuple[str, ...]
    media: tuple[MediaProof, ...] = ()
    links: tuple[str, ...] = ()
    language: str = "en"


@dataclass(frozen=True)
class Receipt:
    """The network has it. `published_at` is its own time where it says one (aware, UTC)."""

    remote_id: str
    url: str = ""
    published_at: datetime | None = None


@dataclass(frozen=True)
class Seen:
    """A post as the network's own list shows it: its words as plain text, its time by the network's clock."""

    remote_id: str
    url: str
    published_at: datetime
    text: str


@dataclass(frozen=True)
class Sending:
    """One part to publish. `key` is the part's idempotency key; `reply_to` the remote id of the part before."""

    proof: Proof
    index: int
    key: str
    reply_to: str | None
    tried_since: datetime  # when this part was first tried: read-back looks from here on
    others: frozenset[str] = frozenset()  # remote ids on record as other posts': read-back takes none of them
    still: Callable[[], None] = field(default=lambda: None, compare=False, repr=False)
    """Asked right before the request that makes the post; raises where it may not be made any more."""


class Platform(Protocol):
    """One account's network. Made by registry.platform_for(account, ...); making one contacts nobody."""

    name: str
    label: str
    limits: Limits

    def length(self, text: str) -> int:
        """Length in the network's own units."""

    def render(self, draft: Draft) -> Proof:
        """Pure: what would go out. Never cuts; whether it fits is for the rules to say."""

    def publish(self, sending: Sending) -> Receipt:
        """Send one part. Raises a PlatformError."""


@runtime_checkable
class Findable(Protocol):
    """The network lists its posts, so an unknown outcome can be read back."""

    def find(self, sending: Sending) -> Receipt | None:
        """The live post of this part, or None when the network's own list shows that it is not there.

        Raises Unavailable when the list could not be read.
        """


@runtime_checkable
class Searchable(Protocol):
    """Many parts can be looked for in one reading of the list."""

    def finder(self, since: datetime) -> Callable[[Sending], Receipt | None]:
        """Reads the list from then on (aware, UTC). What it gives looks a part up in that, and asks nobody.

        Raises Unavailable when the list could not be read to that moment.
        """


@runtime_checkable
class Listable(Protocol):
    """The network shows a person what the account posted of late."""

    def recent(self, since: datetime) -> list[Seen]:
        """The account's own posts since then (aware, UTC), newest first. Raises a PlatformError."""


@runtime_checkable
class Linked(Protocol):
    """A post's address tells which post it is."""

    def id_in(self, link: str) -> str | None:
        """The remote id of the post at this address; None where it is no post of this network. Asks nobody."""


@runtime_checkable
class Measurable(Protocol):
    """The network gives figures."""

    def measure(self, remote_ids: list[str]) -> Mapping[str, PostFigures]:
        """Cumulative figures by remote id; an id the network no longer knows is left out."""

    def measure_account(self, now: datetime) -> AccountSnapshot:
        """The account's own figures."""


@runtime_checkable
class Deletable(Protocol):
    """A post can be taken down."""

    def delete(self, remote_id: str) -> None:
        """Idempotent: a post that is gone already is a success."""


@runtime_checkable
class Testable(Protocol):
    """The credentials can be tried without posting."""

    def who_am_i(self) -> str:
        """The account's name on the network. Raises NotAuthorised or Unavailable."""


@runtime_checkable
class Describing(Protocol):
    """The network has a label for automated accounts, and a profile in words."""

    def profile(self) -> Profile:
        """What the account says of itself. Raises NotAuthorised or Unavailable."""


@dataclass(frozen=True)
class Setup:
    """What an adapter is made from. `secrets` are the values themselves: never log a Setup."""

    account: str
    base_url: str
    secrets: Mapping[str, str] = field(repr=False)
    media: MediaReader = field(repr=False)
    clock: Clock = field(default=utc_now, repr=False)
    session: requests.Session | None = field(default=None, repr=False)  # None: bfbot.http.session()
