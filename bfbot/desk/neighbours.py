"""What other campaigns say on the same accounts at about the same time."""

from __future__ import annotations

from datetime import datetime, timedelta

from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_DELIVERY, DeliveryState
from bfbot.ledger import approvals
from bfbot.ledger.near_posts import near_posts
from bfbot.rules.clashes import NEAR


def others_near(post: Post, deliveries: tuple[Delivery, ...], revision: Revision) -> tuple[Post, ...]:
    """None, and no look into the database, where no account speaks for a second campaign."""
    shared = _shared(deliveries, revision)
    if not shared:
        return ()
    times = [one.due_at for one in shared]
    accounts = {one.account for one in shared}
    return tuple(near_posts(post.campaign, accounts, min(times) - NEAR, max(times) + NEAR, OPEN_DELIVERY))


def others_before(post: Post, delivery: Delivery, revision: Revision) -> tuple[Post, ...]:
    """What is out on that account, or goes out, within half an hour before a delivery.

    Without those whose approver wrote that they may stand beside others.
    """
    if not _shared((delivery,), revision):
        return ()
    first, last = _span(delivery)
    states = OPEN_DELIVERY | {DeliveryState.PUBLISHED}
    found = near_posts(post.campaign, {delivery.account}, first, last, states)
    given = approvals.standing_on_several(one.id for one in found) if found else {}
    return tuple(one for one in found if one.id not in given or not given[one.id].confirmed.strip())


def _span(delivery: Delivery) -> tuple[datetime, datetime]:
    return delivery.due_at - NEAR, delivery.due_at + timedelta(microseconds=1)


def _shared(deliveries: tuple[Delivery, ...], revision: Revision) -> list[Delivery]:
    """Those on accounts of more than one campaign."""
    accounts = revision.accounts
    return [one for one in deliveries if one.account in accounts and len(set(accounts[one.account].campaigns)) > 1]
