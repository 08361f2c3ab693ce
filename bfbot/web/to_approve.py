"""What a page puts before an approver, and what its form brings back with their decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from bfbot.desk import judging
from bfbot.desk.binding import is_longer, last_day, latest_day, own_day, seal_of
from bfbot.desk.claims import claims_of
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.person import Person, Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError
from bfbot.ledger import approvals
from bfbot.rules.approval import TWO
from bfbot.web.refusals import refusal_of


def seals_of(*shown_there: Post | None) -> dict[int, str]:
    """What an approval given on this page names: each post that waits and stands on it in full."""
    waiting = (one for one in shown_there if one is not None and one.state is PostState.IN_REVIEW)
    return {one.id: seal_of(one) for one in waiting}


def claims_by_number(found: Mapping[int, Iterable[Finding]]) -> dict[int, str]:
    """What names the claims that stand on this page, for the form to bring back with the word on them."""
    named = {number: " ".join(claims_of(each)) for number, each in found.items()}
    return {number: names for number, names in named.items() if names}


def days_to_choose(post: Post, person: Person, revision: Revision, now: datetime) -> tuple[date, date] | None:
    """The first and last day until which an approval may be given; None for who may not say so."""
    if post.state is not PostState.IN_REVIEW or not person.may(Role.APPROVER, post.campaign):
        return None
    try:
        own = own_day(post, revision, now)
    except BfbotError:  # its campaign left the files: nobody approves it
        return None
    return own, latest_day(own)


def findings_of(post_id: int, state: PostState, now: datetime, actor: str) -> tuple[Finding, ...]:
    """What `actor` should know of it before they approve it; nothing while it has no Proof to judge."""
    if state is not PostState.IN_REVIEW:
        return ()
    try:
        said = judging.findings(post_id, Moment.APPROVE, now=now, actor=actor)
    except BfbotError as error:
        return refusal_of(error).findings
    return tuple(one for one in said if one.rule != TWO.id)  # who looks is not yet who approves


def good_until(post_id: int, zone: str) -> date | None:
    """The last day of the approval that stands, where it was given for more than the post's own."""
    given = approvals.standing_on(post_id)
    return last_day(given, zone) if given is not None and is_longer(given, zone) else None
