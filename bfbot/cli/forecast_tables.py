"""`bfbot forecast` for people: a heading and a table for each thing to know."""

from __future__ import annotations

import click

from bfbot.cli.output import print_table
from bfbot.cli.shapes import zone_of
from bfbot.config import config
from bfbot.domain.localtime import local
from bfbot.domain.revision import Revision
from bfbot.forecast.grouped import refused_for
from bfbot.forecast.outlook import Cost, Fate, Outlook
from bfbot.forecast.telling import COUNTED, cost_told, count_told, messages_told, span_told

WIDE = 64


def print_outlook(found: Outlook, revision: Revision) -> None:
    """What goes out first, then what is in its way."""
    zone = config().timezone
    click.echo(
        f"Look ahead from {local(found.from_time, zone):%-d %B %Y} to {local(found.until, zone):%-d %B %Y}, "
        "as things stand now. Nothing is stored or sent; releases that feeds will bring are not in it."
    )
    counts = ", ".join(f"{found.count(fate)} {COUNTED[fate]}" for fate in Fate)
    posts, times = count_told(len(found.lines), "post"), count_told(len(found.empty), "posting time")
    click.echo(f"{posts} ({counts}), {times} with nothing to say.")
    _head("What goes out where")
    print_table(
        ["when", "account", "outcome", "post", "text or reason"],
        [
            (
                local(one.at, zone_of(one.campaign, revision)),
                one.account,
                one.fate.value,
                one.post or one.message,
                _short(one.why[0].message if one.fate is Fate.STOPPED else one.text),
            )
            for one in found.lines
        ],
        "Nothing.",
    )
    _head("Posting times with nothing to say")
    print_table(
        ["when", "campaign", "posting time", "why"],
        [(local(one.at, zone_of(one.campaign, revision)), one.campaign, one.slot, one.why) for one in found.empty],
        "None.",
    )
    _head("Refused evergreen posts (where another one fits, it takes the turn)")
    print_table(
        ["evergreen posts", "rule", "when", "why", "what to do"],
        [
            (
                messages_told(one.messages),
                one.finding.rule,
                span_told(one, zone_of(one.campaign, revision)),
                one.finding.message,
                one.finding.mend,
            )
            for one in refused_for(found.passed_over)
        ],
        "None.",
    )
    _head("Themes")
    print_table(
        ["campaign", "theme", "posts", "evergreen posts", "longest silence"],
        [
            (
                one.campaign,
                one.name,
                "none" if one.starves else one.posts,
                one.messages,
                "a day" if one.silence == 1 else f"{one.silence} days",
            )
            for one in found.themes
        ],
        "No campaign has a theme.",
    )
    _head("Statistics that expire or fall due for review")
    print_table(
        ["day", "what", "statistic", "figure", "in posts"],
        [(f"{one.day:%-d %b %Y}", one.what, one.fact, one.figure, one.posts) for one in found.facts],
        "None.",
    )
    for cost in found.costs:
        _cost(cost)


def _cost(one: Cost) -> None:
    _head(f"Cost on {one.label}: an estimate")
    click.echo(cost_told(one))
    if len(one.months) > 1:
        click.echo(", ".join(f"{month:%b %Y} {amount:.2f}" for month, amount in one.months))


def _head(words: str) -> None:
    click.echo(f"\n{words}\n{'-' * len(words)}")


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDE else f"{line[: WIDE - 2]} …"
