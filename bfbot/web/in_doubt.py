"""A post that may be live, made ready for the screen: what was tried, what the network lists, what can be said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bfbot.desk.in_doubt import InDoubt, in_doubt
from bfbot.desk.tried import Line
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.sending import Outcome
from bfbot.domain.states import DeliveryState
from bfbot.platforms.base import Seen
from bfbot.publishing.look_again import Looked
from bfbot.web import words
from bfbot.web.shown import account_name, network_name

LATEST = 8
"""So many lines of what was tried stand open; the rest is folded away."""


@dataclass(frozen=True)
class ShownPart:
    """A part of a thread, with the word and the tone of where it stands. `url` is "" where it has no address."""

    number: int
    text: str
    word: str
    tone: str
    url: str


@dataclass(frozen=True)
class ShownSeen:
    """A post of the network's list. `url` is "" where a browser should not follow it; `found`: it is the one."""

    post: Seen
    url: str
    found: bool


@dataclass(frozen=True)
class ShownDoubt:
    """A post on one account that may be live. `link`: what was typed for it, to be shown again."""

    doubt: InDoubt
    account: str
    network: str
    parts: tuple[ShownPart, ...]
    earlier: tuple[Line, ...]
    latest: tuple[Line, ...]
    if_not_live: str
    looked: Looked | None
    looked_word: str
    seen: tuple[ShownSeen, ...]
    link: str

    @property
    def id(self) -> int:
        return self.doubt.delivery.id


def doubts_of(
    post: Post,
    revision: Revision,
    now: datetime,
    looked: Looked | None = None,
    links: Mapping[int, str] | None = None,
) -> list[ShownDoubt]:
    """One for each account on which the post may be live; `looked` is what a look that was just made found."""
    return [
        _shown(
            in_doubt(one, post, revision, now),
            revision,
            looked if looked is not None and looked.delivery_id == one.id else None,
            (links or {}).get(one.id, ""),
        )
        for one in post.deliveries
        if one.in_doubt
    ]


def _shown(one: InDoubt, revision: Revision, looked: Looked | None, link: str) -> ShownDoubt:
    return ShownDoubt(
        doubt=one,
        account=account_name(one.delivery.account, revision),
        network=network_name(one.delivery.platform),
        parts=tuple(
            ShownPart(
                part.number, part.text, *words.PARTS[part.word], followable(part.sent.url if part.sent else "")
            )
            for part in one.parts
        ),
        earlier=one.tried[:-LATEST],
        latest=one.tried[-LATEST:],
        if_not_live=_IF_NOT_LIVE.get(one.if_not_live, ""),
        looked=looked,
        looked_word=_LOOKED.get(looked.outcome, "") if looked else "",
        seen=tuple(
            ShownSeen(seen, followable(seen.url), seen.remote_id == looked.found_id) for seen in looked.seen
        )
        if looked
        else (),
        link=link,
    )


def followable(url: str) -> str:
    """The address where it is one for a browser, else ""."""
    return url if url.startswith(("https://", "http://", "/practice/")) else ""


_IF_NOT_LIVE = {
    DeliveryState.PLANNED: "Then it waits for its own time again, as it was approved.",
    DeliveryState.DUE: "Then it goes out again at once, as it was approved: its time is not over.",
    DeliveryState.MISSED: "Its time is over: it then counts as not sent, and can be given a new time.",
    DeliveryState.FAILED: "It then counts as failed, and nothing goes out by itself.",
}

_LOOKED = {
    Outcome.FOUND: "It is there.",
    Outcome.ABSENT: "It is not in the account’s own list. One look proves nothing yet: some networks list late.",
    Outcome.UNREADABLE: "The account’s own list could not be read.",
    Outcome.NOT_MADE: "bfbot cannot look for it here.",
}
