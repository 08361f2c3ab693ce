"""How far the campaign is with its goals, against an even pace. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time, timedelta

from bfbot.domain.campaign import Goal
from bfbot.domain.localtime import wall_to_utc
from bfbot.domain.week import Week
from bfbot.reporting.gains import Total, add_up, value_of
from bfbot.reporting.material import Material, Sent


@dataclass(frozen=True)
class GoalProgress:
    """`reached` up to the week's close, over the posts since the goal began; `expected` at an even pace.

    `share` and `expected_share` are parts of the target, 0 to 1 and beyond.
    """

    goal: Goal
    reached: Total
    expected: float
    share: float | None
    expected_share: float


def progress(material: Material) -> tuple[GoalProgress, ...]:
    """One for each goal that had begun by the week's close."""
    return tuple(
        _at_close(material, goal, material.week)
        for goal in material.campaign.goals
        if goal.from_day < material.week.monday + timedelta(days=7)
    )


def _at_close(material: Material, goal: Goal, week: Week) -> GoalProgress:
    """The goal's state at the close of a week."""
    expected_share = even_share(goal, week)
    reached = reached_by(material, goal, week)
    return GoalProgress(
        goal=goal,
        reached=reached,
        expected=round(goal.target * expected_share, 1),
        share=round(reached.value / goal.target, 4) if reached.value is not None and goal.target else None,
        expected_share=round(expected_share, 4),
    )


def even_share(goal: Goal, week: Week) -> float:
    """The part of the goal's days that has passed at the week's close, 0 to 1."""
    whole = (goal.until_day - goal.from_day).days + 1
    passed = (week.monday + timedelta(days=7) - goal.from_day).days
    return min(max(passed / whole, 0.0), 1.0) if whole > 0 else 1.0


def reached_by(material: Material, goal: Goal, week: Week) -> Total:
    """Posts counted, or the latest known cumulative figures of the posts that went out since the goal began."""
    zone = material.campaign.zone
    begins = wall_to_utc(goal.from_day, time(0), zone)
    ends = min(wall_to_utc(goal.until_day + timedelta(days=1), time(0), zone), week.closes)
    within = [one for one in material.sent if begins <= one.published_at < ends]
    if goal.measure == "posts":
        live = sum(one.deleted_at is None or one.deleted_at >= week.closes for one in within)
        return Total(live, live, live)
    telling = [
        one
        for one in within
        if one.account in material.by_account and material.by_account[one.account].publishes(goal.measure)
    ]
    if not telling:
        return Total(None if within else 0, 0, 0)
    return add_up(_latest(one, goal.measure, week) for one in telling)


def _latest(sent: Sent, measure: str, week: Week) -> int | None:
    """The last figure known at the week's close: cumulative, so an older one is too low but never wrong."""
    known = [
        value
        for one in sent.snapshots
        if one.taken_at <= week.closes or one.occasion == f"week:{week}"
        if (value := value_of(one.figures, measure)) is not None
    ]
    return known[-1] if known else None
