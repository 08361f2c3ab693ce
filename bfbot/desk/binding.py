"""What an approval is bound to: the stored Proofs of a post, and the day on which it goes out."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, time, timedelta

from bfbot.desk.proofing import campaign_of
from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.post import Delivery, Post
from bfbot.domain.proof import joint_digest
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState

TO_GO = frozenset({DeliveryState.PLANNED, DeliveryState.DUE, DeliveryState.MISSED, DeliveryState.FAILED})
"""States of a delivery that is not on its way: it may still be moved or cancelled."""


PAST_MIDNIGHT = timedelta(hours=2)
"""How long an approval lasts at least after the planned moment, where the window is that long."""


def to_go(post: Post) -> tuple[Delivery, ...]:
    """The deliveries in such a state; some parts of a thread among them may be live. None that was given up."""
    return tuple(one for one in post.deliveries if one.state in TO_GO and not one.given_up)


def gone_out(post: Post) -> tuple[Delivery, ...]:
    """The deliveries that are on their way, may be live, were live, or are live in part."""
    over = TO_GO | {DeliveryState.WITHDRAWN}
    return tuple(one for one in post.deliveries if one.state not in over or one.parts or one.given_up)


def stored_signature(post: Post) -> str:
    """The joint digest of what is stored, worked out anew from every byte of it."""
    return joint_digest([one.proof for one in post.deliveries if one.proof])


def is_whole(post: Post) -> bool:
    """Whether what is stored to go out is what the post's signature was made of, on every account."""
    whole = all(one.proof for one in to_go(post))
    return whole and bool(post.signature) and stored_signature(post) == post.signature


def seal_of(post: Post) -> str:
    """sha256 (hex) of what an approver is shown: what goes out, and when. Another time is another thing.

    Empty for a post that has not been written out.
    """
    if not post.signature:
        return ""
    when = f"{post.scheduled_for.astimezone(UTC).isoformat()} {post.window.total_seconds():.0f}"
    return hashlib.sha256(f"{post.signature} {when}".encode()).hexdigest()


def day_of(post: Post, revision: Revision, now: datetime | None = None) -> tuple[datetime, datetime]:
    """The local day on which the post goes out: half-open, in UTC.

    That is its planned day; with `now`, today where the planned day is over and the post still of use. A post
    planned late in the evening keeps its first two hours past midnight, for a retry that comes a little late.
    """
    zone = campaign_of(post.campaign, revision).zone
    moment = post.scheduled_for if now is None else max(post.scheduled_for, now)
    day = local(moment, zone).date()
    midnight = wall_to_utc(day + timedelta(days=1), time(0), zone)
    late = moment + min(post.window, PAST_MIDNIGHT)
    return wall_to_utc(day, time(0), zone), max(midnight, late)
