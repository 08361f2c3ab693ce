"""What Today says of pictures and people: rights and consents that are over soon, and those taken back lately."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bfbot.desk.rights_over import back_because_of_rights
from bfbot.desk.where_used import ending_consents, ending_pictures, local_today
from bfbot.domain.person import Role
from bfbot.domain.picture import ENDING
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.web.visitor import Visitor


def rights_due(visitor: Visitor, revision: Revision, review: Sequence[Post], now: datetime) -> dict[str, Any]:
    """How many of each; empty for none. From what is at hand alone, for Today asks every few seconds.

    `review`: the posts in review that this visitor sees.
    """
    today = local_today(now)
    mine = [
        one
        for one in revision.consents.values()
        if any(visitor.may(Role.VIEWER, campaign) for campaign in one.campaigns)
    ]
    counts = {
        "back": len(back_because_of_rights(review)),
        "pictures": len(ending_pictures(revision, today)),
        "consents": len([one for one in ending_consents(revision, today) if one in mine]),
        "withdrawn": len([one for one in mine if _lately(one.withdrawn, today)]),
    }
    return {"rights": counts if any(counts.values()) else {}}


def _lately(day: date | None, today: date) -> bool:
    return day is not None and day + timedelta(days=ENDING) >= today
