"""Sending what was claimed: each request is on record before it is made, and its outcome right after."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime
from functools import partial

from django.db import transaction

from bfbot.domain.post import PartSent
from bfbot.domain.sending import Claim, Confirmed, doubt_about, first_tried, next_part
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.http import without_secrets
from bfbot.ledger import account_states, claims, doubts, holds
from bfbot.ledger.turns import Turn, share
from bfbot.platforms.base import Clock, Platform, Receipt
from bfbot.publishing import steps, underway
from bfbot.publishing.decide import is_fresh, is_stale, kept_back
from bfbot.publishing.readback import look, sending_of
from bfbot.publishing.steps import Step
from bfbot.publishing.verdict import Verdict, verdict

log = logging.getLogger(__name__)


class Withheld(BfbotError):
    """The request was not made: between its record and its first byte, something came in between."""


def send(claim: Claim, platform: Platform, clock: Clock) -> DeliveryState:
    """Publish what of the post is not live yet and record it; returns where the delivery ended."""
    with underway.marked(claim.delivery.id):
        done = publish(claim, platform, clock)
        if isinstance(done, DeliveryState):
            return done
        steps.take(Step(claim.delivery.account, claim.worker, clock, confirmed=done, claims=False))
        return DeliveryState.PUBLISHED


def publish(claim: Claim, platform: Platform, clock: Clock) -> Confirmed | DeliveryState:
    """Publish the parts that are not live yet, in their order. The last one is confirmed and not yet recorded.

    Otherwise the state in which the delivery ended. Never raises for what a network does. What the ledger raises
    passes through, and leaves the row `sending`.
    """
    while True:
        part = next_part(claim.delivery)
        assert part is not None  # nothing is claimed that is live as a whole
        done = _publish_part(claim, part, platform, clock)
        if isinstance(done, DeliveryState):
            return done
        sent = PartSent(part, done.remote_id, done.url, done.published_at)
        whole = replace(claim.delivery, parts=(*claim.delivery.parts, sent))
        if next_part(whole) is None:
            log.info("published", extra={"delivery": whole.id, "account": whole.account})
            return done
        claim = replace(_record(done), candidate=replace(claim.candidate, delivery=whole))


def _publish_part(claim: Claim, part: int, platform: Platform, clock: Clock) -> Confirmed | DeliveryState:
    """The network's word that the part is live, or the state in which the delivery ended."""
    delivery = claim.delivery
    earlier = doubts.tries(delivery.id) if delivery.attempts > 1 else []
    if claim.request is not None:
        request, doubt = claim.request, None  # what was due was in doubt no more when it was claimed
    else:
        doubt = doubt_about(earlier, part)
        begun = _begin(claim, part, clock(), doubtful=doubt is not None)
        if isinstance(begun, DeliveryState):
            return begun
        request = begun
    sending = sending_of(claim.candidate, part, first_tried(earlier, part) or clock())
    still = partial(_still, claim, clock, bool(sending.proof.parts[part].media))
    try:
        receipt = platform.publish(replace(sending, still=still))
    except Withheld as why:
        back = _back(doubtful=doubt is not None)
        claims.end(claim, back, error=str(why), burned=False, attempt=request, now=clock())
        return back
    except Exception as error:
        said = verdict(error, delivery, doubtful=doubt is not None, now=clock())
        if said.look:
            found = look(platform, claim.candidate, sending)
            if found.receipt is not None:
                return _confirmed(claim, request, part, found.receipt, clock())
        return _end(claim, request, said, clock())
    return _confirmed(claim, request, part, receipt, clock())


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


def _still(claim: Claim, clock: Clock, pictures: bool) -> None:
    """The last look, right before the request, after the pictures went up. Raises Withheld."""
    now = clock()
    mine, stops = (True, False) if is_fresh(claim, now) and not pictures else claims.last_look(claim)
    why = kept_back(claim.candidate, holds.standing(now) if stops else (), now)
    if why is not None or not mine or is_stale(claim, now):
        raise Withheld(why or "")


def _back(*, doubtful: bool) -> DeliveryState:
    return DeliveryState.UNKNOWN if doubtful else DeliveryState.DUE


def _confirmed(claim: Claim, request: int, part: int, receipt: Receipt, now: datetime) -> Confirmed:
    live_since = min(receipt.published_at or now, now)  # a network's clock may be ahead of ours
    return Confirmed(claim, request, part, receipt.remote_id, receipt.url, live_since, now)


def _record(confirmed: Confirmed) -> Claim:
    """A part before the last one; the claim goes on to the next."""
    try:
        return claims.record_part(confirmed)
    except Exception:
        # The post is live and the ledger cannot say so: the log is the last place to keep its id.
        named = {"delivery": confirmed.claim.delivery.id, "remote_id": confirmed.remote_id}
        log.critical("published, not recorded", extra=named)
        raise


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
