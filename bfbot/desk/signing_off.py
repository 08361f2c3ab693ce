"""For which pre-election periods an approver answers for a post as it is, by name."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from bfbot.desk.signed import message_digest, wording_of
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Origin, Post
from bfbot.domain.revision import Revision
from bfbot.domain.season import Period, SignOff
from bfbot.ledger import sign_offs


def periods_near(post: Post, revision: Revision, now: datetime) -> list[Period]:
    """Those of its campaign that run now or at one of its times; asked before every post that goes out."""
    if not revision.periods:
        return []
    moments = {now, *(one.due_at for one in post.deliveries)}
    return [
        one
        for one in revision.periods.values()
        if one.own_channels and one.is_about(post.campaign) and any(one.runs_at(moment) for moment in moments)
    ]


def signed_off(post: Post, revision: Revision, now: datetime) -> frozenset[str]:
    """Ids of the periods; empty, and without a look into the database, where none is near."""
    near = periods_near(post, revision, now)
    if not near:
        return frozenset()
    given = sign_offs.given([one.id for one in near], _subjects(post))
    return frozenset(one.id for one in near if covering(post, one, given, revision) is not None)


def covering(post: Post, period: Period, given: Iterable[SignOff], revision: Revision) -> SignOff | None:
    """The sign-off of this very post, or of the evergreen post that it still is word for word.

    What was first planned for before the period, and only now falls into it, needs its own.
    """
    own = (f"post:{post.id}", post.signature)
    wanted = {own} if post.signature else set()
    if as_in_the_library(post, revision) and post.first_planned_at >= period.starts_at:
        wanted.add((f"message:{post.message}", digest_of(post.message or "", revision)))
    return next((one for one in given if one.period == period.id and (one.subject, one.digest) in wanted), None)


def digest_of(message_id: str, revision: Revision) -> str:
    """The version of an evergreen post that a sign-off covers, on all accounts of its campaign."""
    message = revision.messages[message_id]
    accounts = (one.id for one in revision.accounts.values() if message.campaign in one.campaigns)
    return message_digest(message, revision, accounts)


def as_in_the_library(post: Post, revision: Revision) -> bool:
    """Whether it is an evergreen post that bfbot took from the files, word for word as it stands there."""
    message = revision.messages.get(post.message or "")
    made_by_bfbot = post.origin is Origin.LIBRARY and post.author in {PLANNER, ""}
    return message is not None and made_by_bfbot and wording_of(message) == post.wording


def _subjects(post: Post) -> list[str]:
    return [f"post:{post.id}", *([f"message:{post.message}"] if post.message else [])]
