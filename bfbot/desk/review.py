"""A post before its second pair of eyes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.judging import Refused, case_of
from bfbot.desk.proofing import campaign_of, proofs
from bfbot.desk.writing import reschedule
from bfbot.domain.approval import Approval
from bfbot.domain.finding import Moment
from bfbot.domain.localtime import local, wall_to_utc
from bfbot.domain.person import Role
from bfbot.domain.post import Origin, Post
from bfbot.domain.proof import joint_digest
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import ContentRefused, IllegalMove
from bfbot.ledger import approvals, audit, deliveries, posts, releases
from bfbot.library import current_revision
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.verdict import stopping


def submit(post_id: int, *, actor: str, now: datetime) -> Post:
    """Render and store the Proofs, ask the rules, hand the post to an approver.

    Raises Refused with every finding that stops it; the refusal itself stays on record.
    """
    people.require(actor, Role.AUTHOR, posts.get(post_id).campaign)
    return lay_before(post_id, author=actor, now=now)


def lay_before(post_id: int, *, author: str, now: datetime) -> Post:
    """`submit` for bfbot's own authors too, who hold no role."""
    revision = current_revision(now)
    refused: Refused | None = None
    with transaction.atomic():
        post = posts.get(post_id)
        if post.state not in {PostState.DRAFT, PostState.REJECTED, PostState.IN_REVIEW}:
            raise IllegalMove(f"Post {post.id} is {post.state}: it cannot be sent for approval.")
        made = proofs(
            post.wording,
            campaign=campaign_of(post.campaign, revision),
            accounts=post.accounts,
            revision=revision,
            own_words=post.origin is Origin.PERSON and post.message is None,
            extras=_extras(post),
        )
        case = case_of(post, Moment.SUBMIT, now=now, revision=revision, made=made, actor=author)
        stops = stopping(judge(case, RULES), Moment.SUBMIT)
        if stops:
            refused = Refused(stops, where=f"post {post.id}")
            posts.note(post.id, str(refused.message))
            detail = {"text": post.wording.text, "rules": [one.rule for one in stops], "why": refused.message}
            audit.record(author, "refused", f"post:{post.id}", now, detail)
        else:
            for one in post.deliveries:
                deliveries.give_proof(one.id, made[one.account], now)
            posts.sign(post.id, joint_digest(list(made.values())), revision.number, now)
            posts.note(post.id, "")
            posts.move(post, PostState.IN_REVIEW, now)
            audit.record(author, "submitted", f"post:{post.id}", now, {"signature": posts.get(post.id).signature})
    if refused is not None:
        raise refused
    return posts.get(post_id)


def approve(post_id: int, *, actor: str, now: datetime, confirmed: str = "") -> Post:
    """Bind the approval to the stored Proofs and to the day of the post. The author cannot be the approver."""
    with transaction.atomic():
        post = posts.get(post_id)
        people.require(actor, Role.APPROVER, post.campaign)
        if post.state is not PostState.IN_REVIEW:
            raise IllegalMove(
                f"Post {post.id} is {post.state}: only a post that waits for approval can be approved."
            )
        revision = current_revision(now)
        case = case_of(post, Moment.APPROVE, now=now, revision=revision, actor=actor, confirmed=confirmed)
        stops = stopping(judge(case, RULES), Moment.APPROVE, confirmed)
        if stops:
            raise Refused(stops, where=f"post {post.id}")
        grant(post, approver=actor, now=now, confirmed=confirmed, revision=revision)
    return posts.get(post_id)


def grant(
    post: Post,
    *,
    approver: str,
    now: datetime,
    revision: Revision,
    confirmed: str = "",
    standing: int | None = None,
) -> None:
    """Write an approval that has been decided; the caller holds the transaction."""
    opens, closes = day_of(post, revision)
    approvals.give(
        Approval(
            post_id=post.id,
            author=post.author,
            approver=approver,
            signature=post.signature,
            from_time=opens,
            until=closes,
            given_at=now,
            confirmed=confirmed,
            standing=standing,
        )
    )
    posts.move(post, PostState.APPROVED, now)
    detail = {"signature": post.signature, "confirmed": confirmed, "standing": standing}
    audit.record(approver, "approved", f"post:{post.id}", now, detail)


def reject(post_id: int, *, actor: str, now: datetime, reason: str) -> Post:
    """An approver says no, and why."""
    return _answer(post_id, PostState.REJECTED, "rejected", actor=actor, now=now, reason=reason)


def send_back(post_id: int, *, actor: str, now: datetime, reason: str) -> Post:
    """Back to its author as a draft."""
    return _answer(post_id, PostState.DRAFT, "sent back", actor=actor, now=now, reason=reason)


def _answer(post_id: int, state: PostState, action: str, *, actor: str, now: datetime, reason: str) -> Post:
    if not reason.strip():
        raise ContentRefused("The author needs to know why.", mend="Give a reason.")
    with transaction.atomic():
        post = posts.get(post_id)
        people.require(actor, Role.APPROVER, post.campaign)
        posts.move(post, state, now)
        approvals.void(post.id, f"{action} by {actor}: {reason}", now)
        posts.note(post.id, reason)
        audit.record(actor, action, f"post:{post.id}", now, {"reason": reason})
    return posts.get(post_id)


def withdraw(post_id: int, *, actor: str, now: datetime, reason: str = "") -> Post:
    """Cancel what has not gone out. What is on its way or may be live stays as it is, and keeps the post open."""
    with transaction.atomic():
        post = posts.get(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        if post.state not in OPEN_POST:
            raise IllegalMove(f"Post {post.id} is {post.state}: there is nothing left to cancel.")
        stoppable = {DeliveryState.PLANNED, DeliveryState.DUE, DeliveryState.MISSED, DeliveryState.FAILED}
        out = [one for one in post.deliveries if one.state not in stoppable | {DeliveryState.WITHDRAWN}]
        for one in post.deliveries:
            if one.state in stoppable:
                deliveries.move(one, DeliveryState.WITHDRAWN, reason="withdrawn")
        if not out:
            posts.move(post, PostState.WITHDRAWN, now)
            approvals.void(post.id, f"cancelled by {actor}", now)
        audit.record(
            actor, "withdrawn", f"post:{post.id}", now, {"reason": reason, "out": [one.account for one in out]}
        )
    return posts.get(post_id)


def retry(post_id: int, *, actor: str, now: datetime, at: datetime | None = None) -> Post:
    """Give what failed or was missed a new moment. Outside the approved day it needs approval again."""
    with transaction.atomic():
        post = posts.get(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        again = [one for one in post.deliveries if one.state in {DeliveryState.FAILED, DeliveryState.MISSED}]
        if post.state not in OPEN_POST or not again:
            raise ContentRefused(
                f"Nothing of post {post.id} failed or was missed.", mend="See `bfbot queue show`."
            )
        moment = at or now
        reschedule(post, moment, now)
        approval = approvals.standing_on(post.id)
        if approval is not None and not approval.covers(post.signature, moment):
            approvals.void(post.id, "moved out of the approved time", now)
            posts.move(post, PostState.IN_REVIEW, now)
        audit.record(actor, "retried", f"post:{post.id}", now, {"accounts": [one.account for one in again]})
    return posts.get(post_id)


def day_of(post: Post, revision: Revision) -> tuple[datetime, datetime]:
    """The local day on which the post is planned: half-open, in UTC."""
    zone = campaign_of(post.campaign, revision).zone
    day = local(post.scheduled_for, zone).date()
    return wall_to_utc(day, time(0), zone), wall_to_utc(day + timedelta(days=1), time(0), zone)


def _extras(post: Post) -> dict[str, str]:
    """The words that a release brings to its template."""
    if post.release is None:
        return {}
    release = releases.get(post.release)
    return {"title": release.title, "summary": release.summary}
