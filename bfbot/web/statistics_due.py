"""What Today says of statistics: one line that leads to their page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bfbot.config import config
from bfbot.desk.corrections import noticed
from bfbot.desk.rechecking import back_because_of_figures
from bfbot.domain.localtime import local
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.rules.facts import to_review
from bfbot.web.visitor import Visitor


def statistics_due(visitor: Visitor, revision: Revision, review: Sequence[Post], now: datetime) -> dict[str, Any]:
    """How many waiting posts came back, live ones have no correction yet, and reviews are due; empty for none.

    `review`: the posts in review that this visitor sees.
    """
    live = [one for one in noticed(now) if one.correction is None and visitor.may(Role.VIEWER, one.post.campaign)]
    counts = {
        "back": len(back_because_of_figures(review)),
        "live": len({one.post.id for one in live}),
        "reviews": len(to_review(revision, local(now, config().timezone).date())),
    }
    return {"statistics": counts if any(counts.values()) else {}}
