"""One account's next delivery, claimed as the publisher claims those of all accounts at once."""

from __future__ import annotations

from datetime import datetime

from django.db import IntegrityError, transaction

from bfbot.domain.sending import Claim
from bfbot.publishing.claim import claim_each


def claim_next(account: str, now: datetime, worker: str) -> Claim | None:
    """Committed; None where there is none, or another worker was first."""
    try:
        with transaction.atomic():
            return claim_each([account], now, worker).get(account)
    except IntegrityError:
        return None
