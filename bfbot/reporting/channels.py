"""Each channel's week. Reach is a network's own figure or an honest range, and never added. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bfbot.domain.snapshot import AccountSnapshot
from bfbot.domain.week import Week
from bfbot.reporting.gains import (
    MEASURES,
    Rate,
    Total,
    measured_in,
    published_in,
    week_rate,
    week_total,
)
from bfbot.reporting.material import Channel, Material, Sent

_NEAR_CLOSE = timedelta(days=2)


@dataclass(frozen=True)
class Reach:
    """How many people, as far as it can be known.

    `figure` is the network's own for `window`. Else `least` and `most` bound the people who saw any of the
    week's posts: at least those of the most seen post, at most all of them told apart. All None: not available.
    """

    figure: int | None = None
    window: str = ""
    least: int | None = None
    most: int | None = None


NO_REACH = Reach()


@dataclass(frozen=True)
class ChannelWeek:
    """A channel's row. `not_sent`: failed, missed, held or unconfirmed; `deleted`: taken down."""

    channel: Channel
    posts: int
    deleted: int
    not_sent: int
    impressions: Total
    engagements: Total
    clicks: Total
    rate: Rate
    reach: Reach
    followers: int | None
    complete: bool  # every post of the channel that is young enough has its figures for this week's close


def channel_week(material: Material, channel: Channel, week: Week) -> ChannelWeek:
    own = [one for one in material.sent if one.account == channel.account]
    measured = [one for one in own if measured_in(one, week)]
    totals = {name: week_total(own, {channel.account: channel}, name, week) for name in MEASURES}
    latest = nearest_close(
        [one for one in material.accounts if one.account == channel.account], week, channel.practice
    )
    return ChannelWeek(
        channel=channel,
        posts=sum(published_in(one, week) for one in own),
        deleted=sum(one.published_at in week and not published_in(one, week) for one in own),
        not_sent=sum(one.account == channel.account and one.outcome != "withdrawn" for one in material.unsent),
        impressions=totals["impressions"],
        engagements=totals["engagements"],
        clicks=totals["clicks"],
        rate=week_rate(measured, week),
        reach=week_reach(own, latest, week),
        followers=latest.followers if latest else None,
        complete=all(one.taken(f"week:{week}") is not None for one in measured),
    )


def nearest_close(taken: Sequence[AccountSnapshot], week: Week, practice: bool) -> AccountSnapshot | None:
    """The account's own figures nearest to the week's close, within two days of it."""
    near = [one for one in taken if one.practice == practice and abs(one.taken_at - week.closes) <= _NEAR_CLOSE]
    return min(near, key=lambda one: abs(one.taken_at - week.closes), default=None)


def week_reach(own: Sequence[Sent], latest: AccountSnapshot | None, week: Week) -> Reach:
    """The network's own figure; else the range over the week's posts, if every one of them has its reach."""
    if latest is not None and latest.reach is not None:
        return Reach(figure=latest.reach, window=latest.reach_window)
    posts = [one for one in own if published_in(one, week)]
    closing = [one.taken(f"week:{week}") for one in posts]
    known = [one.figures.reach for one in closing if one is not None and one.figures.reach is not None]
    if not known or len(known) < len(posts):
        return NO_REACH
    return Reach(window="this week's posts, up to the week's close", least=max(known), most=sum(known))


@dataclass(frozen=True)
class TakenAt:
    """When the figures of the week's close were read; `late` is what came more than two hours after it."""

    first: datetime | None
    last: datetime | None
    late: int


def taken_at(material: Material) -> TakenAt:
    week = material.week
    times = [one.taken_at for sent in material.sent for one in sent.snapshots if one.occasion == f"week:{week}"]
    late = sum(time - week.closes > timedelta(hours=2) for time in times)
    return TakenAt(min(times, default=None), max(times, default=None), late)
