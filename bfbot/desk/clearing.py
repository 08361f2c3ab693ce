"""Two people let one post through a pause: an author asks, an approver gives. Both stand on record."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, NotAllowed
from bfbot.ledger import audit, clearances, holds, posts
from bfbot.ledger.clearances import Clearance
from bfbot.rules.approval import same_person


def ask(post_id: int, *, actor: str, now: datetime, reason: str) -> Post:
    """Ask that this post, as it is now, goes out through everything that pauses it now. A later pause holds it.

    Raises ContentRefused where nothing pauses it, where it is paused by itself, or was never sent for approval.
    """
    if not reason.strip():
        raise ContentRefused("Somebody has to decide on this.", mend="Say why this post goes out all the same.")
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.AUTHOR, post.campaign)
        if post.state not in {PostState.IN_REVIEW, PostState.APPROVED} or not post.signature:
            raise ContentRefused(
                f"Post {post.id} has not been sent for approval.", mend="Send it for approval first."
            )
        over = _over(post, now)
        fresh = [
            one for one in over if clearances.ask(post.id, one.id, post.signature, reason.strip(), actor, now)
        ]
        if not fresh:
            raise ContentRefused(f"Post {post.id} was asked for already.", mend="An approver decides on it.")
        detail = {"reason": reason.strip(), "holds": [one.id for one in fresh], "signature": post.signature}
        audit.record(actor, "clearance asked", f"post:{post.id}", now, detail)
    return posts.get(post_id)


def give(post_id: int, *, actor: str, now: datetime) -> Post:
    """An approver who neither asked nor wrote it lets it through. An edit takes that back."""
    with transaction.atomic():
        post = posts.to_change(post_id)
        people.require(actor, Role.APPROVER, post.campaign)
        over = _over(post, now)
        asked = [one for one in clearances.of_post(post.id, [hold.id for hold in over]) if not one.given_by]
        if not asked:
            raise ContentRefused(
                f"Nobody has asked for post {post.id} as it is now.", mend="An author asks first, with the reason."
            )
        if any(same_person(actor, one.asked_by) for one in asked) or same_person(actor, post.author):
            raise NotAllowed(
                f"{actor} asked for post {post.id} or wrote it.", mend="Another approver lets it through."
            )
        given = [one for one in asked if clearances.give(one.id, actor, now)]
        detail = {
            "reason": given[0].reason if given else "",
            "asked_by": sorted({one.asked_by for one in given}),
            "holds": [one.hold_id for one in given],
            "signature": post.signature,
        }
        audit.record(actor, "cleared", f"post:{post.id}", now, detail)
    return posts.get(post_id)


def waiting(now: datetime) -> list[Clearance]:
    """What was asked for and nobody has decided, one line a post."""
    asked = clearances.asked([one.id for one in holds.standing(now)])
    return list({one.post_id: one for one in asked}.values())


def _over(post: Post, now: datetime) -> list[Hold]:
    """The pauses that hold this post now."""
    over = [
        hold
        for hold in holds.standing(now)
        if any(
            hold.covers(campaign=post.campaign, account=one, post=post.id, automatic=post.automatic)
            for one in post.accounts
        )
    ]
    if not over:
        raise ContentRefused(f"Nothing pauses post {post.id}.", mend="See `bfbot holds`.")
    if any(one.scope is Scope.POST for one in over):
        raise ContentRefused(
            f"Post {post.id} is paused by itself, for a reason of its own.", mend="An approver resumes that pause."
        )
    return over
