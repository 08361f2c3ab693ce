"""What an approval is bound to: the stored Proofs of a post, and the day or days on which it may go out."""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime, time, timedelta

from bfbot.desk.proofing import campaign_of
from bfbot.domain.approval import Approval
from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.post import Delivery, Post
from bfbot.domain.proof import joint_digest
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState
from bfbot.errors import UsageError

TO_GO = frozenset({DeliveryState.PLANNED, DeliveryState.DUE, DeliveryState.MISSED, DeliveryState.FAILED})
"""States of a delivery that is not on its way: it may still be moved or cancelled."""


PAST_MIDNIGHT = timedelta(hours=2)
"""How long an approval lasts at least after the planned moment, where the window is that long."""
AHEAD = timedelta(days=14)
"""How long after its own day a post may be approved for: over a fortnight of mourning or holidays, and not so long
that nobody remembers what they read. What is to last longer is approved for repeat."""


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


def own_day(post: Post, revision: Revision, now: datetime) -> date:
    """The day that an approval given `now` is for, by the campaign's clock."""
    return local(max(post.scheduled_for, now), campaign_of(post.campaign, revision).zone).date()


def latest_day(own: date) -> date:
    """The last day until which an approval of a post of that day may hold; the calendar itself has an end."""
    return own + AHEAD if own < date.max - 2 * AHEAD else own


def range_of(post: Post, revision: Revision, now: datetime, good_until: date | None) -> tuple[datetime, datetime]:
    """What an approval given `now` is for (half-open, in UTC): the post's own day, or from then to `good_until`.

    Raises UsageError for a day before the post's own, or more than AHEAD after it.
    """
    opens, closes = day_of(post, revision, now)
    if good_until is None:
        return opens, closes
    zone, own = campaign_of(post.campaign, revision).zone, own_day(post, revision, now)
    if good_until < own:
        raise UsageError(
            f"Post {post.id} goes out on {own:%-d %B %Y}: an approval cannot end before that.",
            mend="Give that day or a later one.",
        )
    if good_until > latest_day(own):
        raise UsageError(
            f"An approval lasts at most {AHEAD.days} days after the post’s own day.",
            mend=f"Give a day up to {latest_day(own):%-d %B %Y}.",
        )
    return opens, max(closes, wall_to_utc(good_until + timedelta(days=1), time(0), zone))


def last_day(approval: Approval, zone: str) -> date:
    """The last day that it was given for; the little past midnight belongs to the day before."""
    return local(approval.until - PAST_MIDNIGHT, zone).date()


def is_longer(approval: Approval, zone: str) -> bool:
    """Whether the approver said that it holds beyond the post's own day."""
    return last_day(approval, zone) > local(approval.from_time, zone).date()
