"""`season`: pre-election periods, what they affect, and an approver's name under what stays."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from bfbot.cli.one_post import as_json, begin_as, by, print_post
from bfbot.cli.start import begin

if TYPE_CHECKING:
    from bfbot.desk.season_effects import Affected
    from bfbot.domain.season import Period

WHAT = {"queued": "waits", "recurring": "comes back", "live": "is live"}


@click.group()
def season() -> None:
    """Pre-election periods: list, show, keep, explain."""


@season.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_periods(as_json: bool) -> None:
    """The periods that stand in schedules/, past ones too."""
    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.domain.localtime import local
    from bfbot.library import current_revision

    periods = list(current_revision(now).periods.values())
    if as_json:
        print_json([_period_shape(one, now) for one in periods])
        return
    print_table(
        ["id", "name", "from", "until", "where", "now"],
        [
            (
                one.id,
                one.name,
                local(one.starts_at, one.zone),
                local(one.ends_at, one.zone),
                ", ".join(one.areas) or "everywhere",
                _word(one, now),
            )
            for one in periods
        ],
        "No pre-election period stands in schedules/.",
    )


@season.command("show")
@click.argument("period_id")
@click.option("--json", "as_json", is_flag=True, help="What it affects as JSON.")
def show(period_id: str, as_json: bool) -> None:
    """What this affects: posts that wait, evergreen posts that come back, and what is live."""
    now = begin()
    from bfbot.cli.output import print_json
    from bfbot.desk.season_effects import affected, period_named
    from bfbot.library import current_revision

    period = period_named(period_id, current_revision(now))
    found = affected(period_id, now)
    if as_json:
        print_json({**_period_shape(period, now), "affects": [_shape(one, period.zone) for one in found]})
        return
    click.echo(f"{period.name}: {len(found)} affected, {sum(one.kept is not None for one in found)} kept by name.")
    for one in found:
        click.echo(f"\n{one.subject} {WHAT[one.sort]}: {' '.join(one.text.split())[:100]}")
        if one.kept is not None:
            click.echo(f"  kept by {one.kept.signer}: {one.kept.said}")
            continue
        for finding in one.why:
            click.echo(f"  {finding.message}")
        click.echo(f"  {_choices(one, period_id)}")


@season.command("keep")
@click.argument("period_id")
@click.argument("subjects", nargs=-1, required=True)
@click.option("--say", required=True, help="Why it may go out before an election; kept with your name.")
@by
def keep(period_id: str, subjects: tuple[str, ...], say: str, by: str | None) -> None:
    """Answer by name for a post (its number, or post:NUMBER) or an evergreen post (message:ID) as it is now."""
    now, actor = begin_as(by, approver=True)
    from bfbot.desk import seasons

    for subject in subjects:
        named = f"post:{subject}" if subject.isdecimal() else subject
        signed = seasons.keep(period_id, named, actor=actor, now=now, said=say)
        click.echo(f"{signed.subject} is kept, by {signed.signer}.")


@season.command("explain")
@click.argument("period_id")
@click.option("--campaign", required=True, help="Whose channels tell it.")
@click.option("--account", "accounts", multiple=True, help="Default: every account of the campaign.")
@by
@as_json
def explain(period_id: str, campaign: str, accounts: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Write the post that tells the public why there is less to read, for an approver."""
    now, actor = begin_as(by)
    from bfbot.desk import seasons

    post = seasons.explain(period_id, campaign=campaign, accounts=accounts, actor=actor, now=now)
    print_post(post.id, as_json, now)


def _choices(one: Affected, period_id: str) -> str:
    keep_it = f"bfbot season keep {period_id} {one.subject} --say WHY" if one.may_keep else ""
    if one.sort == "queued":
        rest = [f"bfbot queue edit {one.number}", f"bfbot queue withdraw {one.number}"]
    elif one.sort == "live":
        rest = [f"bfbot queue delete {one.number}"]
    else:
        rest = ["rewrite it or take it out in messages/"]
    return " | ".join(filter(None, [keep_it, *rest]))


def _word(period: Period, now: datetime) -> str:
    if period.runs_at(now):
        return "runs"
    return "to come" if now < period.starts_at else "over"


def _period_shape(period: Period, now: datetime) -> dict[str, object]:
    from bfbot.cli.output import iso

    return {
        "id": period.id,
        "name": period.name,
        "from": iso(period.starts_at, period.zone),
        "until": iso(period.ends_at, period.zone),
        "timezone": period.zone,
        "campaigns": list(period.campaigns),
        "areas": list(period.areas),
        "applies_to": list(period.applies_to),
        "state": _word(period, now),
    }


def _shape(one: Affected, zone: str) -> dict[str, object]:
    from bfbot.cli.output import iso

    kept = one.kept
    return {
        "subject": one.subject,
        "sort": str(one.sort),
        "campaign": one.campaign,
        "text": one.text,
        "accounts": list(one.accounts),
        "at": iso(one.at, zone),
        "may_keep": one.may_keep,
        "why": [{"rule": finding.rule, "message": finding.message, "mend": finding.mend} for finding in one.why],
        "kept": {"by": kept.signer, "said": kept.said, "at": iso(kept.given_at, zone)} if kept else None,
    }
