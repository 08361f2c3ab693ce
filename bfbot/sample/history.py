"""Eight weeks behind the sample workspace: planned, approved, published and measured as they would have been."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, time, timedelta
from functools import partial

from django.db import transaction

from bfbot.accounts.connection import connect
from bfbot.desk import review
from bfbot.domain.localtime import wall_to_utc
from bfbot.domain.states import PostState
from bfbot.domain.week import Week
from bfbot.ledger import posts
from bfbot.library import current_revision
from bfbot.measuring.measure import measure_due
from bfbot.measuring.occasions import AGES
from bfbot.planning.plan import plan_ahead
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from bfbot.reporting.weekly import draft_due
from bfbot.sample.people import DEMO_APPROVER

WEEKS = 8
PRACTISED = frozenset({0, 2, 3})
"""Days of the week, Monday is 0, on which the past has posts: charts need eight weeks, not every day of them."""
WORKER = "sample"
LATELY = timedelta(days=5)
DRAFTED_AFTER = timedelta(hours=9)
CONFIRMED = "Checked for the sample: no later figure has been published by the source."


def make_history(now: datetime, say: Callable[[str], None]) -> int:
    """Fill the weeks up to `now` that have no post yet; returns how many posts went out.

    `say` is told of each week. One transaction: a sample half made is no sample.
    """
    zone = next(iter(current_revision(now).campaigns.values())).zone
    done = posts.listing(until=now, newest_first=True, most=1)
    weeks = [Week.of(now, zone).back(back) for back in range(WEEKS, -1, -1)]
    if done:
        weeks = [week for week in weeks if week.opens > done[0].scheduled_for]
    published: list[datetime] = []
    with transaction.atomic(), _quietly():
        for week in weeks:
            say(f"  practising the week of {week.monday:%-d %B %Y}")
            for opens, closes in _days(week, now):
                published += _live_through(opens, closes)
        _measure(published, weeks, now)
        for week in weeks[-2:]:  # as on the last two Monday mornings: there is a report at any hour of a Monday
            if week.opens + DRAFTED_AFTER <= now:
                draft_due(week.opens + DRAFTED_AFTER)
    return len(published)


def _days(week: Week, now: datetime) -> list[tuple[datetime, datetime]]:
    """The practised days of the week up to `now`, each by itself: a short queue is soon looked through."""
    starts = [wall_to_utc(week.monday + timedelta(days=n), time(), week.zone) for n in range(8)]
    days = [(starts[n], min(starts[n + 1], now)) for n in sorted(PRACTISED)]
    return [(opens, closes) for opens, closes in days if opens < closes]


def _live_through(opens: datetime, closes: datetime) -> list[datetime]:
    """A time's posts planned, approved and published; gives the moments at which they went out."""
    plan_ahead(opens, ahead=closes - opens)
    for post in posts.listing(states=[PostState.IN_REVIEW], from_time=opens, until=closes):
        review.approve(post.id, actor=DEMO_APPROVER, now=opens + timedelta(minutes=1), confirmed=CONFIRMED)
    moments = []
    for post in posts.listing(states=[PostState.APPROVED], from_time=opens, until=closes):
        at = post.scheduled_for
        for account in release_due(at):
            drain(account, clock=_stopped_at(at), worker=WORKER)
        moments.append(at)
    release_due(closes)
    return moments


@contextmanager
def _quietly() -> Iterator[None]:
    """Two hundred lines about practice posts of the past tell nobody anything."""
    log = logging.getLogger("bfbot")
    before = log.level
    log.setLevel(logging.WARNING)
    try:
        yield
    finally:
        log.setLevel(before)


def _measure(published: list[datetime], weeks: list[Week], now: datetime) -> None:
    """Take the figures at the moments at which they would have fallen due, in order.

    Those of a post's first hours are left out where nobody will look at them any more.
    """
    moments = {
        _next_beat(at + age.after, age.grace)
        for at in published
        for age in AGES
        if age.after >= timedelta(days=1) or at >= now - LATELY
    }
    moments |= {week.closes for week in weeks}
    for moment in sorted(one for one in moments if one <= now):
        measure_due(moment, connect=partial(connect, clock=_stopped_at(moment)))


def _stopped_at(moment: datetime) -> Callable[[], datetime]:
    """A clock for which it is always `moment`."""
    return lambda: moment


def _next_beat(moment: datetime, beat: timedelta) -> datetime:
    """The next full `beat`: many posts are measured in one pass, none so late that it is too late for its age."""
    seconds = int(beat.total_seconds())
    return datetime.fromtimestamp(-(-moment.timestamp() // seconds) * seconds, UTC)
