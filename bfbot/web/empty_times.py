"""Posting times to come that nothing fills, in the team's words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bfbot.domain.message import Kind
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.planning.plan import gaps
from bfbot.web import words
from bfbot.web.shown import account_name
from bfbot.web.visitor import Visitor


def empty_times(looking: Visitor, revision: Revision, now: datetime) -> list[Mapping[str, Any]]:
    """As far ahead as is planned, in order; of the campaigns that this visitor may see."""
    return [
        {
            "at": one.moment,
            "zone": revision.campaigns[one.slot.campaign].zone,
            "campaign": revision.campaigns[one.slot.campaign].name,
            "kinds": [words.KINDS[Kind(kind)].lower() for kind in sorted(one.slot.kinds)],
            "accounts": [account_name(account, revision) for account in one.slot.accounts],
        }
        for one in gaps(now)
        if one.slot.campaign in revision.campaigns and looking.may(Role.VIEWER, one.slot.campaign)
    ]
