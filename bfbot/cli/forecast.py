"""`forecast`: what would go out in the weeks to come, what would not and why. Nothing is stored or sent."""

from __future__ import annotations

from datetime import datetime, time

import click

from bfbot.cli.start import begin
from bfbot.errors import UsageError


@click.command()
@click.option("--weeks", type=click.IntRange(1, 104), default=4, show_default=True, help="How far ahead.")
@click.option("--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day shown; default: now.")
@click.option("--campaign", help="This campaign alone.")
@click.option("--json", "as_json", is_flag=True)
def forecast(weeks: int, first: datetime | None, campaign: str | None, as_json: bool) -> None:
    """Look ahead: posts, refusals, themes with nothing to say, expiring statistics, cost. Stores nothing."""
    now = begin()
    from bfbot.cli.forecast_shapes import outlook_shape
    from bfbot.cli.forecast_tables import print_outlook
    from bfbot.cli.output import print_json
    from bfbot.config import config
    from bfbot.domain.localtime import wall_to_utc
    from bfbot.forecast.look_ahead import look_ahead
    from bfbot.library import current_revision

    revision = current_revision(now)
    if campaign is not None and campaign not in revision.campaigns:
        known = ", ".join(revision.campaigns) or "none yet"
        raise UsageError(f"There is no campaign “{campaign}”.", mend=f"Campaigns in schedules/: {known}.")
    start = wall_to_utc(first.date(), time(0), config().timezone) if first else None
    if start is not None and start < now and first is not None and first.date() == now.date():
        start = None  # today: from now on
    found = look_ahead(now, weeks, from_time=start, campaigns=None if campaign is None else [campaign])
    if as_json:
        print_json(outlook_shape(found, revision))
    else:
        print_outlook(found, revision)
