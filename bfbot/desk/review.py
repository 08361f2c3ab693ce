"""A post before its second pair of eyes, and what people decide about it afterwards."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.approving import approve, grant
from bfbot.desk.binding import TO_GO, day_of, gone_out, is_longer, to_go
from bfbot.desk.moving import stands_at
from bfbot.desk.proofing import campaign_of
from bfbot.desk.submitting import lay_before, submit
from bfbot.desk.writing import call_back, reschedule
from bfbot.domain.approval import Approval
from bfbot.domain.localtime import local
from bfbot.domain.person import Role
from bfbot.domain.post import Delivery, Post, Wording
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import ContentRefused, IllegalMove, UsageError
from bfbot.ledger import approvals, audit, deliveries, posts
from bfbot.library import current_revision

__all__ = [
    "approve",
    "back_to_review",
    "day_of",
    "grant",
    "lay_before",
    "reject",
    "retry",
    "send_back",
    "submit",
    "withdraw",
]


def reject(post_id: int, *, actor: str, now: datetime, reason: str) -> Post:
    """An approver says no, and why."""
    return _answer(post_id, PostState.REJECTED, "rejected", actor=actor, now=now, reason=reason)


def send_back(post_id: int, *, actor: str, now: datetime, reason: str) -> Post:
    """Back to its author as a draft. Refused once something of it has gone out: then the rest is cancelled."""
    return _answer(post_id, PostState.DRAFT, "sent back", actor=actor, now=now, reason=reason)


def _answer(post_id: int, state: PostState, action: str, *, actor: str, now: datetime, reason: str) -> Post:
    if not reason.strip():
        raise ContentRefused("The author needs to know why.", mend="Give a reason.")
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.APPROVER, post.campaign)
        if state is PostState.DRAFT and gone_out(post):
            raise ContentRefused(
                f"Post {post.id} has gone out or may be live on {_names(gone_out(post))}.",
                mend="Cancel the rest of it instead.",
            )
        posts.move(post, state, now)
        approvals.void(post.id, f"{action} by {actor}: {reason}", now)
        call_back(post, {DeliveryState.DUE})
        posts.note(post.id, reason)
        audit.record(actor, action, f"post:{post.id}", now, {"reason": reason})
    return posts.get(post_id)


def back_to_review(post: Post, why: str, *, now: datetime, wording: Wording | None = None) -> None:
    """An approval that no longer holds is void, and the post waits for a person; the caller has a transaction.

    With `wording` it is written out anew from that; a rule that refuses it is named in the post's note.
    """
    posts.move(post, PostState.IN_REVIEW, now)
    approvals.void(post.id, why, now)
    call_back(post, {DeliveryState.DUE})
    posts.note(post.id, why)
    audit.record("bfbot", "sent back", f"post:{post.id}", now, {"reason": why})
    if wording is None or gone_out(post):
        return
    posts.reword(post, wording, author=post.author, revision=post.revision, now=now)
    deliveries.drop_proofs(post.id, TO_GO)
    try:
        lay_before(post.id, author=post.author, now=now)
    except ContentRefused:
        return  # on record, and in the note
    posts.note(post.id, why)


def withdraw(post_id: int, *, actor: str, now: datetime, reason: str = "") -> Post:
    """Cancel what has not gone out. What is on its way or may be live stays as it is.

    An approved post of which something went out stays open until that is settled.
    """
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        if post.state not in OPEN_POST:
            raise IllegalMove(f"Post {post.id} is {post.state}: there is nothing left to cancel.")
        over = TO_GO | {DeliveryState.WITHDRAWN}
        out = [one for one in post.deliveries if one.state not in over or one.given_up]
        if out and not to_go(post):
            raise ContentRefused(
                f"Post {post.id} has gone out or may be live on {_names(out)}: it is too late to cancel it.",
                mend="Delete it there, once it is live.",
            )
        for one in to_go(post):
            deliveries.move(one, DeliveryState.WITHDRAWN, reason="withdrawn")
        if not out or post.state is not PostState.APPROVED:
            posts.move(post, PostState.WITHDRAWN, now)
            approvals.void(post.id, f"cancelled by {actor}", now)
        said = {"reason": reason, "out": [one.account for one in out]}
        audit.record(actor, "withdrawn", f"post:{post.id}", now, said)
        posts.close_settled(now)
    return posts.get(post_id)


def retry(post_id: int, *, actor: str, now: datetime, at: datetime | None = None) -> Post:
    """Give what failed or was missed a new moment.

    Outside the time that it was approved for, or after a pause, it needs approval again, and what else of the post
    has not gone out moves along with it. So it does on another day that asks for a word which nobody gave.
    """
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        over = [one for one in post.deliveries if one.state in {DeliveryState.FAILED, DeliveryState.MISSED}]
        again = [one for one in over if not one.given_up]
        if over and not again:
            raise ContentRefused(
                f"Post {post.id} was given up on {_names(over)}: it may be live there.",
                mend="Say first whether it is live.",
            )
        if post.state not in OPEN_POST or not again:
            raise ContentRefused(
                f"Nothing of post {post.id} failed or was missed.", mend="See `bfbot queue show`."
            )
        moment = at or now
        if moment + post.window <= now:
            raise UsageError("That moment has passed, and so has its window.", mend="Give a later one.")
        approval = approvals.standing_on(post.id)
        paused = any(one.reason == "paused" for one in again)
        covered = approval is not None and not paused and _still_holds(approval, post, moment, now)
        reschedule(post, moment, now, again if covered else to_go(post))
        if approval is not None and not covered:
            approvals.void(post.id, _why_void(approval, post, moment, paused), now)
            posts.move(post, PostState.IN_REVIEW, now)
        said = {"accounts": [one.account for one in again], "at": moment.isoformat()}
        audit.record(actor, "retried", f"post:{post.id}", now, said)
    return posts.get(post_id)


def _still_holds(given: Approval, post: Post, moment: datetime, now: datetime) -> bool:
    """Within its own day a second try is what was approved; on a later one the rules are asked first."""
    if not given.covers(post.signature, moment):
        return False
    revision = current_revision(now)
    zone = campaign_of(post.campaign, revision).zone
    own_day = local(moment, zone).date() == local(given.from_time, zone).date()
    return own_day or not is_longer(given, zone) or stands_at(post, given, moment, revision, now)


def _why_void(given: Approval, post: Post, moment: datetime, paused: bool) -> str:
    if paused:
        return "missed in a pause"
    inside = given.covers(post.signature, moment)
    return "the new day takes an approval of its own" if inside else "moved out of the approved time"


def _names(found: Iterable[Delivery]) -> str:
    return ", ".join(one.account for one in found)
