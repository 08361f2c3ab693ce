"""Make the sample workspace ready, under its lock and on its migrated database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from bfbot.config import config
from bfbot.ledger import posts
from bfbot.planning.plan import plan_ahead
from bfbot.reporting.weekly import draft_due
from bfbot.sample.history import make_history
from bfbot.sample.newsroom import open_newsroom
from bfbot.sample.opening import open_the_day
from bfbot.sample.people import add_people

FUTURE = timedelta(days=9)


def prepare(clock: Callable[[], datetime], say: Callable[[str], None]) -> None:
    """History where it is missing, then the first minute. Quick when the sample is there already."""
    now = clock()
    add_people(now)
    newest = posts.listing(newest_first=True, most=1)
    if newest and newest[0].scheduled_for > now + FUTURE:
        say("This computer's clock has gone back since the sample was made. Delete the folder to make it anew.")
    if not posts.listing(from_time=now - timedelta(days=7), until=now, most=1):
        say("Making the sample workspace: eight weeks of practice posts and their figures.")
        make_history(now, say)
    now = clock()  # the first minute begins when the past is made
    open_the_day(now)
    plan_ahead(now)
    draft_due(now)
    open_newsroom(config().home, now)
