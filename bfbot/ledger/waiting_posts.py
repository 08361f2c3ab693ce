"""Every post that waits to go out, with the approval it rests on: for a look at all of them at once."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bfbot.domain.approval import Approval
from bfbot.domain.message import Kind
from bfbot.domain.post import Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.ledger import models, posts
from bfbot.ledger.every_post import every_post

_WAITING = frozenset({DeliveryState.PLANNED, DeliveryState.DUE})


def waiting_posts(now: datetime) -> list[Post]:
    """Those in review or approved of which something is still to go out, and not too late for it."""
    found = [*every_post(state=PostState.IN_REVIEW), *every_post(state=PostState.APPROVED)]
    return [one for one in found if any(d.state in _WAITING and d.closes_at > now for d in one.deliveries)]


def waiting_with_people(now: datetime, messages: Collection[str]) -> list[Post]:
    """Of those that wait: what has a picture that is no card, is a case study, or is one of `messages`."""
    rows = models.Post.objects.filter(state__in=[PostState.IN_REVIEW, PostState.APPROVED])
    found = rows.exclude(media=[], kind__isnull=True).values_list("pk", "media", "kind", "message")
    about = set(messages)
    wanted = [
        pk
        for pk, media, kind, message in found.iterator(2000)
        if kind == Kind.CASE_STUDY or message in about or any(one.get("file") or one.get("blob") for one in media)
    ]
    read = posts.several(wanted) if wanted else {}
    waiting = [read[one] for one in sorted(read)]
    return [one for one in waiting if any(d.state in _WAITING and d.closes_at > now for d in one.deliveries)]


def approvals_in_force() -> dict[int, Approval]:
    """Of all approved posts, by post."""
    rows = models.Approval.objects.filter(voided_at=None, post__state=PostState.APPROVED)
    fields = ("author", "approver", "signature", "from_time", "until", "given_at", "confirmed")
    return {
        row["post_id"]: Approval(
            post_id=row["post_id"],
            standing=row["standing_id"],
            settled=None if row["settled"] is None else tuple(row["settled"]),
            **{one: row[one] for one in fields},
        )
        for row in rows.values("post_id", "standing_id", "settled", *fields).iterator(2000)
    }
