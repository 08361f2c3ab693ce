"""`once`: every unit of work one time, in the order in which data flows, and then the end."""

from __future__ import annotations

from dataclasses import dataclass, field

from bfbot.desk.clips_ahead import prepare_library
from bfbot.desk.corrections import recheck_all
from bfbot.desk.link_check import check_due
from bfbot.engine.process import workspace
from bfbot.engine.units import utc_now
from bfbot.errors import FeedFailed
from bfbot.measuring.measure import measure_due
from bfbot.news.poll import due_feeds, poll
from bfbot.planning.plan import plan_ahead
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import rescue
from bfbot.publishing.release import release_due
from bfbot.reporting.weekly import draft_due


@dataclass
class Pass:
    """What was done, by its name; `failed` says which feeds and accounts gave no answer, and why."""

    done: dict[str, int] = field(default_factory=dict)
    failed: dict[str, str] = field(default_factory=dict)


def once() -> Pass:
    """Read back, poll, plan, publish what is due, measure, draft reports. What fails leaves the rest alone."""
    one = Pass()
    with workspace() as worker:
        prepare_library(utc_now())  # beside the rest; who called this waits for it when all else is done
        settled = rescue(utc_now, worker)
        one.done["releases"] = _read_feeds(one)
        one.done["rechecked"] = len(recheck_all(utc_now()).back)
        one.done["planned"] = plan_ahead(utc_now())
        one.done["published"] = sum(drain(account, utc_now, worker) for account in release_due(utc_now()))
        taken = measure_due(utc_now())
        one.failed.update(taken.failed)
        one.done["measured"] = taken.posts
        one.done["settled"] = settled + rescue(utc_now, worker)
        release_due(utc_now())  # what is all out is closed
        one.done["links"] = check_due(utc_now())
        one.done["reports"] = len(draft_due(utc_now()))
    return one


def _read_feeds(one: Pass) -> int:
    found = 0
    for feed in due_feeds(utc_now()):
        try:
            found += len(poll(feed, utc_now()).new)
        except FeedFailed as error:
            one.failed[feed] = str(error)
    return found
