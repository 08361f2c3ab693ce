"""Posts that the planner would lay down, and the approvals under which they would go out. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bfbot.desk.signed import wording_of
from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.message import Message
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Delivery, Origin, Post
from bfbot.domain.proof import Proof, joint_digest
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState, PostState
from bfbot.planning.occurrences import Occurrence

SOMEBODY = "an approver"
"""Who would approve what nobody has approved for repeat."""


def imagined(
    number: int, message: Message, one: Occurrence, written: Mapping[str, Proof], revision: Revision
) -> Post:
    """A draft as the planner writes it, with its Proofs already in place; `number` is the one it might get."""
    deliveries = tuple(
        Delivery(
            id=0,
            post_id=number,
            account=account,
            platform=proof.platform,
            state=DeliveryState.PLANNED,
            key="",
            due_at=one.moment,
            closes_at=one.moment + one.slot.window,
            not_before=one.moment,
            attempts=0,
            proof=proof,
        )
        for account, proof in written.items()
    )
    return Post(
        id=number,
        campaign=message.campaign,
        origin=Origin.LIBRARY,
        state=PostState.DRAFT,
        wording=wording_of(message),
        author=PLANNER,
        first_planned_at=one.moment,
        scheduled_for=one.moment,
        window=one.slot.window,
        revision=revision.number,
        deliveries=deliveries,
        message=message.id,
        pillar=message.pillar,
        kind=message.kind,
        occurrence=one.key,
        signature=joint_digest(list(written.values())),
    )


def paired(one: Post, other: Post) -> tuple[Post, Post]:
    """Both languages, bound to each other."""
    return replace(one, pair=other.id), replace(other, pair=one.id)


def approved(
    post: Post, given: StandingApproval | None, opens: datetime, closes: datetime
) -> tuple[Post, Approval]:
    """The post as it is once it is approved for `opens` to `closes`: under `given`, else by somebody."""
    approval = Approval(
        post_id=post.id,
        author=post.author,
        approver=given.signer if given else SOMEBODY,
        signature=post.signature,
        from_time=opens,
        until=closes,
        given_at=opens,
        confirmed=given.confirmed if given else SOMEBODY,
        standing=given.id if given else None,
        settled=given.settled if given else None,
    )
    return replace(post, state=PostState.APPROVED), approval
