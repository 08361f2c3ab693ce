"""After a restore: posts planned for later that may have gone out early since the backup. Looked for, never sent.

Hundreds may be planned on an account, so its list is read once for all of them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import groupby

from django.db import transaction

from bfbot.desk import stops
from bfbot.domain.limits import Idempotency, Limits
from bfbot.domain.sending import (
    Action,
    Candidate,
    Doubt,
    Outcome,
    Try,
    clock_went_back,
    doubt_about,
    first_absence,
    next_part,
)
from bfbot.errors import BfbotError
from bfbot.ledger import doubts, posts
from bfbot.platforms.base import Clock, Platform, Searchable
from bfbot.publishing import door
from bfbot.publishing.readback import Look, OneList, look, sending_of
from bfbot.publishing.settle import Live, LookAgain, Looks, NotLive, settle

log = logging.getLogger(__name__)

CANNOT_CONNECT = timedelta(minutes=5)
ENOUGH = 3
"""So many looks that found out nothing, and a person is told."""

PATIENT = 8
"""From so many on the next one comes after that part of the time that is left: a list may cost money."""

CLOCKS_DIFFER = timedelta(days=1)

MAY_BE = "It may have gone out early, after the backup was made."
SAME_WORDS = "An earlier post with the same words is looked for first."


def is_early(candidate: Candidate, now: datetime) -> bool:
    """Whether it is looked for here: in doubt since a restore, and its own time is still to come."""
    delivery = candidate.delivery
    return delivery.perhaps_early and now < delivery.due_at and next_part(delivery) == 0


def look_for(those: Sequence[Candidate], clock: Clock, worker: str) -> int:
    """Look at each of them, account by account; returns how many are in doubt no more. Sends nothing."""
    by_account = sorted(those, key=lambda one: (one.delivery.account, one.delivery.due_at, one.delivery.id))
    settled = 0
    for account, its in groupby(by_account, key=lambda one: one.delivery.account):
        settled += _look_on(account, list(its), clock, worker)
    if settled:
        posts.close_settled(clock())  # what is out already is closed before the time that it was planned for
    return settled


def _look_on(account: str, those: Sequence[Candidate], clock: Clock, worker: str) -> int:
    try:
        platform = door.platform_of(account, clock())
    except BfbotError as error:
        for one in those:
            doubts.look_later(one, clock() + CANNOT_CONNECT, f"Check: {MAY_BE} {error}", untraced=True)
        return 0
    now = clock()  # before the list is read: what it lacks was not there at that moment
    tries = {one.delivery.id: doubts.tries(one.delivery.id) for one in those}
    first = [doubt.first for its in tries.values() if (doubt := doubt_about(its, 0)) is not None]
    network = OneList(platform, min(first)) if first and isinstance(platform, Searchable) else platform
    # Without its key: nothing is sent before its time.
    limits = replace(platform.limits, idempotency=Idempotency.NONE)
    this = _Reading(network, limits, now, min(one.delivery.due_at for one in those), worker)
    return sum(_settle_one(one, tries[one.delivery.id], this) for one in those)


@dataclass(frozen=True)
class _Reading:
    """One reading of an account's list, at `now`. `first_due`: when the first of those looked for is to go out."""

    network: Platform | OneList
    limits: Limits
    now: datetime
    first_due: datetime
    worker: str


def _settle_one(candidate: Candidate, tries: Sequence[Try], this: _Reading) -> bool:
    delivery, doubt, now = candidate.delivery, doubt_about(tries, 0), this.now
    if doubt is None:
        return _planned_again(candidate, now)
    looked = look_at(this.network, candidate, doubt)
    doubts.record_look(delivery.id, 0, looked.outcome, this.worker, now, looked.why)
    looks = Looks(
        count=sum(one.action is Action.FIND and one.started_at >= doubt.last for one in tries),
        absent_since=first_absence(tries, 0),
        clock_moved=clock_went_back(tries, now),
    )
    # By the account's name, so that its posts stay together: one reading for all of them.
    decision = settle(doubt, looked.outcome, looks, this.limits, delivery.closes_at, delivery.account, now)
    log.info("looked", extra={"delivery": delivery.id, "outcome": looked.outcome, "so": type(decision).__name__})
    told = f"Check: {MAY_BE} {looked.why}".strip()
    match decision:
        case Live():
            return _record(candidate, looked, now)
        case NotLive():
            return _planned_again(candidate, now)
        case LookAgain(moment) if looked.outcome is Outcome.ABSENT:
            doubts.look_later(candidate, moment, delivery.error)
        case LookAgain(moment):
            again = _patiently(moment, looks.count, this)
            doubts.look_later(candidate, again, told, untraced=looks.count + 1 >= ENOUGH)
        case _:  # the network of this account lists nothing any more
            doubts.look_later(candidate, now + timedelta(days=1), told, untraced=True)
    return False


def look_at(network: Platform | OneList, candidate: Candidate, doubt: Doubt) -> Look:
    """One look for the one part of it. Never raises.

    What is on record as another post is not this one, whatever it says: the same words may be planned again.
    """
    others = doubts.elsewhere(candidate, doubt.first - CLOCKS_DIFFER)
    looked = look(network, candidate, replace(sending_of(candidate, 0, doubt.first), others=others))
    if looked.outcome is Outcome.FOUND and doubts.same_words_first(candidate):
        return Look(Outcome.UNREADABLE, why=SAME_WORDS)
    return looked


def _patiently(moment: datetime, count: int, this: _Reading) -> datetime:
    return max(moment, this.now + (this.first_due - this.now) / PATIENT) if count >= PATIENT else moment


def _planned_again(candidate: Candidate, now: datetime) -> bool:
    """In one step: nothing that a pause would have sent back may go out by itself in between."""
    with transaction.atomic():
        settled = doubts.record_absent(candidate, 0, not_before=now, now=now)
        if settled:
            stops.back_after_a_restore(candidate.delivery.post_id, now)
    return settled


def _record(candidate: Candidate, looked: Look, now: datetime) -> bool:
    assert looked.receipt is not None
    return doubts.record_found(
        candidate,
        0,
        remote_id=looked.receipt.remote_id,
        url=looked.receipt.url,
        published_at=min(looked.receipt.published_at or now, now),
        last=True,
        now=now,
    )
