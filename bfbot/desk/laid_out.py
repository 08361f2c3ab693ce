"""A stored post before its judges, with its own words and nothing of the queue around it; nothing is read."""

from __future__ import annotations

from datetime import datetime

from bfbot.desk.binding import to_go
from bfbot.desk.proofing import campaign_of
from bfbot.domain.finding import Moment
from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.rules.base import Case


def laid_out(
    post: Post,
    revision: Revision,
    now: datetime,
    *,
    moment: Moment = Moment.APPROVE,
    deliveries: tuple[Delivery, ...] | None = None,
) -> Case:
    """Of what has not gone out, or of `deliveries`, with their stored Proofs. Who needs limits or holds adds them.

    Raises UsageError where the post's campaign has left the files.
    """
    going = to_go(post) if deliveries is None else deliveries
    return Case(
        moment=moment,
        now=now,
        post=post,
        campaign=campaign_of(post.campaign, revision),
        revision=revision,
        deliveries=going,
        proofs={one.account: one.proof for one in going if one.proof},
        limits={},
        message=revision.messages.get(post.message) if post.message else None,
    )
