"""What the publisher knows of a delivery on its way: candidates, claims, tries, the standing of an account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from bfbot.domain.post import Delivery


class Outcome(StrEnum):
    """What came of one request to a network."""

    OPEN = ""  # written down before the request; nothing known yet
    NOT_MADE = "not_made"
    PUBLISHED = "published"
    REJECTED = "rejected"
    DUPLICATE = "duplicate"
    NOT_AUTHORISED = "not_authorised"
    OUT_OF_CREDIT = "out_of_credit"
    RATE_LIMITED = "rate_limited"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"
    INTERRUPTED = "interrupted"  # bfbot ended in the middle of it
    FOUND = "found"
    ABSENT = "absent"
    UNREADABLE = "unreadable"
    DELETED = "deleted"
    SETTLED = "settled"  # a person said what became of it


DOUBTFUL = frozenset({Outcome.OPEN, Outcome.DUPLICATE, Outcome.UNKNOWN, Outcome.INTERRUPTED})
"""Outcomes of a publishing request after which the post may be live."""


RESTORE = "bfbot restore"
"""The worker of requests that nobody knows of: they may have been made after the backup that was restored."""


class Action(StrEnum):
    PUBLISH = "publish"
    FIND = "find"
    DELETE = "delete"


@dataclass(frozen=True)
class Try:
    """One request about one part. Times are aware, UTC."""

    part: int
    action: Action
    started_at: datetime
    outcome: Outcome
    detail: str = ""  # what the network said, fit for a person


@dataclass(frozen=True)
class Doubt:
    """A part may be live: requests of unknown outcome were made, the first and the last at these moments.

    `duplicate`: the last one was refused because the network has these words already.
    """

    first: datetime
    last: datetime
    duplicate: bool = False


def doubt_about(tries: Iterable[Try], part: int) -> Doubt | None:
    """None: no request for that part can have put it on the network without our knowing."""
    found = [one for one in tries if one.part == part and one.action is Action.PUBLISH and one.outcome in DOUBTFUL]
    if not found:
        return None
    first, last = (pick(found, key=lambda one: one.started_at) for pick in (min, max))
    return Doubt(first.started_at, last.started_at, last.outcome is Outcome.DUPLICATE)


def first_tried(tries: Iterable[Try], part: int) -> datetime | None:
    """When that part was first sent, whatever came of it; None before the first time."""
    moments = [one.started_at for one in tries if one.part == part and one.action is Action.PUBLISH]
    return min(moments, default=None)


def first_absence(tries: Iterable[Try], part: int) -> datetime | None:
    """The first look since the last request of unknown outcome that did not find that part. `tries`: oldest first.

    By their order, not by their times: a clock may have moved in between.
    """
    since: datetime | None = None
    for one in tries:
        if one.part == part and one.action is Action.PUBLISH and one.outcome in DOUBTFUL:
            since = None
        elif one.part == part and one.action is Action.FIND and one.outcome is Outcome.ABSENT and since is None:
            since = one.started_at
    return since


STEADY = timedelta(seconds=5)
"""So much a clock may be put back while it is kept in step with others."""


def clock_went_back(tries: Sequence[Try], now: datetime) -> bool:
    """Whether the times of what was tried, oldest first, and `now` contradict their order: a clock was moved."""
    moments = [*(one.started_at for one in tries), now]
    return any(later < earlier - STEADY for earlier, later in pairwise(moments))


@dataclass(frozen=True)
class Candidate:
    """A delivery that may go out, with what is decided about its post.

    `approved_at` is None unless the post is approved and the approval is bound to the stored Proofs.
    """

    delivery: Delivery
    campaign: str
    automatic: bool
    approved_at: datetime | None


@dataclass(frozen=True)
class Claim:
    """The right of one worker to send one delivery; it lapses when the row says something else.

    `request` is the number under which the first request of this claim was written down with it.
    """

    candidate: Candidate
    worker: str
    claimed_at: datetime
    request: int | None = None

    @property
    def delivery(self) -> Delivery:
        return self.candidate.delivery


@dataclass(frozen=True)
class Confirmed:
    """The network's answer that a part is live, to be recorded. Times are aware, UTC."""

    claim: Claim
    request: int
    part: int
    remote_id: str
    url: str
    published_at: datetime
    answered_at: datetime


@dataclass(frozen=True)
class AccountStanding:
    """An account's next moment after a rate limit, and why it is stopped ("" when it is not).

    `live_since` None: two people have not decided yet that anything goes out on it by itself.
    """

    account: str
    next_at: datetime | None = None
    stopped_reason: str = ""
    stopped_at: datetime | None = None
    live_since: datetime | None = None


def part_key(delivery: Delivery, part: int) -> str:
    """The idempotency key of one part: the same for ever, and no other part's."""
    return delivery.key if part == 0 else f"{delivery.key}-{part}"


def next_part(delivery: Delivery) -> int | None:
    """The first part that the network has not confirmed; None when all are live."""
    sent = {one.index for one in delivery.parts}
    count = len(delivery.proof.parts) if delivery.proof else 1
    return next((index for index in range(count) if index not in sent), None)


def parts_in_doubt(delivery: Delivery, tries: Iterable[Try]) -> tuple[int, ...]:
    """The parts of which nobody knows whether they are live, in order; () where the delivery is not in doubt.

    One, as a rule: a part goes out once the one before it is confirmed. A restored thread may have several.
    """
    first = next_part(delivery)
    if first is None or not delivery.in_doubt:
        return ()
    tries, count = tuple(tries), len(delivery.proof.parts) if delivery.proof else 1
    return (first, *(one for one in range(first + 1, count) if doubt_about(tries, one) is not None))


def parts_live(delivery: Delivery) -> str:
    """ "1 of 3 parts are live." when a thread stopped half way, else ""."""
    count = len(delivery.proof.parts) if delivery.proof else 1
    if not delivery.parts or len(delivery.parts) == count:
        return ""
    return f"{len(delivery.parts)} of {count} parts are live."
