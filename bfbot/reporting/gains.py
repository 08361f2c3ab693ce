"""What a week brought: differences of cumulative figures, added only where they are known. Pure.

Null is not zero: a missing figure leaves the gain unknown, and a total says of how many posts it knows.
A fall is a restatement by the network. It counts in the total, so that weeks add up to what the network
says today, and it is shown apart. Reach has no gain and no total.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from bfbot.domain.snapshot import PostFigures
from bfbot.domain.week import Week
from bfbot.reporting.material import ENGAGEMENT_FIELDS, Channel, Sent

MEASURES = ("impressions", "engagements", "clicks")
YOUNG = timedelta(days=35)
"""Older posts are not measured at the week's close, so they are not part of the week's figures."""


@dataclass(frozen=True)
class Total:
    """A sum over the `known` of `of` posts; `value` is None when none is known. `restated` is the falls in it."""

    value: int | None
    known: int
    of: int
    restated: int = 0

    @property
    def complete(self) -> bool:
        return self.value is not None and self.known == self.of


def measured_in(sent: Sent, week: Week) -> bool:
    """Whether a post's figures belong to the week: out before its close, young then, and still live then."""
    gone = sent.deleted_at is not None and sent.deleted_at < week.closes
    return not gone and timedelta(0) < week.closes - sent.published_at < YOUNG


def published_in(sent: Sent, week: Week) -> bool:
    """Whether it is one of the week's posts. A post that was deleted before the close is counted apart."""
    return sent.published_at in week and not (sent.deleted_at is not None and sent.deleted_at < week.closes)


def gain(sent: Sent, measure: str, week: Week) -> int | None:
    """What the week added to a post's `measure` (impressions | engagements | clicks); None where unknown."""
    closing = sent.taken(f"week:{week}")
    if closing is None:
        return None
    if sent.published_at >= week.opens:
        return value_of(closing.figures, measure)
    opening = sent.taken(f"week:{week.back(1)}")
    if opening is None:
        return None
    if measure == "engagements" and _parts(opening.figures) != _parts(closing.figures):
        return None  # the network gave other kinds of engagement then: no difference can be told
    before, after = value_of(opening.figures, measure), value_of(closing.figures, measure)
    return None if before is None or after is None else after - before


def value_of(figures: PostFigures, measure: str) -> int | None:
    """A cumulative figure by the measure's name."""
    value: int | None = getattr(figures, measure)
    return value


def _parts(figures: PostFigures) -> frozenset[str]:
    return frozenset(name for name in ENGAGEMENT_FIELDS if getattr(figures, name) is not None)


def add_up(values: Iterable[int | None]) -> Total:
    """The sum of what is known."""
    every = list(values)
    known = [value for value in every if value is not None]
    return Total(
        value=sum(known) if known else None,
        known=len(known),
        of=len(every),
        restated=sum(value for value in known if value < 0),
    )


def week_total(sent: Iterable[Sent], channels: dict[str, Channel], measure: str, week: Week) -> Total:
    """The week's gain of a measure over the posts whose network publishes it."""
    return add_up(
        gain(one, measure, week)
        for one in sent
        if one.account in channels and channels[one.account].publishes(measure) and measured_in(one, week)
    )


@dataclass(frozen=True)
class Rate:
    """Engagements by impressions: sum by sum, over the `known` of `of` posts that have both."""

    value: float | None
    known: int
    of: int


def week_rate(sent: Iterable[Sent], week: Week) -> Rate:
    """Never an average of rates. None where no post has both, or where nothing was shown."""
    pairs = [(gain(one, "engagements", week), gain(one, "impressions", week)) for one in sent]
    both = [(one, shown) for one, shown in pairs if one is not None and shown is not None]
    shown = sum(pair[1] for pair in both)
    value = round(sum(pair[0] for pair in both) / shown, 4) if shown > 0 else None
    return Rate(value, len(both), len(pairs))
