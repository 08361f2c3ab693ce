"""May this delivery go out now? Pure: everything that matters is passed in.

A window is half-open: a delivery may go out from `due_at` on, and no more at `closes_at`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.sending import AccountStanding, Candidate, Claim, parts_live
from bfbot.rules.settled import named_together
from bfbot.rules.verdict import stopping

PATIENCE = 3
"""So many failed tries does a post hold back those behind it; then it gives way while it waits."""

CLAIM_LASTS = timedelta(seconds=30)
"""A worker that was stopped between its claim and its request must not send: things may have changed since."""


FRESH = timedelta(seconds=1)
"""A request this close behind its claim needs no second look: a pause that came in between waits for it."""


@dataclass(frozen=True)
class Wait:
    """Not now. `why` is for a person, "" when there is nothing to say. `blocks`: those behind wait too.

    `held` names what a person has to see to before it goes out, the same while that is the same; "" where it waits
    as it is meant to, or where its account is the trouble.
    """

    why: str = ""
    blocks: bool = False
    held: str = ""

    @classmethod
    def for_a_person(cls, why: str) -> Wait:
        """Something that no rule says."""
        return cls(why, held=named_together([Finding("", Level.HOLD, why, "")]))


@dataclass(frozen=True)
class Miss:
    """Never by itself: `reason` is too_late, not_approved or paused."""

    reason: str
    why: str


@dataclass(frozen=True)
class Send:
    """due -> sending."""


def missed(candidate: Candidate, holds: Iterable[Hold], now: datetime) -> Miss | None:
    """Whether a delivery that is planned or due is too late, and why. `holds` include those that ended."""
    delivery = candidate.delivery
    if now < delivery.due_at:
        return None
    if now >= delivery.closes_at:
        return _missed(candidate, holds, now)
    if candidate.approved_at is None:
        return None
    ended = _waited_under(candidate, holds, now)
    return _miss(candidate, "paused", f"it fell due during a pause ({ended.reason}).") if ended else None


def at_claim(
    candidate: Candidate,
    standing: AccountStanding,
    holds: Iterable[Hold],
    findings: Sequence[Finding],
    now: datetime,
) -> Send | Wait:
    """Whether a delivery that is due is sent now. Holds and findings keep back this one; the rest, the account."""
    delivery = candidate.delivery
    if standing.stopped_reason:
        return Wait(f"{delivery.account} is stopped: {standing.stopped_reason}", blocks=True)
    if standing.next_at is not None and now < standing.next_at:
        return Wait(blocks=True)
    if not delivery.due_at <= now < delivery.closes_at:
        return Wait()
    if now < delivery.not_before:
        return Wait(blocks=delivery.attempts < PATIENCE)
    if candidate.approved_at is None:
        return Wait.for_a_person("This post is not approved.")
    if delivery.proof is None:
        return Wait.for_a_person("What would go out was never stored: send the post for approval again.")
    hold = holding(candidate, holds, now)
    if hold is not None:
        return Wait(f"Paused: {hold.reason}")
    stops = stopping(findings, Moment.SEND)
    if not stops:
        return Send()
    return Wait(" ".join(str(one) for one in stops), held=named_together(one for one in stops if not one.meant))


def holding(candidate: Candidate, holds: Iterable[Hold], now: datetime) -> Hold | None:
    """The hold that stands now and covers this delivery."""
    return next((one for one in holds if one.stands_at(now) and _covers(one, candidate)), None)


def kept_back(candidate: Candidate, holds: Iterable[Hold], now: datetime) -> str | None:
    """Why no request about what was claimed may start now, "" where there is nothing to say; None when it may."""
    hold = holding(candidate, holds, now)
    if hold is not None:
        return f"Paused: {hold.reason}"
    return None if candidate.delivery.due_at <= now < candidate.delivery.closes_at else ""


def is_fresh(claim: Claim, now: datetime) -> bool:
    """Whether the request was written down with the claim, a moment ago: a pause from then on waits for it."""
    return claim.request is not None and timedelta() <= now - claim.claimed_at < FRESH


def is_stale(claim: Claim, now: datetime) -> bool:
    """Whether a claim is too old for a request to follow it; so is one from the future, after a clock change."""
    return abs(now - claim.claimed_at) > CLAIM_LASTS


def _waited_under(candidate: Candidate, holds: Iterable[Hold], now: datetime) -> Hold | None:
    """A pause that ended on its own date while this delivery was due and approved: its backlog is not released.

    A pause that a person lifts has its backlog set aside in that moment, at the desk.
    """
    since = max(candidate.delivery.due_at, candidate.approved_at or candidate.delivery.due_at)
    return next(
        (
            one
            for one in holds
            if one.scope is not Scope.POST
            and one.lifted_at is None
            and one.until is not None
            and since < one.until <= now
            and _covers(one, candidate)
        ),
        None,
    )


def _covers(hold: Hold, candidate: Candidate) -> bool:
    return hold.covers(
        campaign=candidate.campaign,
        account=candidate.delivery.account,
        post=candidate.delivery.post_id,
        automatic=candidate.automatic,
    )


def _missed(candidate: Candidate, holds: Iterable[Hold], now: datetime) -> Miss:
    hold = holding(candidate, holds, now)
    if candidate.approved_at is None:
        return _miss(candidate, "not_approved", "nobody approved it before its time was over.")
    if hold is not None:
        return _miss(candidate, "paused", f"its time passed during a pause ({hold.reason}).")
    return _miss(candidate, "too_late", f"its time was over before it could go out. {candidate.delivery.error}")


def _miss(candidate: Candidate, reason: str, why: str) -> Miss:
    return Miss(reason, f"Not sent: {why} {parts_live(candidate.delivery)}".strip())
