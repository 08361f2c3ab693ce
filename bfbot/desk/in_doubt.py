"""What is known of a post that may be live: its parts, what was tried, and what each answer would lead to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bfbot.desk.tried import Line, told
from bfbot.domain.post import Delivery, PartSent, Post
from bfbot.domain.revision import Revision
from bfbot.domain.sending import Try, doubt_about, parts_in_doubt
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ConfigurationError
from bfbot.ledger import doubts
from bfbot.platforms.base import Findable, Listable, Platform
from bfbot.platforms.registry import platform_for

AGES = timedelta(days=365)
"""What is to be looked at no sooner than that is not looked at by itself."""

LISTS_NOTHING = "This network lists nothing: look there yourself."


@dataclass(frozen=True)
class PartNow:
    """One part of what goes out; `index` counts from 0. `word` is live | in doubt | not sent."""

    index: int
    text: str
    word: str
    sent: PartSent | None = None

    @property
    def number(self) -> int:
        return self.index + 1


@dataclass(frozen=True)
class InDoubt:
    """`asked` is the part to be settled now. `finds`, `lists`: what the network can be asked; None: nobody knows.

    `looks_at`: when bfbot looks again by itself, None where it does not. `if_not_live`: what becomes of the post
    when a person says that the part is not live: planned | due | missed | failed.
    """

    delivery: Delivery
    parts: tuple[PartNow, ...]
    asked: PartNow | None
    tried: tuple[Line, ...]
    finds: bool | None
    lists: bool | None
    looks_at: datetime | None
    if_not_live: DeliveryState

    @property
    def is_thread(self) -> bool:
        return len(self.parts) > 1

    @property
    def waits(self) -> str:
        """Why it waits for a person, in words; "" where bfbot looks again by itself."""
        if self.delivery.given_up:
            return "It was given up: nothing more is sent. You can still say whether it is live."
        if self.finds is None:
            return "Its account has left the files, so bfbot cannot look. It waits for you."
        if not self.finds:
            return f"{LISTS_NOTHING} It waits for you, and nothing is sent meanwhile."
        if self.looks_at is None:
            return "bfbot does not look by itself here. It waits for you, and nothing is sent meanwhile."
        return ""

    @property
    def live(self) -> tuple[PartNow, ...]:
        return tuple(one for one in self.parts if one.sent is not None)


def in_doubt(delivery: Delivery, post: Post, revision: Revision, now: datetime) -> InDoubt:
    """Everything that a person should see before they say what became of it. Contacts nobody."""
    tries = doubts.tries(delivery.id)
    parts = parts_now(delivery, tries)
    doubtful = parts_in_doubt(delivery, tries)
    platform = network_of(delivery.account, revision)
    finds = None if platform is None else isinstance(platform, Findable)
    again = delivery.not_before if delivery.state is DeliveryState.UNKNOWN and finds else None
    return InDoubt(
        delivery=delivery,
        parts=parts,
        asked=parts[doubtful[0]] if doubtful else None,
        tried=told(tries),
        finds=finds,
        lists=None if platform is None else isinstance(platform, Listable),
        looks_at=max(again, now) if again is not None and again < now + AGES else None,
        if_not_live=next_state(delivery, post, now),
    )


def network_of(account_id: str, revision: Revision) -> Platform | None:
    """An adapter without secrets, which contacts nobody; None where account or network left the files."""
    account = revision.accounts.get(account_id)
    try:
        return platform_for(account) if account is not None else None
    except ConfigurationError:
        return None


def parts_now(delivery: Delivery, tries: Sequence[Try]) -> tuple[PartNow, ...]:
    """Each part with its text and what is known of it."""
    texts = [part.text for part in delivery.proof.parts] if delivery.proof else [""]
    sent, doubtful = {one.index: one for one in delivery.parts}, parts_in_doubt(delivery, tries)
    return tuple(
        PartNow(
            index,
            text,
            "live" if index in sent else "in doubt" if index in doubtful else "not sent",
            sent.get(index),
        )
        for index, text in enumerate(texts)
    )


def next_state(delivery: Delivery, post: Post, now: datetime) -> DeliveryState:
    """Where a delivery goes of which a part is certainly not live, or is still to go: on, or to its end.

    What was given up, or is of a post that is to go out no more, is sent again only when somebody retries it.
    """
    if delivery.given_up or post.state not in {PostState.APPROVED, PostState.IN_REVIEW}:
        return DeliveryState.FAILED
    if delivery.perhaps_early and now < delivery.due_at:
        return DeliveryState.PLANNED
    return DeliveryState.DUE if now < delivery.closes_at else DeliveryState.MISSED


def went_out(delivery: Delivery, tries: Sequence[Try], part: int, now: datetime) -> datetime:
    """When a part that a person found went out, as near as bfbot knows: with the first request in doubt.

    After a restore that is as old as the backup: the planned moment is nearer, and where that is still to come,
    the moment of the restore.
    """
    doubt = doubt_about(tries, part)
    if doubt is None:
        return min(now, delivery.due_at)
    latest = min(delivery.due_at, doubt.last) if delivery.perhaps_early else delivery.due_at
    return min(now, max(doubt.first, latest))


def is_last(delivery: Delivery, part: int) -> bool:
    """Whether every other part is live."""
    count = len(delivery.proof.parts) if delivery.proof else 1
    return {one.index for one in delivery.parts} | {part} == set(range(count))
