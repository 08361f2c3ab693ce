"""The unit of work: publish an account's due deliveries one by one, in order, until none is left."""

from __future__ import annotations

from collections.abc import Callable

from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.ledger import candidates
from bfbot.publishing import door
from bfbot.publishing.claim import claim_next
from bfbot.publishing.send import Clock, send


def drain(account_id: str, clock: Clock, worker: str, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Returns how many were published. Safe to run twice and by several workers at once.

    `stopping` is asked before each delivery, so that a clean stop waits for one request at most.
    """
    if next(candidates.due(account_id), None) is None:
        return 0
    try:
        platform = door.platform_of(account_id, clock())
    except BfbotError as error:
        for one in candidates.due(account_id):
            candidates.explain(one, str(error))
        return 0
    published = 0
    while not stopping():
        claim = claim_next(account_id, clock(), worker)
        if claim is None:
            break
        published += send(claim, platform, clock) is DeliveryState.PUBLISHED
    return published
