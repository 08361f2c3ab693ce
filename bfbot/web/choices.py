"""What this person may do with this post now. Pure; the desk has the last word."""

from __future__ import annotations

from datetime import date

from bfbot.domain.person import Person, Role
from bfbot.domain.post import Post
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import UsageError

_GONE = {DeliveryState.SENDING, DeliveryState.PUBLISHED, DeliveryState.UNKNOWN, DeliveryState.DELETED}
_AGAIN = {DeliveryState.FAILED, DeliveryState.MISSED}


def choices(post: Post, person: Person, *, wrote_before: bool = False) -> frozenset[str]:
    """Some of: submit edit approve send_back reject cancel again settle delete; `own`: they wrote it themselves.

    `wrote_before`: an approver mended what they wrote, and two people have seen it: they may approve that edit.
    """
    found: set[str] = set()
    # What was given up may be live, as what is unknown.
    states = {DeliveryState.UNKNOWN if one.given_up else one.state for one in post.deliveries}
    if person.may(Role.APPROVER, post.campaign) and DeliveryState.UNKNOWN in states:
        found.add("settle")
    if person.may(Role.APPROVER, post.campaign) and DeliveryState.PUBLISHED in states:
        found.add("delete")
    if post.state not in OPEN_POST:
        return frozenset(found)
    if person.may(Role.AUTHOR, post.campaign):
        if not states & _GONE:
            found.add("edit")
        if post.state in {PostState.DRAFT, PostState.REJECTED}:
            found.add("submit")
        if states - _GONE - {DeliveryState.WITHDRAWN}:
            found.add("cancel")
        if states & _AGAIN:
            found.add("again")
    if person.may(Role.APPROVER, post.campaign):
        if post.state is PostState.IN_REVIEW:
            found |= {"own"} if post.author == person.name else {"approve", "reject"}
            found.add("send_back")
        if post.state is PostState.APPROVED and not states & _GONE:
            found.add("send_back")
    elif wrote_before and post.state is PostState.IN_REVIEW and person.may(Role.AUTHOR, post.campaign):
        found |= {"own"} if post.author == person.name else {"approve"}
    return frozenset(found)


def a_day(text: str) -> date:
    """A day as a date field sends it. Raises UsageError for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError("Say until which day.", mend="Choose a date.") from None
