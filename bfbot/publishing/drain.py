"""The unit of work: publish an account's due deliveries one by one, in order, until none is left."""

from __future__ import annotations

from collections.abc import Callable

from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.ledger import candidates
from bfbot.platforms.base import Clock
from bfbot.publishing import door, steps, underway
from bfbot.publishing.decide import Wait
from bfbot.publishing.send import publish
from bfbot.publishing.steps import Step


def drain(account_id: str, clock: Clock, worker: str, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Returns how many were published. Safe to run twice and by several workers at once.

    `stopping` is asked before each delivery, so that a clean stop waits for one request at most.
    """
    if stopping() or candidates.head(account_id) is None:
        return 0
    try:
        platform = door.platform_of(account_id, clock())
    except BfbotError as error:
        for one in candidates.due(account_id):
            waits = Wait.for_a_person(str(error))
            candidates.explain(one, waits.why, waits.held)
        return 0
    published = 0
    claim = steps.take(Step(account_id, worker, clock))
    while claim is not None:
        with underway.marked(claim.delivery.id):
            done = publish(claim, platform, clock)
            confirmed = None if isinstance(done, DeliveryState) else done
            claim = steps.take(Step(account_id, worker, clock, confirmed, claims=not stopping()))
        published += confirmed is not None
    return published
