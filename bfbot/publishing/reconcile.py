"""Unknown outcomes are settled: read back, sent again under the same key, or left for a person. Never blindly."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bfbot.domain.sending import (
    Action,
    Candidate,
    Doubt,
    Outcome,
    clock_went_back,
    doubt_about,
    first_absence,
    first_tried,
    next_part,
)
from bfbot.errors import BfbotError
from bfbot.ledger import candidates, claims, doubts
from bfbot.platforms.base import Clock, Platform
from bfbot.publishing import door, early, underway
from bfbot.publishing.claim import claim_again
from bfbot.publishing.decide import CLAIM_LASTS
from bfbot.publishing.readback import Look, look, sending_of
from bfbot.publishing.retry import next_try
from bfbot.publishing.send import send
from bfbot.publishing.settle import AskPerson, Live, LookAgain, Looks, NotLive, NotWanted, SameKey, settle

log = logging.getLogger(__name__)

LEASE = 2 * CLAIM_LASTS
"""A claim of this process, this old, on which none of its threads works, was left behind by an error.

No request follows a claim that old any more; so soon, because nobody is told before it counts as unknown.
"""

INTERRUPTED = "bfbot was stopped while this post was being sent: check, it may be live."
NOT_WANTED = "The network says that it has these words already, and does not list them. Change the text."
CANNOT_CONNECT = timedelta(minutes=5)


def adopt_orphans(now: datetime) -> int:
    """Every `sending` row becomes `unknown`; returns how many. Only for the holder of the process lock, at start.

    Holding the lock proves that the workers of those claims are dead.
    """
    return doubts.orphan(None, INTERRUPTED, now)


def adopt_stale(now: datetime, worker: str) -> int:
    """The same for this process's own claims that outlived their lease, and that no thread of it works on.

    Others' claims wait for a start: only the lock proves that their process is dead, however old they are.
    """
    return doubts.orphan(now - LEASE, INTERRUPTED, now, worker=worker, but=underway.ids())


def rescue(clock: Clock, worker: str) -> int:
    """Look at every unknown outcome whose moment has come; returns how many are unknown no more."""
    adopt_stale(clock(), worker)
    return rescue_account(None, clock, worker)


def rescue_account(account: str | None, clock: Clock, worker: str) -> int:
    """The same for one account: a network that hangs keeps nobody waiting but its own."""
    found, now = candidates.doubtful(clock(), account), clock()
    later = [one for one in found if early.is_early(one, now)]
    # Those whose time has come are settled first: where others say the same, what is listed is theirs.
    settled = sum(_rescue_one(one, clock, worker) for one in found if one not in later)
    return settled + early.look_for(later, clock, worker)


def _rescue_one(candidate: Candidate, clock: Clock, worker: str) -> bool:
    delivery = candidate.delivery
    part = next_part(delivery)
    if part is None:  # all parts are live, and only the last word was not written
        return bool(claims.finish([delivery.id]))
    tries = doubts.tries(delivery.id)
    doubt = doubt_about(tries, part)
    if doubt is None:  # no request was made, or each one certainly failed
        return doubts.record_absent(candidate, part, not_before=clock(), now=clock())
    try:
        platform = door.platform_of(delivery.account, clock())
    except BfbotError as error:
        doubts.look_later(candidate, clock() + CANNOT_CONNECT, str(error), untraced=True)
        return False
    if delivery.perhaps_early:
        looked = early.look_at(platform, candidate, doubt)
    else:
        looked = look(platform, candidate, sending_of(candidate, part, first_tried(tries, part) or doubt.first))
    doubts.record_look(delivery.id, part, looked.outcome, worker, clock(), looked.why)
    looks = Looks(
        count=sum(one.action is Action.FIND and one.part == part for one in tries),
        absent_since=first_absence(tries, part),
        clock_moved=clock_went_back(tries, clock()),
    )
    return _carry_out(candidate, part, doubt, looked, looks, platform, clock, worker)


def _carry_out(
    candidate: Candidate,
    part: int,
    doubt: Doubt,
    looked: Look,
    looks: Looks,
    platform: Platform,
    clock: Clock,
    worker: str,
) -> bool:
    delivery, now = candidate.delivery, clock()
    untraced = looked.outcome is not Outcome.ABSENT
    decision = settle(doubt, looked.outcome, looks, platform.limits, delivery.closes_at, delivery.key, now)
    log.info("looked", extra={"delivery": delivery.id, "outcome": looked.outcome, "so": type(decision).__name__})
    match decision:
        case Live():
            return _record(candidate, part, looked, now)
        case NotLive():
            again = next_try(delivery.attempts, now, delivery.closes_at, delivery.key)
            first_time = delivery.attempts <= 1  # the network was given its time already
            return doubts.record_absent(candidate, part, not_before=now if first_time else again, now=now)
        case NotWanted():
            return doubts.record_refused(candidate, part, NOT_WANTED, now)
        case SameKey():
            claim = claim_again(candidate, now, worker)
            if claim is None:
                doubts.look_later(candidate, now + CANNOT_CONNECT, delivery.error)
                return False
            send(claim, platform, clock)
            return True
        case LookAgain(moment):
            doubts.look_later(candidate, moment, f"Check: may be live. {looked.why}".strip(), untraced=untraced)
        case AskPerson():
            told = f"Check: may be live. {looked.why}".strip()
            doubts.look_later(candidate, now + timedelta(days=1), told, untraced=untraced)
    return False


def _record(candidate: Candidate, part: int, looked: Look, now: datetime) -> bool:
    assert looked.receipt is not None
    assert candidate.delivery.proof is not None
    return doubts.record_found(
        candidate,
        part,
        remote_id=looked.receipt.remote_id,
        url=looked.receipt.url,
        published_at=min(looked.receipt.published_at or now, now),
        last=part == len(candidate.delivery.proof.parts) - 1,
        now=now,
    )
