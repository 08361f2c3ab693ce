"""What the ledger and the files know of everything that may be worth an alert."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from bfbot.accounts.connection import states
from bfbot.alerts import silence
from bfbot.alerts.decide import APPROVE_BEFORE
from bfbot.alerts.seen import FeedSeen, KeySeen, ReviewSeen, Seen
from bfbot.config import config
from bfbot.desk.muted import muted_accounts
from bfbot.desk.unsigned import unsigned
from bfbot.domain.figures import figure_text
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.localtime import local
from bfbot.domain.release import FeedMemory
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.domain.sending import AccountStanding
from bfbot.domain.states import PostState
from bfbot.domain.watching import HeldBack, Unsigned
from bfbot.ledger import account_states, candidates, holds, releases, rhythm, watching
from bfbot.library import current_revision
from bfbot.rules.facts import to_review


def gather(now: datetime, *, clock_age: timedelta | None, backup_at: datetime | None) -> Seen:
    """`clock_age` and `backup_at` as in Seen: the engine knows them."""
    revision = current_revision(now)
    memories, standing, newest = releases.memories(), holds.standing(now), rhythm.newest()
    stopped = [
        *(one for one in account_states.stopped() if one.account in revision.accounts),
        *_keyless(revision),
    ]
    soon = watching.soon(now, APPROVE_BEFORE)
    joint = unsigned({post: one.signature for post, one in soon.items()}, revision)
    missing = {one.post.id: one for one in joint if one.post is not None}
    return Seen(
        stuck=watching.stuck(),
        held=_held(watching.held_back(now), {one.account for one in stopped}, standing, revision),
        unapproved=[
            replace(one, unsigned=missing[one.post].waiting if one.post in missing else ())
            for one in watching.unapproved(now, APPROVE_BEFORE)
        ],
        unsigned=[
            Unsigned(post, soon[post].due_at, one.post.text, one.waiting)
            for post, one in missing.items()
            if one.post is not None and one.post.state is PostState.APPROVED
        ],
        stopped=stopped,
        keys=[KeySeen(one.id, one.key_until) for one in revision.accounts.values() if one.key_until is not None],
        feeds=[
            _feed(one, memories.get(one.id, FeedMemory(one.id)), standing, newest.get(one.id), now)
            for one in revision.feeds.values()
        ],
        clock_age=clock_age,
        backup_at=backup_at,
        reviews=_reviews(revision, now),
    )


def _held(
    found: list[HeldBack], stopped: Collection[str], standing: list[Hold], revision: Revision
) -> list[HeldBack]:
    """Without what is meant to wait, and what is told otherwise: of an account that is stopped or muted, or of a
    pause that came after the rule had spoken."""
    muted = muted_accounts(revision) if any(one.by_itself for one in found) else frozenset()
    return [
        one
        for one in found
        if one.account not in stopped
        and not (one.by_itself and one.account in muted)
        and not any(
            hold.covers(campaign=one.campaign, account=one.account, post=one.post, automatic=one.automatic)
            for hold in standing
        )
    ]


def _keyless(revision: Revision) -> list[AccountStanding]:
    """Accounts whose key is not there although they have something to send: it waits, and its window runs out."""
    waiting = account_states.standing_of(candidates.accounts_with_due())
    lacking = {one.id: one.problem for one in states(revision) if one.problem}
    return [
        AccountStanding(one.account, stopped_reason=lacking[one.account])
        for one in waiting.values()
        if one.account in lacking and not one.stopped_reason and one.live_since is not None
    ]


def _reviews(revision: Revision, now: datetime) -> list[ReviewSeen]:
    days: defaultdict[date, list[str]] = defaultdict(list)
    for one in to_review(revision, local(now, config().timezone).date()):
        if one.review_by is not None:
            days[one.review_by].append(f"{figure_text(one)} ({one.measure}, {one.id})")
    return [ReviewSeen(found, day) for day, found in days.items()]


def _feed(
    feed: Feed, memory: FeedMemory, standing: list[Hold], newest: datetime | None, now: datetime
) -> FeedSeen:
    since = silence.since(newest, memory.primed_at)
    pausing = {(Scope.EVERYTHING, ""), (Scope.FEED, feed.id), *((Scope.CAMPAIGN, one) for one in feed.campaigns)}
    return FeedSeen(
        feed=feed.id,
        every=feed.every,
        read_at=memory.last_ok_at,
        tried_at=memory.last_polled_at,
        failures=memory.failures,
        error=memory.last_error,
        disabled=memory.disabled_reason,
        paused=any((one.scope, one.scope_id) in pausing for one in standing),
        silent_since=since,
        long=feed.quiet_after or _habit(feed.id, since, now),
    )


def _habit(feed: str, since: datetime | None, now: datetime) -> timedelta | None:
    """Looked up only where it may matter: most feeds brought something this week."""
    if since is None or now - since <= silence.LEAST:
        return None
    return silence.habit(rhythm.released(feed, silence.LOOKED_AT))
