"""The JSON shapes that scripts rely on. Keys may be added, never renamed."""

from __future__ import annotations

from bfbot.cli.output import iso
from bfbot.cli.picture_shapes import media_shape
from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision


def zone_of(campaign: str, revision: Revision) -> str:
    known = revision.campaigns.get(campaign)
    return known.zone if known else "UTC"


def post_shape(post: Post, revision: Revision, held: bool) -> dict[str, object]:
    """One post of `queue list --json`; times in the campaign's zone."""
    zone = zone_of(post.campaign, revision)
    return {
        "id": post.id,
        "campaign": post.campaign,
        "state": str(post.state),
        "held": held,
        "origin": str(post.origin),
        "author": post.author,
        "first_planned_at": iso(post.first_planned_at, zone),
        "scheduled_for": iso(post.scheduled_for, zone),
        "text": post.text,
        "message": post.message,
        "language": post.wording.language or None,
        "pair": post.pair,
        "note": post.note,
        "media": [media_shape(one) for one in post.wording.media],
        "deliveries": [delivery_shape(one, zone) for one in post.deliveries],
    }


def delivery_shape(one: Delivery, zone: str) -> dict[str, object]:
    """A post on one account."""
    return {
        "id": one.id,
        "account": one.account,
        "platform": one.platform,
        "state": str(one.state),
        "reason": one.reason.partition(":")[0],
        "due_at": iso(one.due_at, zone),
        "closes_at": iso(one.closes_at, zone),
        "published_at": iso(one.published_at, zone),
        "remote_id": one.remote_id,
        "url": one.url,
        "attempts": one.attempts,
        "error": one.error or None,
    }
