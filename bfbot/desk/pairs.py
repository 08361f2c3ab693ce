"""A post and its version in the other language: bound to each other, moved together, looked at together."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.binding import gone_out
from bfbot.desk.proofing import campaign_of
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, PostState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import audit, posts
from bfbot.library import current_revision


def pair(post_id: int, other_id: int, *, actor: str, now: datetime) -> Post:
    """Bind two posts of one campaign that say the same in two languages, before either has gone out.

    Raises UsageError for one language, two campaigns or the same post twice, ContentRefused where it is too late.
    """
    revision = current_revision(now)
    with transaction.atomic():
        one, other = posts.to_change(post_id), posts.to_change(other_id)
        people.require(actor, Role.AUTHOR, one.campaign)
        _fit(one, other, revision)
        posts.pair(one.id, other.id)
        for post in (one, other):
            audit.record(actor, "paired", f"post:{post.id}", now, {"with": [one.id, other.id]})
    return posts.get(post_id)


def language_of(post: Post, revision: Revision) -> str:
    """Its own, else its campaign's; without the country."""
    return (post.wording.language or campaign_of(post.campaign, revision).language).partition("-")[0]


def partner_of(post: Post) -> Post | None:
    """The other half; None for a post without one, or where it is no longer there."""
    return posts.several([post.pair]).get(post.pair) if post.pair is not None else None


def halves(post: Post) -> list[Post]:
    """The post, and the other half where that waits for approval too; the caller has a transaction."""
    other = posts.to_change(post.pair) if post.pair is not None else None
    return [post, other] if other is not None and other.state is PostState.IN_REVIEW else [post]


def _fit(one: Post, other: Post, revision: Revision) -> None:
    if one.id == other.id:
        raise UsageError("A post is no pair of its own.", mend="Name the post in the other language.")
    if one.campaign != other.campaign:
        raise UsageError("Two campaigns make no pair.", mend="Name a post of the same campaign.")
    if language_of(one, revision) == language_of(other, revision):
        raise UsageError("Both posts are in the same language.", mend="Set the language of one of them to cy.")
    for post in (one, other):
        if post.state not in OPEN_POST or gone_out(post):
            raise ContentRefused(
                f"Post {post.id} is {post.state} or has gone out.", mend="Pair posts before they go out."
            )
        if post.state is PostState.APPROVED:
            raise ContentRefused(
                f"Post {post.id} is approved by itself.", mend="Send it back first: both are approved together."
            )
