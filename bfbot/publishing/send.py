"""Sending what was claimed: each request is on record before it is made, and its outcome right after."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from bfbot.domain.post import PartSent
from bfbot.domain.sending import Claim, doubt_about, first_tried, next_part
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.http import without_secrets
from bfbot.ledger import account_states, claims, doubts, holds
from bfbot.ledger.turns import Turn, share
from bfbot.platforms.base import Platform, Receipt
from bfbot.publishing import underway
from bfbot.publishing.decide import is_stale, kept_back
from bfbot.publishing.readback import look, sending_of
from bfbot.publishing.verdict import Verdict, verdict

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


class Withheld(BfbotError):
    """The request was not made: between its record and its first byte, something came in between."""


def send(claim: Claim, platform: Platform, clock: Clock) -> DeliveryState:
    """Publish the parts that are not live yet, in their order; returns where the delivery ended.

    Never raises for what a network does. What the ledger raises passes through, and leaves the row `sending`.
    """
    with underway.marked(claim.delivery.id):
        while (part := next_part(claim.delivery)) is not None:
            done = _send_part(claim, part, platform, clock)
            if isinstance(done, DeliveryState):
                return done
            claim = done
        claims.finish(claim.delivery.id)
    log.info("published", extra={"delivery": claim.delivery.id, "account": claim.delivery.account})
    return DeliveryState.PUBLISHED


def _send_part(claim: Claim, part: int, platform: Platform, clock: Clock) -> Claim | DeliveryState:
    """The claim with one more part live, or the state in which the delivery ended."""
    delivery = claim.delivery
    earlier = doubts.tries(delivery.id)
    doubt = doubt_about(earlier, part)
    attempt = _begin(claim, part, clock(), doubtful=doubt is not None)
    if isinstance(attempt, DeliveryState):
        return attempt
    sending = sending_of(claim.candidate, part, first_tried(earlier, part) or clock())
    try:
        receipt = platform.publish(replace(sending, still=partial(_still, claim, clock)))
    except Withheld as why:
        back = _back(doubtful=doubt is not None)
        claims.end(claim, back, error=str(why), burned=False, attempt=attempt, now=clock())
        return back
    except Exception as error:
        said = verdict(error, delivery, doubtful=doubt is not None, now=clock())
        if said.look:
            found = look(platform, claim.candidate, sending)
            if found.receipt is not None:
                return _record(claim, attempt, part, found.receipt, clock())
        return _end(claim, attempt, said, clock())
    return _record(claim, attempt, part, receipt, clock())


def _begin(claim: Claim, part: int, now: datetime, *, doubtful: bool) -> int | DeliveryState:
    """Write the request down, unless a hold came, the window closed or the claim grew old; then give it back."""
    back = _back(doubtful=doubtful)
    with transaction.atomic():
        share(Turn.STOPPING)  # a pause that is being given now is either seen here, or comes after the request
        why = kept_back(claim.candidate, holds.standing(now), now)
        if why is not None or is_stale(claim, now):
            claims.end(claim, back, error=why or "", burned=False, now=now)
            return back
        attempt = claims.begin(claim, part, now)
    return DeliveryState.UNKNOWN if attempt is None else attempt


def _still(claim: Claim, clock: Clock) -> None:
    """The last look, after the pictures went up. Raises Withheld."""
    now = clock()
    why = kept_back(claim.candidate, holds.standing(now), now)
    if why is not None or not claims.holds(claim):
        raise Withheld(why or "")


def _back(*, doubtful: bool) -> DeliveryState:
    return DeliveryState.UNKNOWN if doubtful else DeliveryState.DUE


def _record(claim: Claim, attempt: int, part: int, receipt: Receipt, now: datetime) -> Claim:
    """The part and the outcome in one transaction."""
    live_since = min(receipt.published_at or now, now)  # a network's clock may be ahead of ours
    try:
        renewed = claims.record_part(
            claim,
            attempt,
            part,
            remote_id=receipt.remote_id,
            url=receipt.url,
            published_at=live_since,
            now=now,
        )
    except Exception:
        # The post is live and the ledger cannot say so: the log is the last place to keep its id.
        log.critical(
            "published, not recorded", extra={"delivery": claim.delivery.id, "remote_id": receipt.remote_id}
        )
        raise
    sent = PartSent(part, receipt.remote_id, receipt.url, live_since)
    delivery = replace(claim.delivery, parts=(*claim.delivery.parts, sent))
    return replace(renewed, candidate=replace(claim.candidate, delivery=delivery))


def _end(claim: Claim, attempt: int, said: Verdict, now: datetime) -> DeliveryState:
    account = claim.delivery.account
    with transaction.atomic():
        claims.end(
            claim,
            said.state,
            error=without_secrets(said.error),
            reason=said.reason,
            not_before=said.not_before or said.next_at,
            burned=said.burned,
            attempt=attempt,
            outcome=said.outcome,
            now=now,
        )
        if said.next_at is not None:
            account_states.wait_until(account, said.next_at)
        if said.stop:
            account_states.stop(account, without_secrets(said.stop), now)
    log.warning(
        "not published",
        extra={"delivery": claim.delivery.id, "account": account, "outcome": said.outcome, "state": said.state},
    )
    return said.state
