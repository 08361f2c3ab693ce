"""This week against the last one and the four before it, and what may be claimed of it. Pure.

A change is told only between two complete figures. Previous 0 is "new". Under 5 posts in either week there is
no percentage: it would be noise.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bfbot.domain.week import Week
from bfbot.reporting.gains import MEASURES, Total, published_in, week_total
from bfbot.reporting.material import Material

ENOUGH_POSTS = 5
WEEKS_BACK = 4


@dataclass(frozen=True)
class Compared:
    """A measure over all channels that publish it. `median` is that of the `median_of` known of four weeks."""

    measure: str  # posts | impressions | engagements | clicks
    now: Total
    before: Total | None  # None: the campaign had posted nothing before this week
    change: int | None
    percent: float | None
    new: bool
    median: float | None
    median_of: int


def week_values(material: Material, measure: str, week: Week) -> Total | None:
    """A week's total, or None for a week that lies before the campaign's first post."""
    first = min((one.published_at for one in material.sent), default=None)
    if first is None or first >= week.closes:
        return None
    if measure == "posts":
        posts = sum(published_in(one, week) for one in material.sent)
        return Total(posts, posts, posts)
    return week_total(material.sent, material.by_account, measure, week)


def compare(material: Material) -> tuple[Compared, ...]:
    """Posts, impressions, engagements and clicks."""
    return tuple(_compared(material, measure) for measure in ("posts", *MEASURES))


def _compared(material: Material, measure: str) -> Compared:
    week = material.week
    now = week_values(material, measure, week) or Total(0 if measure == "posts" else None, 0, 0)
    earlier = [week_values(material, measure, week.back(weeks)) for weeks in range(1, WEEKS_BACK + 1)]
    posts = [week_values(material, "posts", one) for one in (week, week.back(1))]
    enough = all(one is not None and (one.value or 0) >= ENOUGH_POSTS for one in posts)
    change, percent, new = change_between(now, earlier[0], enough)
    known = complete_values(earlier)
    return Compared(
        measure=measure,
        now=now,
        before=earlier[0],
        change=change,
        percent=percent,
        new=new,
        median=median(known) if known else None,
        median_of=len(known),
    )


def complete_values(totals: Sequence[Total | None]) -> list[int]:
    """The values of complete weeks; an incomplete one would pull a median down."""
    return [one.value for one in totals if one is not None and one.complete and one.value is not None]


def change_between(now: Total, before: Total | None, enough: bool) -> tuple[int | None, float | None, bool]:
    """(difference, per cent, whether it is new); `enough` says whether both weeks bear a percentage."""
    if before is None or not (now.complete and before.complete):
        return None, None, False
    assert now.value is not None
    assert before.value is not None
    difference = now.value - before.value
    if before.value == 0:
        return difference, None, now.value > 0
    percent = round(100 * difference / before.value, 1) if enough and before.value > 0 else None
    return difference, percent, False
