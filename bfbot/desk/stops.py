"""Pause and resume. Resuming never releases a backlog."""

from __future__ import annotations

import time
from datetime import datetime

from django.db import connection, transaction

from bfbot.desk import people
from bfbot.desk.binding import gone_out
from bfbot.desk.review import back_to_review
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.person import Role, feed_author
from bfbot.domain.post import Origin, Post
from bfbot.domain.revision import Revision
from bfbot.domain.sending import Candidate
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import approvals, audit, candidates, deliveries, holds, posts
from bfbot.ledger.turns import Turn, wait_for
from bfbot.library import current_revision

WAITS = 3.0
"""Seconds for which a pause waits for requests that had started before it."""

_RAN_OUT = "pause ran out"

NOT_PAUSED = (
    "Nothing is paused: this could not be written down, and posts still go out. "
    "If it must stop at once, end bfbot itself: what does not run sends nothing."
)
"""What whoever asked for a pause must know when the database took nothing."""


def standing(now: datetime) -> list[Hold]:
    """The stops that stand now."""
    return holds.standing(now)


def pause(
    *,
    actor: str,
    now: datetime,
    reason: str,
    scope: Scope = Scope.EVERYTHING,
    scope_id: str = "",
    until: datetime | None = None,
) -> Hold:
    """Stop everything, or one campaign, account, feed or post. Anyone on the team may, whatever their role;
    the reason is kept.

    When this returns no request starts any more. Requests that had started are given a moment to end; what
    `on_their_way` still names then cannot be called back, and may yet come out.
    Raises UsageError for what is not there: a pause that stops nothing would be believed.
    """
    people.require(actor, Role.VIEWER, scope_id if scope is Scope.CAMPAIGN else None)
    if not reason.strip():
        raise UsageError("A pause needs a reason: the team will read it.", mend="Give one, however short.")
    if (scope is Scope.EVERYTHING) != (not scope_id):
        raise UsageError("Say what to pause: everything, or one campaign, account, feed or post by its id.")
    if until is not None and until <= now:
        raise UsageError("This pause would end before it starts.", mend="Give a later end.")
    if scope is not Scope.EVERYTHING:
        _campaigns(scope, scope_id, now)
    with transaction.atomic():
        wait_for(Turn.STOPPING)
        hold = holds.add(scope, scope_id, reason.strip(), actor, now, until=until)
        audit.record(actor, "paused", f"hold:{hold.id}", now, {"scope": scope, "of": scope_id, "reason": reason})
    if not connection.in_atomic_block:  # inside of one nobody else sees the pause yet
        ends = time.monotonic() + WAITS
        while on_their_way(hold) and time.monotonic() < ends:
            time.sleep(0.02)
    return hold


def on_their_way(hold: Hold) -> list[Candidate]:
    """Deliveries under that stop whose request had started before it, and has no answer yet."""
    return [
        one
        for one in candidates.on_their_way()
        if hold.covers(
            campaign=one.campaign,
            account=one.delivery.account,
            post=one.delivery.post_id,
            automatic=one.automatic,
        )
    ]


def resume(*, actor: str, now: datetime, hold_id: int | None = None, reason: str = "") -> list[Hold]:
    """Lift one stop, or all that stand. What fell due meanwhile is missed, for people to re-date or cancel.

    What a feed would send by itself from now on waits for a person: the world is not what it was before the pause.
    It takes an approver of every campaign that the stop touches.
    """
    with transaction.atomic():
        lifted = [one for one in holds.standing(now) if hold_id is None or one.id == hold_id]
        if not lifted:
            raise ContentRefused("Nothing is paused.", mend="See `bfbot holds`.")
        for hold in lifted:
            _may_lift(actor, hold, now)
            missed = _miss_backlog(hold, now)
            back = _feeds_back(hold, now)
            if not holds.lift(hold.id, actor, now, reason):
                raise ContentRefused("Somebody else resumed this in this moment.", mend="See `bfbot holds`.")
            audit.record(
                actor, "resumed", f"hold:{hold.id}", now, {"reason": reason, "missed": missed, "back": back}
            )
    return lifted


def run_out(hold: Hold, now: datetime) -> list[int]:
    """A pause has reached the end that it was given: what a feed would send by itself waits for a person.

    Done once for each pause; gives the posts. What fell due under it is missed where deliveries are released.
    """
    subject = f"hold:{hold.id}"
    if audit.entries(subject, _RAN_OUT, most=1):  # asked each second for weeks: nobody has to wait for that
        return []
    with transaction.atomic():
        if audit.entries(subject, _RAN_OUT, most=1):
            return []
        back = _feeds_back(hold, now)
        audit.record("bfbot", _RAN_OUT, subject, now, {"reason": "The pause had an end.", "back": back})
    return back


def _may_lift(actor: str, hold: Hold, now: datetime) -> None:
    people.require(actor, Role.APPROVER, None)
    try:
        campaigns = _campaigns(hold.scope, hold.scope_id, now)
    except (UsageError, ContentRefused):
        return  # what it stopped has left the files
    for campaign in campaigns:
        people.require(actor, Role.APPROVER, campaign)


def _campaigns(scope: Scope, scope_id: str, now: datetime) -> tuple[str, ...]:
    """The campaigns that a stop touches. Raises UsageError, for a post ContentRefused, where it is not there."""
    if scope is Scope.POST:
        if not scope_id.isdecimal():
            raise UsageError(f"“{scope_id}” is not the number of a post.", mend="See `bfbot queue list`.")
        return (posts.get(int(scope_id)).campaign,)
    found = _in_files(scope, scope_id, current_revision(now))
    if found is None:
        raise UsageError(f"There is no {scope} “{scope_id}”, so nothing would stop.", mend="See schedules/.")
    return found


def _in_files(scope: Scope, scope_id: str, revision: Revision) -> tuple[str, ...] | None:
    if scope is Scope.EVERYTHING:
        return tuple(revision.campaigns)
    if scope is Scope.CAMPAIGN:
        return (scope_id,) if scope_id in revision.campaigns else None
    known = revision.accounts.get(scope_id) if scope is Scope.ACCOUNT else revision.feeds.get(scope_id)
    return known.campaigns if known is not None else None


def _miss_backlog(hold: Hold, now: datetime) -> int:
    """What was approved and due under the hold; drafts and what waits for approval go on waiting."""
    waiting = {DeliveryState.PLANNED, DeliveryState.DUE}
    missed = 0
    for post in posts.listing(states=[PostState.APPROVED]):
        for one in post.deliveries:
            covered = hold.covers(
                campaign=post.campaign, account=one.account, post=post.id, automatic=post.automatic
            )
            if covered and one.state in waiting and one.due_at <= now:
                deliveries.move(one, DeliveryState.MISSED, reason="paused", error=f"Paused: {hold.reason}")
                missed += 1
    return missed


def _feeds_back(hold: Hold, now: datetime) -> list[int]:
    """Posts of feeds that nobody but a signature for repeat has approved: they wait for approval again."""
    found = []
    for post in posts.listing(states=[PostState.APPROVED]):
        if _covers(hold, post) and _goes_by_itself(post):
            back_to_review(post, f"There was a pause ({hold.reason}): an approver looks at it first.", now=now)
            found.append(post.id)
    return found


def _goes_by_itself(post: Post) -> bool:
    """Whether nobody but a signature for repeat has approved what a feed brought, and none of it is out."""
    given = approvals.standing_on(post.id) if post.origin is Origin.RELEASE else None
    if given is None or given.standing is None or gone_out(post):
        return False
    return any(one.state in {DeliveryState.PLANNED, DeliveryState.DUE} for one in post.deliveries)


def back_after_a_restore(post_id: int, now: datetime) -> None:
    """A post that was in doubt through the pause of a restore waits for a person now, where it would have then."""
    with transaction.atomic():
        post = posts.to_change(post_id)
        if post.state is PostState.APPROVED and _goes_by_itself(post):
            back_to_review(post, "A backup was restored: an approver looks at it first.", now=now)


def _covers(hold: Hold, post: Post) -> bool:
    if hold.scope is Scope.FEED:
        return post.author == feed_author(hold.scope_id)
    return any(
        hold.covers(campaign=post.campaign, account=one, post=post.id, automatic=post.automatic)
        for one in post.accounts
    )
