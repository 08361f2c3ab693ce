"""Taking the next delivery of an account: the last question and the claim are one transaction.

So a hold that was acknowledged before the claim is seen by it, and one that comes after finds it `sending`. The
request is written down with the claim: from there on it counts as on its way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from bfbot.desk.gathering import Gathered, gather
from bfbot.desk.judging import check_at_send
from bfbot.domain.hold import Hold
from bfbot.domain.sending import AccountStanding, Candidate, Claim
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.ledger import candidates, claims
from bfbot.ledger.turns import Turn, share
from bfbot.publishing.decide import Send, Wait, at_claim


def claim_each(accounts: Iterable[str], now: datetime, worker: str) -> Mapping[str, Claim]:
    """For each of these accounts the first delivery that may go out, all claimed; inside a transaction.

    A delivery that a pause or a rule keeps back says why in its `error`, and lets those behind it pass.
    Raises IntegrityError when another worker takes one in this moment: then none is claimed.
    """
    share(Turn.STOPPING)  # a pause that is being given now is either seen here, or comes after these claims
    found = candidates.heads(sorted(accounts))
    heads = {account: found[account] for account in sorted(found)}
    if not heads:
        return {}
    candidates.lock(heads.values())
    known = gather((head.post_id for head in heads.values()), now)
    standing = known.accounts  # read after the files: an account that is elsewhere now is muted by then
    ready: list[Candidate] = []
    for account, head in heads.items():
        post = known.posts[head.post_id]
        delivery = next(one for one in post.deliveries if one.id == head.delivery_id)
        if delivery.state is not DeliveryState.DUE:
            continue
        first = candidates.of_delivery(delivery, post, known.approvals.get(post.id))
        decision = ask(first, standing[account], known.holds, now, known)
        if isinstance(decision, Wait):
            candidates.explain(first, decision.why, decision.held)
            following = None if decision.blocks else _behind(first, standing[account], known.holds, now)
            ready += [following] if following else []
        else:
            ready.append(first)
    return {claim.delivery.account: claim for claim in claims.take_all(ready, worker, now)}


def claim_again(candidate: Candidate, now: datetime, worker: str) -> Claim | None:
    """A delivery whose outcome is unknown, claimed for the same request once more, if it may go out at all."""
    account = candidate.delivery.account
    with transaction.atomic():
        known = gather([candidate.delivery.post_id], now)
        standing = known.accounts[account]
        if candidates.busy(account) or isinstance(ask(candidate, standing, known.holds, now, known), Wait):
            return None
        return claims.take_again(candidate, worker, now)


def ask(
    candidate: Candidate,
    standing: AccountStanding,
    holds: Iterable[Hold],
    now: datetime,
    known: Gathered | None = None,
) -> Send | Wait:
    """Cheap questions first: only what may otherwise go out is judged by the rules."""
    first = at_claim(candidate, standing, holds, (), now)
    if isinstance(first, Wait):
        return first
    try:
        known = known or gather([candidate.delivery.post_id], now, {standing.account: standing})
        findings = check_at_send(candidate.delivery, now, known)
    except BfbotError as error:  # its campaign or account left the files: this one waits, the others go on
        return Wait.for_a_person(str(error))
    return at_claim(candidate, standing, holds, findings, now)


def _behind(first: Candidate, standing: AccountStanding, holds: Iterable[Hold], now: datetime) -> Candidate | None:
    """The next one that may go, while the first of the account is kept back."""
    for one in candidates.due(first.delivery.account):
        if one.delivery.id == first.delivery.id:
            continue
        decision = ask(one, standing, holds, now)
        if isinstance(decision, Send):
            return one
        candidates.explain(one, decision.why, decision.held)
        if decision.blocks:
            return None
    return None
