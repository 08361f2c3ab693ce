"""All that is known when a look ahead begins. After this nothing is read any more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.hold import Hold
from bfbot.domain.link import LinkSeen
from bfbot.domain.message import Message
from bfbot.domain.post import Post
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.domain.season import SignOff
from bfbot.planning.rotation import Use
from bfbot.rules.base import Case

Written = Callable[[Message, tuple[str, ...]], Mapping[str, Proof]]
"""A message as it would go out on these accounts, by account. Raises ContentRefused as the desk would."""

Completed = Callable[[Case], Case]
"""A case with what else the desk would gather for the rules."""


def as_it_is(case: Case) -> Case:
    return case


@dataclass(frozen=True)
class Situation:
    """As it is at `now` (aware, UTC). The planner lays posts down `ahead` of their time.

    `waiting` are the posts in review or approved that are still to go out, `approvals` theirs, by post, `rests_on`
    the standing approvals these rest on, by number. `signed` are the standing approvals that hold but for their
    last day. `taken` are keys of posting times that are settled already. `stopped` has the reason by account,
    `muted` are those that are not live yet. `newest` is the highest number of a post.
    """

    now: datetime
    revision: Revision
    ahead: timedelta
    written: Written
    uses: tuple[Use, ...] = ()
    waiting: tuple[Post, ...] = ()
    approvals: Mapping[int, Approval] = field(default_factory=dict)
    rests_on: Mapping[int, StandingApproval] = field(default_factory=dict)
    signed: tuple[StandingApproval, ...] = ()
    holds: tuple[Hold, ...] = ()
    taken: frozenset[str] = frozenset()
    sign_offs: tuple[SignOff, ...] = ()
    links_seen: Mapping[str, LinkSeen] = field(default_factory=dict)
    stopped: Mapping[str, str] = field(default_factory=dict)
    newest: int = 0
    muted: frozenset[str] = frozenset()
    completed: Completed = as_it_is
