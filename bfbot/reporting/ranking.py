"""The week's best and weakest posts, compared at one age: 72 hours. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from bfbot.reporting.gains import published_in
from bfbot.reporting.material import Channel, Material, Sent

AT_AGE = "3d"
AGE = timedelta(hours=72)
MINIMUM_VIEWS = 100
SHOWN = 3


@dataclass(frozen=True)
class Ranked:
    """A post with its figures at 72 hours; `rate` is None where the ranking goes by interactions alone."""

    sent: Sent
    channel: Channel
    impressions: int | None
    engagements: int
    rate: float | None


@dataclass(frozen=True)
class Ranking:
    """`best` and `weakest` begin with the extreme and never share a post.

    `by` is rate | engagements. Left out: `young` posts are not 72 hours old, `unknown` ones lack figures of
    that age, `small` ones had fewer views than the minimum, `no_views` are on networks that publish none.
    """

    by: str
    best: tuple[Ranked, ...]
    weakest: tuple[Ranked, ...]
    ranked: int
    of: int
    young: int
    unknown: int
    small: int
    no_views: int


def rank(material: Material) -> Ranking:
    """By engagement rate; by interactions where no network of the week's posts publishes views."""
    posts = [
        one for one in material.sent if published_in(one, material.week) and one.account in material.by_account
    ]
    by_rate = any(material.by_account[one.account].publishes("impressions") for one in posts)
    ranked: list[Ranked] = []
    left = {"young": 0, "unknown": 0, "small": 0, "no_views": 0}
    for one in posts:
        entry = _entry(material, one, by_rate)
        if isinstance(entry, Ranked):
            ranked.append(entry)
        else:
            left[entry] += 1
    ranked.sort(key=lambda entry: (-_value(entry), entry.sent.published_at, entry.sent.id))
    best = ranked[:SHOWN]
    weakest = ranked[len(best) :][-SHOWN:][::-1]
    return Ranking(
        by="rate" if by_rate else "engagements",
        best=tuple(best),
        weakest=tuple(weakest),
        ranked=len(ranked),
        of=len(posts),
        **left,
    )


def _entry(material: Material, sent: Sent, by_rate: bool) -> Ranked | str:
    """The post's figures at 72 hours, or why it cannot be compared."""
    channel = material.by_account[sent.account]
    if by_rate and not channel.publishes("impressions"):
        return "no_views"
    taken = sent.taken(AT_AGE)
    if taken is None:
        return "young" if material.now - sent.published_at < AGE else "unknown"
    views, interactions = taken.figures.impressions, taken.figures.engagements
    if interactions is None or (by_rate and views is None):
        return "unknown"
    if not by_rate or views is None:
        return Ranked(sent, channel, views, interactions, None)
    if views < MINIMUM_VIEWS:
        return "small"
    return Ranked(sent, channel, views, interactions, round(interactions / views, 4))


def _value(entry: Ranked) -> float:
    return entry.engagements if entry.rate is None else entry.rate
