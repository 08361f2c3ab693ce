"""`alerts`: what needs a person, and whether the team's addresses take a message."""

from __future__ import annotations

import click

from bfbot.cli.start import begin
from bfbot.config import config
from bfbot.errors import ConfigurationError


@click.group()
def alerts() -> None:
    """What bfbot tells people at once: list, test."""


@alerts.command("list")
@click.option("--json", "as_json", is_flag=True)
def listing(as_json: bool) -> None:
    """What is wrong, and since when, as of the last look."""
    begin(files=False)
    from bfbot.cli.output import iso, print_json, print_table
    from bfbot.ledger.alerts import standing

    found = standing()
    if as_json:
        print_json(
            [
                {
                    "about": one.key,
                    "text": one.text,
                    "path": one.path,
                    "since": iso(one.since, config().timezone),
                    "told_at": iso(one.told_at, config().timezone),
                }
                for one in found
            ]
        )
        return
    print_table(
        ["since (UTC)", "told (UTC)", "what"],
        [(one.since, one.told_at, one.text) for one in found],
        "Nothing needs you.",
    )


@alerts.command("test")
def test() -> None:
    """Send a message to every address of BFBOT_ALERT_URLS, and say which of them took it."""
    begin(files=False)
    from bfbot.alerts.sender import send_each
    from bfbot.alerts.wording import Message

    addresses = config().alert_urls
    if not addresses:
        raise ConfigurationError(
            "There is no address for alerts.", mend="Set BFBOT_ALERT_URLS, for example to mailtos://…"
        )
    message = Message("bfbot: a test", "This is how bfbot tells you when something needs you. Nothing does now.")
    outcomes = send_each(addresses, message)
    for number, outcome in enumerate(outcomes, 1):
        click.echo(f"Address {number}: {outcome}")
    raise click.exceptions.Exit(0 if set(outcomes) == {"sent"} else 3)
