"""When a post's figures are due. Pure.

Ages: 1, 6, 24 and 72 hours, 7 and 28 days after publication. Each has a grace: later than that the figures would
not be those of that age any more, so the occasion passes unmeasured, which is unknown and never zero.

Week close: every post younger than 35 days, at the end of the week in the campaign's zone, so that the week's gain
is known. On time means within two hours of it. A machine that slept over the weekend takes it at its first
chance in two days; the figures keep their true time and the report prints it. After that they are not taken.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bfbot.domain.localtime import local
from bfbot.domain.week import Week


@dataclass(frozen=True)
class Age:
    """An occasion by age: due `after` publication, taken until `grace` later."""

    name: str
    after: timedelta
    grace: timedelta


AGES = (
    Age("1h", timedelta(hours=1), timedelta(minutes=30)),
    Age("6h", timedelta(hours=6), timedelta(hours=2)),
    Age("1d", timedelta(days=1), timedelta(hours=6)),
    Age("3d", timedelta(days=3), timedelta(hours=12)),
    Age("7d", timedelta(days=7), timedelta(days=1)),
    Age("28d", timedelta(days=28), timedelta(days=2)),
)

YOUNG = timedelta(days=35)
"""A post younger than this at a week's close is measured then."""

WEEK_GRACE = timedelta(days=2)
ASKED = "asked"
"""The occasion of figures that a person asked for."""


def week_occasion(week: Week) -> str:
    """The name of a week's close, `week:2026-W47`."""
    return f"week:{week}"


def due_occasions(published_at: datetime, taken: Collection[str], now: datetime, zone: str) -> tuple[str, ...]:
    """The occasions for which a post's figures are due at `now` and not yet taken; oldest first."""
    by_age = tuple(
        age.name
        for age in AGES
        if age.name not in taken and age.after <= now - published_at < age.after + age.grace
    )
    closed = Week.of(now, zone).back(1)
    name = week_occasion(closed)
    in_time = now - closed.closes < WEEK_GRACE
    young = timedelta(0) < closed.closes - published_at < YOUNG
    return (*by_age, name) if name not in taken and in_time and young else by_age


@dataclass(frozen=True)
class Span:
    """Posts that went out from `first` to `last` (both included) may be due for that occasion."""

    occasion: str
    first: datetime
    last: datetime


def spans(now: datetime, zones: Iterable[str]) -> list[Span]:
    """Everything that `due_occasions` may name at `now`, so that only those posts are looked at one by one."""
    found = [Span(age.name, now - age.after - age.grace, now - age.after) for age in AGES]
    for zone in sorted(set(zones)):
        closed = Week.of(now, zone).back(1)
        if now - closed.closes < WEEK_GRACE:
            found.append(Span(week_occasion(closed), closed.closes - YOUNG, closed.closes))
    return found


def due_day(last_day: date | None, now: datetime, zone: str) -> date | None:
    """The local day for which an account's own figures are due; None when the day has its figures."""
    today = local(now, zone).date()
    return today if last_day is None or last_day < today else None
