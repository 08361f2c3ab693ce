"""A person has bfbot look at the network now: is the part there, and what did the account post around that time?

Nothing is sent. What is found is written down as the publisher would; what is absent stays in doubt, because one
look proves nothing, and a person or a later look decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bfbot.desk import people
from bfbot.desk.in_doubt import went_out
from bfbot.domain.person import Role
from bfbot.domain.post import Delivery, Post
from bfbot.domain.sending import Candidate, Outcome, doubt_about, first_tried, parts_in_doubt
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused
from bfbot.ledger import deliveries, doubts, posts
from bfbot.platforms.base import Clock, Seen
from bfbot.publishing import door, early
from bfbot.publishing.readback import CLOCK_MOVES, Look, look, sending_of, timeline


@dataclass(frozen=True)
class Looked:
    """`outcome`: found | absent | unreadable | not_made, of the part (from 0) that was looked for; `why` in words.

    `around` is when it went out if it did, `found_id` the remote id of what was found. `seen` is the network's own
    list from `since` on, `unlisted` why it shows nothing. `recorded`: it was found, and that is on record now.
    """

    delivery_id: int
    part: int
    at: datetime
    around: datetime
    since: datetime
    outcome: Outcome
    why: str
    found_id: str | None
    seen: tuple[Seen, ...]
    unlisted: str
    recorded: bool


def look_again(delivery_id: int, *, actor: str, clock: Clock) -> Looked:
    """Raises NotAllowed, ContentRefused where nothing is in doubt, and what a missing account or key raises."""
    delivery = deliveries.get(delivery_id)
    post = posts.get(delivery.post_id)
    people.require(actor, Role.APPROVER, post.campaign)
    tries = doubts.tries(delivery_id)
    doubtful = parts_in_doubt(delivery, tries)
    if not doubtful or delivery.proof is None:
        raise ContentRefused(f"The post on {delivery.account} is {delivery.state}: there is nothing to look for.")
    part = doubtful[0]
    platform = door.platform_of(delivery.account, clock())
    since = first_tried(tries, part) or delivery.due_at
    around = went_out(delivery, tries, part, clock())
    candidate = _candidate(delivery, post)
    doubt = doubt_about(tries, part)
    if delivery.perhaps_early and doubt is not None:
        looked = early.look_at(platform, candidate, doubt)
    else:
        looked = look(platform, candidate, sending_of(candidate, part, since))
    doubts.record_look(delivery_id, part, looked.outcome, actor[:80], clock(), looked.why)
    listed = timeline(platform, since - CLOCK_MOVES, around)
    return Looked(
        delivery_id=delivery_id,
        part=part,
        at=clock(),
        around=around,
        since=since - CLOCK_MOVES,
        outcome=looked.outcome,
        why=looked.why,
        found_id=looked.receipt.remote_id if looked.receipt else None,
        seen=listed.posts,
        unlisted=listed.why,
        recorded=_record(candidate, part, looked, clock()),
    )


def _candidate(delivery: Delivery, post: Post) -> Candidate:
    """For a look alone: as one that nobody approved, it can never be claimed."""
    return Candidate(delivery, post.campaign, post.automatic, approved_at=None)


def _record(candidate: Candidate, part: int, looked: Look, now: datetime) -> bool:
    """What was given up is settled by a person alone."""
    if looked.receipt is None or candidate.delivery.state is not DeliveryState.UNKNOWN:
        return False
    delivery, found = candidate.delivery, looked.receipt
    count = len(delivery.proof.parts) if delivery.proof else 1
    doubts.record_found(
        candidate,
        part,
        remote_id=found.remote_id,
        url=found.url,
        published_at=min(found.published_at or now, now),
        last=part == count - 1,
        now=now,
    )
    posts.close_settled(now)
    return any(one.index == part for one in deliveries.get(delivery.id).parts)
