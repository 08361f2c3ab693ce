"""What Today says of joint statements: how many wait for this person's sign-off."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from bfbot.desk.joint import open_joints, waiting_for
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.web.visitor import Visitor


def sign_offs_due(
    visitor: Visitor, open_posts: Sequence[Post], revision: Revision, now: datetime
) -> dict[str, Any]:
    """`open_posts`: of every campaign, those of others too. 0 where none wait."""
    if not visitor.may(Role.APPROVER):
        return {"sign_offs": 0}
    found = waiting_for(visitor.person, open_joints(open_posts, revision, now), revision)
    return {"sign_offs": len({one.subject for one, _ in found})}
