"""Whether an approval still holds when its post is given another time.

An approver approves what they saw, for the day on which they saw it stand. Only where they said that it holds
longer does a move keep their approval: to a time within that range at which the rules ask for nothing that they
were not asked for.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from bfbot.desk import people
from bfbot.desk.binding import is_longer, is_whole, to_go
from bfbot.desk.claims import claims_of
from bfbot.desk.judging import case_of
from bfbot.desk.proofing import campaign_of
from bfbot.domain.approval import Approval
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError
from bfbot.ledger import approvals
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.settled import unsettled
from bfbot.rules.verdict import stopping


def keeps_approval(post: Post, at: datetime, revision: Revision, now: datetime) -> bool:
    """Whether this approved post may be moved to `at` and stay approved."""
    given = approvals.standing_on(post.id)
    if post.state is not PostState.APPROVED or given is None or not given.covers(post.signature, at):
        return False
    if not is_longer(given, campaign_of(post.campaign, revision).zone) or after_a_pause(post):
        return False
    return is_whole(post) and stands_at(post, given, at, revision, now)


def stands_at(post: Post, given: Approval, at: datetime, revision: Revision, now: datetime) -> bool:
    """Whether its approver still is one, and the rules let it pass at that time without a word not yet given."""
    if not _still_an_approver(given, post):
        return False
    before = _asked(post, given, post.scheduled_for, revision, now)
    after = _asked(post, given, at, revision, now)
    if set(claims_of(after)) - set(claims_of(before)):
        return False
    return not stopping(unsettled(after, given, post.accounts), Moment.APPROVE)


def after_a_pause(post: Post) -> bool:
    """What a pause held back comes out by nobody's earlier word."""
    return any(one.reason == "paused" for one in to_go(post))


def _asked(post: Post, given: Approval, at: datetime, revision: Revision, now: datetime) -> Collection[Finding]:
    moved = tuple(
        replace(one, due_at=at, not_before=at, closes_at=at + post.window) if one in to_go(post) else one
        for one in post.deliveries
    )
    there = replace(post, scheduled_for=at, deliveries=moved)
    case = case_of(there, Moment.APPROVE, now=now, revision=revision, actor=given.approver)
    return judge(case, RULES)


def _still_an_approver(given: Approval, post: Post) -> bool:
    try:
        return people.person(given.approver).may(Role.APPROVER, post.campaign)
    except BfbotError:  # they have left the team
        return False
