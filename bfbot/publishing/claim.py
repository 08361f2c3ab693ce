"""Taking the next delivery of an account: the last question and the claim are one transaction.

So a hold that was acknowledged before the claim is seen by it, and one that comes after finds it `sending`.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk.judging import check_at_send
from bfbot.domain.finding import Finding
from bfbot.domain.sending import Candidate, Claim
from bfbot.errors import BfbotError
from bfbot.ledger import account_states, candidates, claims, holds
from bfbot.publishing.decide import Send, Wait, at_claim


def claim_next(account: str, now: datetime, worker: str) -> Claim | None:
    """The first delivery of the account that may go out now, claimed and committed; None when there is none.

    A delivery that a pause or a rule keeps back says why in its `error`, and lets those behind it pass.
    """
    with transaction.atomic():
        if candidates.busy(account):
            return None
        for one in candidates.due(account):
            decision = ask(one, now)
            if isinstance(decision, Send):
                return claims.take(one, worker, now)
            if decision.why:
                candidates.explain(one, decision.why)
            if decision.blocks:
                return None
    return None


def claim_again(candidate: Candidate, now: datetime, worker: str) -> Claim | None:
    """A delivery whose outcome is unknown, claimed for the same request once more, if it may go out at all."""
    with transaction.atomic():
        if candidates.busy(candidate.delivery.account) or not isinstance(ask(candidate, now), Send):
            return None
        return claims.take_again(candidate, worker, now)


def ask(candidate: Candidate, now: datetime) -> Send | Wait:
    """Cheap questions first: only what may otherwise go out is judged by the rules."""
    standing = account_states.standing(candidate.delivery.account)
    standing_holds = holds.standing(now)
    first = at_claim(candidate, standing, standing_holds, (), now)
    if isinstance(first, Wait):
        return first
    try:
        findings: tuple[Finding, ...] = check_at_send(candidate.delivery, now)
    except BfbotError as error:  # its campaign or account left the files: this one waits, the others go on
        return Wait(str(error))
    return at_claim(candidate, standing, standing_holds, findings, now)
