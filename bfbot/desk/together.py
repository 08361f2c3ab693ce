"""Many posts approved in one sitting: each in a transaction of its own, bound to its own hash and its own day.

What cannot be approved is refused alone, with the reason; the others go through. Nothing is approved that was not
shown: every post is named with the seal under which the approver saw it.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import DatabaseError

from bfbot.desk.approving import approve
from bfbot.desk.binding import seal_of
from bfbot.desk.judging import Refused
from bfbot.domain.finding import Finding
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError, ContentRefused
from bfbot.ledger import approvals, posts
from bfbot.rules.approval import same_person

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Answer:
    """What came of one post. Refused: `why` and `mend`, and the `findings` where rules refused it."""

    post_id: int
    approved: bool
    why: str = ""
    mend: str = ""
    findings: tuple[Finding, ...] = ()


def approve_together(
    chosen: Mapping[int, str],
    *,
    actor: str,
    now: datetime,
    confirmed: Mapping[int, str] | None = None,
    confirmed_for: Mapping[int, Collection[str]] | None = None,
) -> list[Answer]:
    """`chosen`: the seal under which each post was shown, by its number; one answer for each, in that order.

    `confirmed`: the approver's words on the claims of a post, by its number. The two versions of one post are
    approved by one decision, so the words on either count for both. They settle the claims that `confirmed_for`
    names, those that were shown; None: whatever the rules ask now.
    """
    return [_answer(one, chosen, actor, now, confirmed or {}, confirmed_for) for one in chosen]


def _answer(
    post_id: int,
    chosen: Mapping[int, str],
    actor: str,
    now: datetime,
    confirmed: Mapping[int, str],
    confirmed_for: Mapping[int, Collection[str]] | None,
) -> Answer:
    try:
        if _has_said_yes(post_id, chosen[post_id], actor):
            return Answer(post_id, True)
        words = _words(post_id, confirmed)
        approve(post_id, actor=actor, now=now, confirmed=words, seen=chosen, confirmed_for=confirmed_for)
    except Refused as refused:
        return Answer(post_id, False, refused.message, findings=refused.findings)
    except BfbotError as error:
        return Answer(post_id, False, error.message, error.mend)
    except DatabaseError as error:
        log.error("approval not written", extra={"post": post_id, "error": str(error)})
        return Answer(post_id, False, "The database did not take it just now.", "Approve it again in a moment.")
    return Answer(post_id, True)


def _words(post_id: int, confirmed: Mapping[int, str]) -> str:
    if not confirmed:
        return ""
    try:
        pair = posts.get(post_id).pair
    except ContentRefused:  # there is no such post: the approval says so itself
        pair = None
    said = (confirmed.get(one, "").strip() for one in (post_id, pair) if one is not None)
    return " ".join(dict.fromkeys(filter(None, said)))


def _has_said_yes(post_id: int, seal: str, actor: str) -> bool:
    """They approved this very thing a moment ago: as the other half of a pair, or by pressing twice."""
    given = approvals.standing_on(post_id)
    if given is None or not same_person(given.approver, actor):
        return False
    post = posts.get(post_id)
    return post.state is PostState.APPROVED and bool(seal) and seal_of(post) == seal
