"""One look at the network's own list: is this part there?"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bfbot.desk.in_doubt import LISTS_NOTHING
from bfbot.domain.sending import Candidate, Outcome, part_key
from bfbot.errors import PlatformError
from bfbot.ledger import doubts
from bfbot.platforms.base import Findable, Listable, Platform, Receipt, Searchable, Seen, Sending

log = logging.getLogger(__name__)

CLOCK_MOVES = timedelta(hours=3)
"""A machine's clock may be wrong by hours when a request is made and right when it is looked for."""

MOST = 20
"""So many posts of a list are shown to a person."""


@dataclass(frozen=True)
class Look:
    """`outcome`: found (with the receipt), absent, unreadable, or not_made where the network lists nothing."""

    outcome: Outcome
    receipt: Receipt | None = None
    why: str = ""


def sending_of(candidate: Candidate, part: int, tried_since: datetime) -> Sending:
    """The request for one part: the same each time it is made."""
    delivery = candidate.delivery
    assert delivery.proof is not None  # nothing is claimed without one
    before = next((one.remote_id for one in delivery.parts if one.index == part - 1), None)
    return Sending(delivery.proof, part, part_key(delivery, part), before, tried_since)


@dataclass(frozen=True)
class Timeline:
    """The account's own posts around a moment, newest first; `why` none can be shown, "" where they are listed."""

    posts: tuple[Seen, ...] = ()
    why: str = ""


def timeline(platform: Platform, since: datetime, around: datetime) -> Timeline:
    """What the network's own list shows from `since` on: those nearest to `around`. Never raises."""
    if not isinstance(platform, Listable):
        return Timeline(why=LISTS_NOTHING)
    try:
        listed = platform.recent(since)
    except PlatformError as error:
        return Timeline(why=str(error))
    except Exception as error:  # as in `look`
        log.error("a list could not be read", extra={"error": type(error).__name__})
        return Timeline(why=f"bfbot met an error of its own: {type(error).__name__}.")
    nearest = sorted(listed, key=lambda one: abs(one.published_at - around))[:MOST]
    return Timeline(tuple(sorted(nearest, key=lambda one: one.published_at, reverse=True)))


class OneList:
    """The network's list from a moment on, read once for many looks. A reading that failed fails each of them."""

    def __init__(self, network: Searchable, since: datetime) -> None:
        self._found: Callable[[Sending], Receipt | None] | None = None
        self._why: Exception | None = None
        try:
            self._found = network.finder(since - CLOCK_MOVES)
        except Exception as error:  # `look` tells them apart
            self._why = error

    def find(self, sending: Sending) -> Receipt | None:
        if self._found is None:
            raise self._why or LookupError
        return self._found(sending)


def look(platform: Platform | OneList, candidate: Candidate, sending: Sending) -> Look:
    """Never raises: a look that fails has found out nothing."""
    if not isinstance(platform, Findable):
        return Look(Outcome.NOT_MADE, why=LISTS_NOTHING)
    try:
        receipt = platform.find(replace(sending, tried_since=sending.tried_since - CLOCK_MOVES))
    except PlatformError as error:
        return Look(Outcome.UNREADABLE, why=str(error))
    except Exception as error:  # a fault of an adapter must not end the publisher; its text may hold a secret
        log.error("a look at the network broke", extra={"error": type(error).__name__})
        return Look(Outcome.UNREADABLE, why=f"bfbot met an error of its own: {type(error).__name__}.")
    if receipt is None:
        return Look(Outcome.ABSENT)
    if doubts.belongs_elsewhere(candidate, sending.index, receipt.remote_id):
        return Look(Outcome.UNREADABLE, why="The network lists another post with the same words.")
    return Look(Outcome.FOUND, receipt)
