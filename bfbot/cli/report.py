"""`report weekly`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bfbot.cli.start import begin


@click.group()
def report() -> None:
    """Reach reports."""


@report.command()
@click.option("--campaign", help="Default: the first campaign.")
@click.option("--week", help="Like 2026-W47; default: last week.")
@click.option("--format", "form", type=click.Choice(["html", "csv", "json"]), default="html", show_default=True)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="A file; default: stdout.")
def weekly(campaign: str | None, week: str | None, form: str, out: Path | None) -> None:
    """The weekly reach report: the same numbers in every format."""
    now = begin()
    from bfbot.desk.proofing import campaign_of
    from bfbot.domain.week import Week
    from bfbot.errors import ConfigurationError
    from bfbot.library import current_revision
    from bfbot.reporting.weekly import export, weekly_report

    revision = current_revision(now)
    if not revision.campaigns:
        raise ConfigurationError("There is no campaign yet.", mend="Add one to schedules/campaigns.yaml.")
    chosen = campaign_of(campaign or next(iter(revision.campaigns)), revision)
    span = Week.parse(week, chosen.zone) if week else Week.of(now, chosen.zone).back(1)
    data = export(weekly_report(chosen.id, span, now), form)
    if out is None:
        sys.stdout.buffer.write(data)
        return
    out.write_bytes(data)
    click.echo(f"{out}: week {span}, {chosen.name}", err=True)
