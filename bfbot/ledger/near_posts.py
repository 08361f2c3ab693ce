"""Open posts of other campaigns that would stand close to one on the same accounts."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models, posts


def near_posts(
    campaign: str,
    accounts: Collection[str],
    from_time: datetime,
    until: datetime,
    states: Collection[DeliveryState],
) -> list[Post]:
    """Those in review, approved or closed of any campaign but this one, in `states` in that half-open time."""
    rows = models.Delivery.objects.filter(
        account__in=list(accounts),
        state__in=list(states),
        due_at__gte=from_time,
        due_at__lt=until,
        post__state__in=[PostState.IN_REVIEW, PostState.APPROVED, PostState.CLOSED],
    )
    ids = set(rows.exclude(post__campaign=campaign).values_list("post_id", flat=True))
    found = posts.several(ids) if ids else {}
    return [found[one] for one in sorted(found)]
