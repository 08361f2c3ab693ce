"""Between two requests of an account: record what the network said, claim what is next. One commit for both.

And for all accounts that are at this point at once: that is what lets one process keep up with many of them.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError

from bfbot.domain.sending import Claim, Confirmed
from bfbot.ledger import claims
from bfbot.ledger.group_commit import GroupCommit
from bfbot.platforms.base import Clock
from bfbot.publishing.claim import claim_each

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Step:
    """`confirmed`: the last part of a post, to be recorded. `claims`: whether the next post is wanted then."""

    account: str
    worker: str
    clock: Clock
    confirmed: Confirmed | None = None
    claims: bool = True


def take(step: Step) -> Claim | None:
    """Carry out the step, committed; the claim on the account's next post, None where there is nothing to send."""
    try:
        return _together.ask(step)
    except IntegrityError:  # another worker took the account's next post in this moment
        if step.confirmed is None:
            return None
        if step.claims:
            return take(replace(step, claims=False))
        _keep_in_log(step.confirmed)
        raise
    except Exception:
        if step.confirmed is not None:
            _keep_in_log(step.confirmed)
        raise


def _keep_in_log(confirmed: Confirmed) -> None:
    """The post is live and the ledger cannot say so: the log is the last place to keep its id."""
    named = {"delivery": confirmed.claim.delivery.id, "remote_id": confirmed.remote_id}
    log.critical("published, not recorded", extra=named)


def _take_all(steps: Sequence[Step]) -> list[Claim | None]:
    """Inside one transaction, at the moment it has begun."""
    confirmed = [one.confirmed for one in steps if one.confirmed is not None]
    if confirmed:
        claims.keep_parts(confirmed)
        claims.finish([one.claim.delivery.id for one in confirmed])
    found: dict[str, Claim] = {}
    for worker in {one.worker for one in steps}:
        asked = [one for one in steps if one.claims and one.worker == worker]
        if asked:
            found |= claim_each({one.account for one in asked} - found.keys(), asked[0].clock(), worker)
    # Two that ask for one account: the claim is the first one's alone.
    return [found.pop(one.account, None) if one.claims else None for one in steps]


_together = GroupCommit(_take_all)
