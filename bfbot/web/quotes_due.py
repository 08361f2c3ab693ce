"""What Today says of quoted words: how many wait for whoever says them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bfbot.desk.quotes import waiting_quotes
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.web.visitor import Visitor


def quotes_due(visitor: Visitor, open_posts: Sequence[Post], now: datetime) -> dict[str, Any]:
    """`open_posts`: those that this visitor sees. 0 where none wait."""
    waiting = waiting_quotes(now, open_posts)
    return {"quotes": len([one for one in waiting if visitor.may(Role.VIEWER, one.campaign)])}
