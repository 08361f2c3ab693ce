"""When a consent is taken back or rights end: what waits with them comes back to a person at once.

The send refuses it anyway. This is so that somebody learns of it today, and not at the moment of sending.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from bfbot.config import config
from bfbot.desk.binding import to_go
from bfbot.desk.laid_out import laid_out
from bfbot.desk.library_copies import copies_of_library
from bfbot.desk.review import back_to_review
from bfbot.domain.finding import Finding
from bfbot.domain.message import Kind
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.ledger import audit, posts
from bfbot.ledger.waiting_posts import waiting_with_people
from bfbot.library import current_revision
from bfbot.rules import consents, picture_rights
from bfbot.rules.base import judge

WHY = "It may not be shown any more: "
"""So begins the note of every post that came back because of this."""

RULES = (picture_rights.RIGHTS, consents.AGREED)


def recheck_rights(now: datetime) -> tuple[int, ...]:
    """The numbers of posts that wait with a consent or a right that does not hold on their day; told once."""
    revision = current_revision(now)
    about = [one.id for one in revision.messages.values() if one.consent or one.people or _is_story(one.kind)]
    back, waiting = [], waiting_with_people(now, about)
    copied = copies_of_library(waiting, revision, config().home)
    for post in waiting:
        why = _over(post, revision, now, copied.get(post.id))
        if why and post.note != why and _hand_back(post, why, now):
            back.append(post.id)
    return tuple(back)


def back_because_of_rights(found: Sequence[Post]) -> list[Post]:
    """Those of `found` that wait because of this."""
    return [one for one in found if one.state is PostState.IN_REVIEW and one.note.startswith(WHY)]


def _is_story(kind: Kind) -> bool:
    return kind is Kind.CASE_STUDY


def _over(post: Post, revision: Revision, now: datetime, copied: Finding | None) -> str:
    if post.campaign not in revision.campaigns:
        return ""
    said = judge(laid_out(post, revision, now), RULES)
    found = dict.fromkeys(str(one) for one in (*said, *([copied] if copied is not None else ())))
    return WHY + " ".join(found) if found else ""


def _hand_back(post: Post, why: str, now: datetime) -> bool:
    """Whether it still was what was looked at."""
    with transaction.atomic():
        fresh = posts.to_change(post.id)
        if fresh.state is not post.state or fresh.signature != post.signature or not to_go(fresh):
            return False
        if fresh.state is PostState.IN_REVIEW:
            audit.record("bfbot", "rechecked", f"post:{post.id}", now, {"reason": why})
        else:
            back_to_review(fresh, why, now=now)
        posts.note(post.id, why)
    return True
