"""Pause and resume. Resuming never releases a backlog."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.person import Role
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import audit, deliveries, holds, posts


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
    """Stop everything, or one campaign, account, feed or post. Anyone on the team may; the reason is kept."""
    people.require(actor, Role.AUTHOR, scope_id if scope is Scope.CAMPAIGN else None)
    if not reason.strip():
        raise UsageError("A pause needs a reason: the team will read it.", mend="Give one, however short.")
    if (scope is Scope.EVERYTHING) != (not scope_id):
        raise UsageError("Say what to pause: everything, or one campaign, account, feed or post by its id.")
    if until is not None and until <= now:
        raise UsageError("This pause would end before it starts.", mend="Give a later end.")
    with transaction.atomic():
        hold = holds.add(scope, scope_id, reason.strip(), actor, now, until=until)
        audit.record(actor, "paused", f"hold:{hold.id}", now, {"scope": scope, "of": scope_id, "reason": reason})
    return hold


def resume(*, actor: str, now: datetime, hold_id: int | None = None, reason: str = "") -> list[Hold]:
    """Lift one stop, or all that stand. What fell due meanwhile is missed, for people to re-date or cancel."""
    with transaction.atomic():
        lifted = [one for one in holds.standing(now) if hold_id is None or one.id == hold_id]
        if not lifted:
            raise ContentRefused("Nothing is paused.", mend="See `bfbot holds`.")
        for hold in lifted:
            people.require(actor, Role.APPROVER, hold.scope_id if hold.scope is Scope.CAMPAIGN else None)
            _miss_backlog(hold, now)
            holds.lift(hold.id, actor, now, reason)
            audit.record(actor, "resumed", f"hold:{hold.id}", now, {"reason": reason})
    return lifted


def _miss_backlog(hold: Hold, now: datetime) -> None:
    waiting = {DeliveryState.PLANNED, DeliveryState.DUE}
    for post in posts.open_posts():
        for one in post.deliveries:
            covered = hold.covers(
                campaign=post.campaign, account=one.account, post=post.id, automatic=post.automatic
            )
            if covered and one.state in waiting and one.due_at <= now:
                deliveries.move(one, DeliveryState.MISSED, reason="paused", error=f"Paused: {hold.reason}")
