"""What bfbot says of itself on Today: that it is late, that no backup gets written, that nobody can be told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bfbot.config import config
from bfbot.domain.person import Role
from bfbot.domain.revision import Revision
from bfbot.engine.health import LATE, Pulse, pulse
from bfbot.ledger import alerts
from bfbot.ledger.models import Alert
from bfbot.web.visitor import Visitor

HEARD_BY = timedelta(minutes=5)
"""A trouble that is older and was told to nobody did not get through."""

_WORDS = {"backup": "No backup", "key": "Key runs out", "quiet": "Feed brings nothing"}
"""By the first word of an alert's key; the others stand on Today as the posts, accounts and feeds they name."""

_LATE = (
    "bfbot is late: for {minutes} min it has looked at nothing that is due. "
    "Posts may be missed: somebody should look at the computer it runs on."
)
_UNHEARD = "No address for alerts takes a message: who looks after bfbot tries them with “bfbot alerts test”."


@dataclass(frozen=True)
class Said:
    """A line with its chip; `since` where that is known."""

    word: str
    text: str
    since: datetime | None = None


def itself(visitor: Visitor, revision: Revision, now: datetime, of: Pulse | None = None) -> Mapping[str, Any]:
    """`itself`: what is wrong now; `unheard`: whether there is no address to tell anybody, told to approvers."""
    standing = [one for one in alerts.standing() if _may_see(one, visitor, revision)]
    said = [*_late(of or pulse), *(_said(one) for one in standing if _first(one) in _WORDS)]
    has_address = bool(config().alert_urls)
    if has_address and any(one.told_at is None and now - one.since > HEARD_BY for one in standing):
        said.append(Said("Nobody told", _UNHEARD))
    may_know = visitor.may(Role.APPROVER) and not config().sample
    return {"itself": said, "unheard": may_know and not has_address}


def _late(of: Pulse) -> list[Said]:
    """Of this very process: the alert of it goes by the same clock."""
    age = of.age()
    if age is None or age <= LATE:
        return []
    return [Said("Late", _LATE.format(minutes=int(age.total_seconds() // 60)))]


def _said(one: Alert) -> Said:
    return Said(_WORDS[_first(one)], one.text, one.since)


def _first(one: Alert) -> str:
    return one.key.partition(":")[0]


def _may_see(one: Alert, visitor: Visitor, revision: Revision) -> bool:
    """A key's and a feed's campaigns decide; what is of the machine concerns everybody."""
    name = one.key.partition(":")[2]
    if _first(one) == "key" and name in revision.accounts:
        return any(visitor.may(Role.VIEWER, campaign) for campaign in revision.accounts[name].campaigns)
    if _first(one) == "quiet" and name in revision.feeds:
        return any(visitor.may(Role.VIEWER, campaign) for campaign in revision.feeds[name].campaigns)
    return True
