"""What changed and what to do, in sentences that claim no more than the figures bear. Pure."""

from __future__ import annotations

from collections import Counter

from bfbot.reporting.comparing import Compared
from bfbot.reporting.report import WeeklyReport
from bfbot.reporting.wording import NAMES, count, listed, number, part

MOST_TO_DO = 4


def what_changed(report: WeeklyReport) -> str:
    """Two or three sentences on posts, views and interactions."""
    if not report.over:
        return "This week is not over. Its figures are read when it closes on Sunday night."
    said = [_posts(report.measure("posts"))]
    said += [_measure(report, report.measure(name)) for name in ("impressions", "engagements")]
    return " ".join(one for one in said if one)


def _posts(posts: Compared) -> str:
    now = posts.now.value or 0
    went = f"{count(now, 'post')} went out" if now else "No posts went out"
    if posts.before is None:
        return f"{went}, in the campaign’s first week." if now else f"{went}."
    if not posts.change:
        return f"{went}, as many as the week before." if now else f"{went}, as in the week before."
    return f"{went}, {abs(posts.change):,} {'more' if posts.change > 0 else 'fewer'} than the week before."


def _measure(report: WeeklyReport, one: Compared) -> str:
    name = NAMES[one.measure]
    if one.now.of == 0:
        publishes = any(row.channel.publishes(one.measure) for row in report.channels)
        return "" if publishes else f"No network here publishes {name.lower()}."
    if one.now.value is None:
        return f"{name} are not known: no figures were read at the week’s close."
    value = number(one.now.value)
    if not one.now.complete:
        return f"{name} came to {value} on {one.now.known} of {one.now.of} posts; the others are not known."
    if one.before is None:
        return f"{name} came to {value}."
    if one.change is None:
        return f"{name} came to {value}; the week before is not fully known, so they are not compared."
    if one.new:
        return f"{name} came to {value}: new, after none the week before."
    if one.change == 0:
        return f"{name} stayed at {value}."
    move = "rose" if one.change > 0 else "fell"
    by = number(abs(one.change))
    percent = f" ({abs(one.percent):g}%)" if one.percent is not None else ""
    return f"{name} {move} by {by}{percent} to {value}."


def what_to_do(report: WeeklyReport) -> list[str]:
    """The most pressing first, at most four; empty when nothing needs anybody."""
    outcomes = Counter(one.outcome for one in report.unsent)
    late = sum(outcomes[name] for name in ("missed", "not_approved", "paused"))
    to_do = []
    if outcomes["unknown"]:
        to_do.append(f"Check {count(outcomes['unknown'], 'post')} that may be live.")
    if outcomes["failed"]:
        to_do.append(f"Mend or cancel {count(outcomes['failed'], 'post')} that the network refused.")
    if late:
        to_do.append(f"Give {count(late, 'unsent post')} a new time, or cancel.")
    if report.over:
        missing = [one.channel.label for one in report.channels if not one.complete]
        if missing:
            to_do.append(f"See why figures are missing for {listed(missing)}.")
    waiting = sum(one.waiting for one in report.ahead)
    if waiting:
        to_do.append(f"Approve {count(waiting, 'post')} of next week.")
    to_do += [
        f"Catch up on {NAMES[one.goal.measure].lower()}: {part(one.share)} of the goal is reached, "
        f"{part(one.expected_share)} of its time is gone."
        for one in report.goals
        if one.share is not None and one.share < one.expected_share * 0.9
    ]
    silent = [one.name for one in report.themes if one.id is not None and one.posts == 0]
    if silent and len(silent) < len(report.themes):
        to_do.append(f"Post on {listed(silent)}: no posts this week.")
    return to_do[:MOST_TO_DO]
