"""An account that a network stopped goes on when a person says that it is mended."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.ledger import account_states, audit


def start_again(account_id: str, *, actor: str, now: datetime) -> bool:
    """False when it was not stopped. Raises NotAllowed below the role of an approver."""
    people.require(actor, Role.APPROVER, None)
    with transaction.atomic():
        started = account_states.start(account_id)
        if started:
            audit.record(actor, "account started", f"account:{account_id}", now)
    return started
