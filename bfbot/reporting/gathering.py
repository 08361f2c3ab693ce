"""From the ledger to the material of a report. Reads, decides nothing but what belongs to the week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

from bfbot.config import config
from bfbot.domain.campaign import Campaign
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.localtime import wall_to_utc
from bfbot.domain.post import Delivery, Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState, PostState
from bfbot.domain.week import Week
from bfbot.errors import ConfigurationError
from bfbot.ledger import holds, posts, reports, snapshots
from bfbot.platforms.registry import limits_of, spec_of
from bfbot.reporting.gains import YOUNG
from bfbot.reporting.material import Channel, Coming, Material, Pause, Sent, Unsent
from bfbot.reporting.report import WEEKS_SHOWN

_DAY = timedelta(days=1)


def gather(campaign: Campaign, week: Week, now: datetime, revision: Revision) -> Material:
    """Everything of the campaign that the week's report needs. The week is read on the campaign's clock."""
    week = replace(week, zone=campaign.zone)
    rows = reports.published(campaign.id, _since(campaign, week), week.closes)
    figures = snapshots.of_deliveries(row.id for row in rows)
    texts = reports.texts([row.id for row in rows if row.published_at in week])
    channels = _channels(campaign, revision, [(row.account, row.platform) for row in rows])
    names = [one.account for one in channels]
    stored = reports.find(campaign.id, str(week))
    # A post's moment and its deliveries' may differ by a retry: a day on either side finds both.
    near = posts.listing(campaign=campaign.id, from_time=week.opens - _DAY, until=week.back(-1).closes + _DAY)
    standing = holds.standing(now)
    return Material(
        campaign=campaign,
        week=week,
        now=now,
        channels=channels,
        sent=[
            Sent(
                id=row.id,
                post_id=row.post_id,
                account=row.account,
                published_at=row.published_at,
                text=texts.get(row.id, ""),
                url=row.url,
                pillar=row.pillar,
                deleted_at=row.deleted_at,
                snapshots=tuple(figures.get(row.id, ())),
            )
            for row in rows
        ],
        unsent=[one for post in near for one in _unsent(post, week, now, standing)],
        coming=[one for post in near if (one := _coming(post, week.back(-1))) is not None],
        pauses=_pauses(holds.everything(most=500), campaign, names, week, now),
        accounts=snapshots.of_accounts(names, week.closes - 3 * _DAY, week.closes + 3 * _DAY),
        sample=config().sample,
        comment=stored.comment if stored else "",
        commented_by=stored.commented_by if stored else "",
    )


def _since(campaign: Campaign, week: Week) -> datetime:
    """Back to the oldest post that is young in the first week shown, or to the first goal's beginning."""
    begins = [wall_to_utc(goal.from_day, time(0), campaign.zone) for goal in campaign.goals]
    return min([week.back(WEEKS_SHOWN).opens - YOUNG, *begins])


def _channels(campaign: Campaign, revision: Revision, used: Iterable[tuple[str, str]]) -> tuple[Channel, ...]:
    """The campaign's accounts in the files' order, then those that it used and that are gone from the files."""
    own = {one.id: one.platform for one in revision.accounts.values() if campaign.id in one.campaigns}
    platforms = {**own, **{account: platform for account, platform in used if account not in own}}
    labels = {account: _label(account, platform, revision) for account, platform in platforms.items()}
    many = Counter(labels.values())
    channels = []
    for account, platform in platforms.items():
        try:
            limits = limits_of(platform)
            practice, gives = limits.practice, limits.metrics
        except ConfigurationError:  # a network that this version does not know any more
            practice, gives = False, frozenset()
        label = labels[account] if many[labels[account]] == 1 else f"{labels[account]} ({account})"
        channels.append(Channel(account, platform, label, practice or config().sample, gives))
    return tuple(channels)


def _label(account: str, platform: str, revision: Revision) -> str:
    named = revision.accounts.get(account)
    if named is not None and named.label:
        return named.label
    try:
        return spec_of(platform).label
    except ConfigurationError:
        return account


def _unsent(post: Post, week: Week, now: datetime, standing: Sequence[Hold]) -> list[Unsent]:
    found = []
    for one in post.deliveries:
        outcome = _outcome(post, one, now, standing) if one.due_at in week else ""
        if outcome:
            found.append(Unsent(one.account, post.text, outcome, one.due_at, one.error))
    return found


def _outcome(post: Post, one: Delivery, now: datetime, standing: Sequence[Hold]) -> str:
    """What became of a delivery that did not go out; "" for one that did, or that still may in its window."""
    if one.state is DeliveryState.MISSED:
        return one.reason if one.reason in {"not_approved", "paused"} else "missed"
    if one.perhaps_early and now < one.due_at:  # a restore put it in doubt; its time is still to come
        return ""
    if one.state in {DeliveryState.FAILED, DeliveryState.UNKNOWN, DeliveryState.WITHDRAWN}:
        return str(one.state)
    waiting = one.state in {DeliveryState.PLANNED, DeliveryState.DUE} and one.due_at <= now
    stopped = any(
        hold.covers(campaign=post.campaign, account=one.account, post=post.id, automatic=post.automatic)
        for hold in standing
    )
    return "held" if waiting and stopped else ""


def _coming(post: Post, week: Week) -> Coming | None:
    """The post as part of next week's plan, None where it is not: a draft is nobody's to approve yet."""
    gone = {DeliveryState.WITHDRAWN, DeliveryState.MISSED, DeliveryState.FAILED}
    days = [one.due_at for one in post.deliveries if one.due_at in week and one.state not in gone]
    if not days or post.state in {PostState.DRAFT, PostState.WITHDRAWN, PostState.REJECTED}:
        return None
    return Coming(post.id, min(days), post.state in {PostState.APPROVED, PostState.CLOSED})


def _pauses(
    every: Iterable[Hold], campaign: Campaign, accounts: Sequence[str], week: Week, now: datetime
) -> list[Pause]:
    """Stops by people that touched the week; oldest first."""
    found = []
    for one in every:
        touches = one.scope is Scope.EVERYTHING or one.scope_id in {
            Scope.CAMPAIGN: {campaign.id},
            Scope.ACCOUNT: set(accounts),
        }.get(one.scope, set())
        ended = min((end for end in (one.lifted_at, one.until) if end is not None and end <= now), default=None)
        if (
            touches
            and not one.automatic_only
            and one.starts_at < week.closes
            and (ended is None or ended > week.opens)
        ):
            found.append(Pause(one.reason, one.placed_by, one.starts_at, ended))
    return sorted(found, key=lambda one: one.starts_at)
