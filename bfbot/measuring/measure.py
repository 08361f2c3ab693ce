"""Ask the networks for figures and store what they say. What they do not say is left out: unknown, never zero."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial

from bfbot.config import config
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account
from bfbot.domain.snapshot import Snapshot
from bfbot.errors import BfbotError
from bfbot.ledger import snapshots
from bfbot.ledger.snapshots import Live
from bfbot.measuring.adding import whole_post
from bfbot.measuring.occasions import ASKED, YOUNG, due_day, due_occasions, spans
from bfbot.platforms.base import Measurable, Platform

log = logging.getLogger(__name__)

Connect = Callable[[Account], Platform]


@dataclass(frozen=True)
class Counts:
    """What a pass stored of posts and of accounts, and which accounts gave no answer, with why."""

    posts: int
    accounts: int
    failed: Mapping[str, str]


@dataclass(frozen=True)
class _Wanted:
    """A post to measure, and the occasions for which its figures will stand."""

    live: Live
    occasions: tuple[str, ...]


def measure_due(now: datetime, *, revision: Revision | None = None, connect: Connect | None = None) -> Counts:
    """Take every figure that is due at `now`; safe to run twice, an occasion is stored once.

    `revision` and `connect` stand in for the team's files and the networks where somebody brings their own.
    """
    revision = revision or _revision(now)
    wanted = []
    zones = {one.zone for one in revision.campaigns.values()} | {config().timezone}
    maybe = {one for span in spans(now, zones) for one in snapshots.untaken(span.occasion, span.first, span.last)}
    for live in snapshots.live(deliveries=maybe):
        occasions = due_occasions(live.published_at, live.taken, now, _zone(revision, live.campaign))
        if occasions:
            wanted.append(_Wanted(live, occasions))
    last = snapshots.last_account_days()
    days = {}
    for account in revision.accounts.values():
        zone = _zone(revision, account.campaigns[0] if account.campaigns else "")
        day = due_day(last.get(account.id), now, zone)
        if day is not None:
            days[account.id] = day
    return _take(wanted, days, now, revision, connect)


def measure_now(
    post_ids: Collection[int] | None,
    now: datetime,
    *,
    revision: Revision | None = None,
    connect: Connect | None = None,
) -> Counts:
    """Figures that a person asked for: of these posts, or (None) of every post younger than 35 days."""
    since = now - YOUNG if post_ids is None else None
    wanted = [_Wanted(live, (ASKED,)) for live in snapshots.live(since=since, posts=post_ids)]
    return _take(wanted, {}, now, revision or _revision(now), connect)


def _take(
    wanted: Iterable[_Wanted],
    days: Mapping[str, date],
    now: datetime,
    revision: Revision,
    connect: Connect | None,
) -> Counts:
    """One account after the other; what fails on one leaves the others alone."""
    by_account: dict[str, list[_Wanted]] = defaultdict(list)
    for one in wanted:
        by_account[one.live.account].append(one)
    connect = connect or partial(_connect, now=now)
    posts = accounts = 0
    failed: dict[str, str] = {}
    for account_id in sorted({*by_account, *days}):
        account = revision.accounts.get(account_id)
        if account is None:
            failed[account_id] = "This account is no longer in the team's files."
            continue
        try:
            platform = connect(account)
            if not isinstance(platform, Measurable):
                continue
            posts += _take_posts(platform, by_account[account_id], now)
            if account_id in days:
                accounts += _take_account(platform, days[account_id], now)
        except BfbotError as error:
            failed[account_id] = str(error)
            log.warning("no figures from %s: %s", account_id, error)
    return Counts(posts, accounts, failed)


def _take_posts(platform: Measurable, wanted: list[_Wanted], now: datetime) -> int:
    if not wanted:
        return 0
    parts = snapshots.remote_ids(one.live.delivery_id for one in wanted)
    figures = platform.measure([remote_id for ids in parts.values() for remote_id in ids])
    practice = _practice(platform)
    found = []
    for one in wanted:
        whole = whole_post(parts.get(one.live.delivery_id, ()), figures)
        if whole is None:
            continue
        found += [Snapshot(one.live.delivery_id, now, name, whole, practice) for name in one.occasions]
    return snapshots.add_all(found)


def _take_account(platform: Measurable, day: date, now: datetime) -> int:
    taken = replace(platform.measure_account(now), practice=_practice(platform))
    return int(snapshots.add_account(taken, day))


def _practice(platform: Measurable) -> bool:
    """Practice figures carry their mark from the first moment on."""
    limits = getattr(platform, "limits", None)
    return config().sample or bool(limits and limits.practice)


def _zone(revision: Revision, campaign_id: str) -> str:
    campaign = revision.campaigns.get(campaign_id)
    return campaign.zone if campaign else config().timezone


def _revision(now: datetime) -> Revision:
    from bfbot.library import current_revision

    return current_revision(now)


def _connect(account: Account, now: datetime) -> Platform:
    """The account's adapter, for which it is `now`."""
    from bfbot.accounts.connection import connect

    return connect(account, clock=lambda: now)
