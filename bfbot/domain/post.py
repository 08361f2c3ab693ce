"""A post, and its deliveries: one for each account it goes to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bfbot.domain.message import MediaUse
from bfbot.domain.person import is_a_person
from bfbot.domain.proof import Proof
from bfbot.domain.states import (
    GIVEN_UP,
    HELD_BACK,
    NEEDS_A_PERSON,
    PERHAPS_EARLY,
    SOUGHT,
    DeliveryState,
    PostState,
)


class Origin(StrEnum):
    LIBRARY = "library"
    RELEASE = "release"
    PERSON = "person"
    IMPORT = "import"
    API = "api"
    CORRECTION = "correction"


AUTOMATIC = frozenset({Origin.LIBRARY, Origin.RELEASE})
"""Origins whose author is the planner or a feed."""


@dataclass(frozen=True)
class Wording:
    """What an author writes, before any account is thought of. Placeholders as in Message.

    A line of three hyphens on its own parts a thread. `language`: en | cy, "" for the campaign's own.
    """

    text: str
    variants: Mapping[str, str] = field(default_factory=dict)
    media: tuple[MediaUse, ...] = ()
    link: str = ""
    language: str = ""

    def for_platform(self, platform: str) -> str:
        return self.variants.get(platform) or self.text


@dataclass(frozen=True)
class PartSent:
    """A part that the network confirmed. `url` may be empty where the network gives none."""

    index: int
    remote_id: str
    url: str
    published_at: datetime


@dataclass(frozen=True)
class Delivery:
    """One post on one account. Times are aware, UTC.

    `key` is the idempotency key, written when the delivery is created and never changed.
    `not_before` moves on a retry or a rate limit; `due_at` and `closes_at` (the window) do not.
    `error` is the last thing that went wrong, fit for a person; `reason` is short, for code. `vouched` is the
    stamp of the case in which the rules about words were last content with it, "" when they were not asked or not
    content.
    """

    id: int
    post_id: int
    account: str
    platform: str
    state: DeliveryState
    key: str
    due_at: datetime
    closes_at: datetime
    not_before: datetime
    attempts: int
    error: str = ""
    reason: str = ""  # of missed and failed: not_approved | too_late | rejected | ...; of due: HELD_BACK and more
    proof: Proof | None = None
    parts: tuple[PartSent, ...] = ()
    published_at: datetime | None = None
    deleted_at: datetime | None = None
    vouched: str = ""

    @property
    def remote_id(self) -> str | None:
        """The network's id of the first part."""
        return self.parts[0].remote_id if self.parts else None

    @property
    def url(self) -> str | None:
        return self.parts[0].url or None if self.parts else None

    @property
    def given_up(self) -> bool:
        """It failed because a person gave up finding out: it may be live, and nothing is sent for it again."""
        return self.state is DeliveryState.FAILED and self.reason == GIVEN_UP

    @property
    def in_doubt(self) -> bool:
        """It may be live, and nobody has said."""
        return self.state is DeliveryState.UNKNOWN or self.given_up

    @property
    def perhaps_early(self) -> bool:
        """Its time had not come when a backup was restored, and it may have gone out early since that was made."""
        return self.state is DeliveryState.UNKNOWN and self.reason in PERHAPS_EARLY

    @property
    def sought(self) -> bool:
        """The same, and bfbot is about to find out by itself."""
        return self.perhaps_early and self.reason == SOUGHT

    @property
    def needs_a_person(self) -> bool:
        """It does not move on by itself, and nobody has decided yet."""
        return self.state in NEEDS_A_PERSON and not self.given_up and not self.sought

    @property
    def kept_back(self) -> str:
        """Why it does not go out although its time has come and a person could mend that; else ""."""
        return self.error if self.state is DeliveryState.DUE and self.reason.startswith(HELD_BACK) else ""


@dataclass(frozen=True)
class Post:
    """One text for one moment. `first_planned_at` never changes; `scheduled_for` moves.

    `author` is a user's name, or `planner` / `feed:ID`. `signature` is the joint digest of its Proofs.
    `pair` is the post that says the same in the other language: both go out, or neither.
    """

    id: int
    campaign: str
    origin: Origin
    state: PostState
    wording: Wording
    author: str
    first_planned_at: datetime
    scheduled_for: datetime
    window: timedelta
    revision: int
    deliveries: tuple[Delivery, ...]
    message: str | None = None
    pillar: str | None = None
    kind: str | None = None
    release: int | None = None
    occurrence: str | None = None
    signature: str = ""
    note: str = ""
    created_at: datetime | None = None
    pair: int | None = None

    @property
    def automatic(self) -> bool:
        return self.origin in AUTOMATIC

    @property
    def by_itself(self) -> bool:
        """The planner or a feed brought it, and no person has written it anew since."""
        return self.automatic and not is_a_person(self.author)

    @property
    def accounts(self) -> tuple[str, ...]:
        return tuple(delivery.account for delivery in self.deliveries)

    @property
    def text(self) -> str:
        """As it will be read: the first Proof's text once there is one, else the author's."""
        first = next((delivery.proof for delivery in self.deliveries if delivery.proof), None)
        return first.text if first else self.wording.text
