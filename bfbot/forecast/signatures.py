"""Under whose signature a post would go out by itself on a day to come. Pure."""

from __future__ import annotations

from datetime import datetime

from bfbot.domain.approval import StandingApproval
from bfbot.domain.finding import Finding, Level
from bfbot.domain.localtime import local
from bfbot.domain.post import Post
from bfbot.forecast.situation import Situation
from bfbot.rules.approval import APPROVED

UNAPPROVED = Finding(APPROVED.id, Level.HOLD, "Nobody has approved it yet.", "An approver looks at it.")
CHANGED = Finding(APPROVED.id, Level.HOLD, "It is not what was approved.", "An approver looks at it as it is now.")


def signature(
    known: Situation, subject: str, post: Post, moment: datetime, digest: str | None = None
) -> StandingApproval | None:
    """The standing approval of `subject` that covers the post at that moment, on all its accounts; that very
    version, where `digest` names it."""
    wanted = set(post.accounts)
    day = local(moment, known.revision.campaigns[post.campaign].zone).date()
    return next(
        (
            one
            for one in known.signed
            if one.subject == subject
            and wanted <= set(one.accounts)
            and day <= one.until
            and digest in {None, one.digest}
        ),
        None,
    )


def unsigned(known: Situation, subject: str) -> Finding:
    """Why nobody's signature covers it: there is none, or it ends before."""
    ended = [one.until for one in known.signed if one.subject == subject]
    if not ended:
        return UNAPPROVED
    why = f"It is approved for repeat until {max(ended):%-d %B %Y} only."
    return Finding(APPROVED.id, Level.HOLD, why, "An approver approves it for longer, or this one post.")
