"""What Today says of muted accounts: that posts wait for them, or that somebody asks for going live."""

from __future__ import annotations

from dataclasses import dataclass

from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.ledger import going_live
from bfbot.web.shown import account_name
from bfbot.web.visitor import Visitor


@dataclass(frozen=True)
class MutedAccount:
    """`waiting` approved posts would go out on it by themselves; `asked_by` is "" where nobody asks."""

    id: str
    name: str
    waiting: int
    asked_by: str


def accounts_muted(visitor: Visitor, revision: Revision, muted: frozenset[str]) -> list[MutedAccount]:
    """Those of which something has to be told, in the order of the files."""
    mine = [
        name
        for name, one in revision.accounts.items()
        if name in muted and any(visitor.may(Role.VIEWER, campaign) for campaign in one.campaigns)
    ]
    if not mine:
        return []
    waiting, stages = going_live.waiting_by_itself(mine), going_live.stages(mine)
    return [
        MutedAccount(one, account_name(one, revision), waiting.get(one, 0), stages[one].asked_by)
        for one in mine
        if waiting.get(one) or stages[one].asked_by
    ]
