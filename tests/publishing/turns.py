"""One turn of the publisher over one account, and what its tries came to."""

from __future__ import annotations

from bfbot.domain.sending import Outcome
from bfbot.ledger import doubts
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from tests.publishing.network import Clock


def run(clock: Clock, account: str = "desk") -> int:
    """How many of its deliveries left the queue."""
    release_due(clock())
    return drain(account, clock, "worker")


def outcomes(delivery_id: int) -> list[Outcome]:
    return [one.outcome for one in doubts.tries(delivery_id)]
