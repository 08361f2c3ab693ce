"""`check` and `schema`: the team's files and settings."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime

import click


@click.command()
@click.option("--json", "as_json", is_flag=True)
def check(as_json: bool) -> None:
    """Every fault in messages/, schedules/ and settings, all at once; exit code 1 if there is an error."""
    from bfbot.cli.output import print_json
    from bfbot.cli.settings_check import faults_of_settings, home_here, secrets_not_set
    from bfbot.library import check as check_files
    from bfbot.platforms.registry import known

    home = home_here()
    faults = faults_of_settings(home)
    # While a setting is wrong the files are still read, in the zone that is used where none is set.
    faults += check_files(home, datetime.now(UTC), platforms=known())
    faults += secrets_not_set(home)
    if as_json:
        print_json([asdict(one) for one in faults])
    else:
        for one in faults:
            click.echo(f"{one} [{one.level}: {one.rule}]")
    errors = sum(one.level == "error" for one in faults)
    click.echo(f"Errors: {errors}, warnings: {len(faults) - errors}.", err=True)
    raise click.exceptions.Exit(1 if errors else 0)


@click.command()
def schema() -> None:
    """The JSON Schema of the files in messages/ and schedules/, for editors."""
    from bfbot.cli.output import print_json
    from bfbot.library import json_schema

    print_json(json_schema())
