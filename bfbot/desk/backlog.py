"""What was not sent in time, most of it after a pause: one list, to cancel or to give new times, many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bfbot.desk import review
from bfbot.domain.post import Post
from bfbot.domain.states import OPEN_POST, DeliveryState
from bfbot.errors import BfbotError, UsageError
from bfbot.ledger import posts

APART = timedelta(hours=1)
"""New times are so far apart unless somebody says otherwise: a backlog never comes out in a burst."""


@dataclass(frozen=True)
class Dealt:
    """What was done, and why the rest was not: each post is decided by itself."""

    done: tuple[int, ...] = ()
    refused: Mapping[int, str] = field(default_factory=dict)


def not_sent() -> list[Post]:
    """Open posts of which something was missed, those missed in a pause first, each in the order of its time."""
    found = [
        one
        for one in posts.listing(states=OPEN_POST)
        if any(d.state is DeliveryState.MISSED for d in one.deliveries)
    ]
    return sorted(found, key=lambda one: (not in_a_pause(one), one.scheduled_for, one.id))


def in_a_pause(post: Post) -> bool:
    return any(one.state is DeliveryState.MISSED and one.reason == "paused" for one in post.deliveries)


def cancel_all(post_ids: Iterable[int], *, actor: str, now: datetime, reason: str = "") -> Dealt:
    """Cancel each."""
    return _each(post_ids, lambda one, _: review.withdraw(one, actor=actor, now=now, reason=reason))


def give_new_times(
    post_ids: Iterable[int], *, actor: str, now: datetime, first: datetime, apart: timedelta = APART
) -> Dealt:
    """The first at `first`, each of the others `apart` later, in their order; after a pause each is approved anew.

    Raises UsageError for a time that is over.
    """
    if first < now:
        raise UsageError("That time is over.", mend="Give a later one.")
    if apart < timedelta(minutes=1):
        raise UsageError("They would all come out at once.", mend="Leave at least a minute between them.")
    return _each(post_ids, lambda one, place: review.retry(one, actor=actor, now=now, at=first + place * apart))


def _each(post_ids: Iterable[int], act: Callable[[int, int], object]) -> Dealt:
    """A time is used up only by a post that took it."""
    done: list[int] = []
    refused: dict[int, str] = {}
    for one in dict.fromkeys(post_ids):
        try:
            act(one, len(done))
        except BfbotError as error:
            refused[one] = str(error)
        else:
            done.append(one)
    return Dealt(tuple(done), refused)
