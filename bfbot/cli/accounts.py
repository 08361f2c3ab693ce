"""`accounts`: which are there, and whether they open."""

from __future__ import annotations

import click

from bfbot.cli.start import begin


@click.group()
def accounts() -> None:
    """Accounts on the networks."""


@accounts.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_accounts(as_json: bool) -> None:
    """Every account with its state."""
    now = begin()
    from bfbot.accounts.connection import states
    from bfbot.cli.output import print_json, print_table
    from bfbot.library import current_revision

    found = states(current_revision(now))
    if as_json:
        print_json(
            [
                {"id": one.id, "platform": one.platform, "state": str(one.state), "problem": one.problem}
                for one in found
            ]
        )
        return
    print_table(
        ["account", "network", "state", "problem"],
        [(one.id, one.platform, one.state, one.problem) for one in found],
        "No accounts yet: add one to schedules/accounts.yaml.",
    )


@accounts.command()
@click.argument("account_id")
def test(account_id: str) -> None:
    """Try an account's credentials without posting."""
    now = begin()
    from bfbot.accounts.connection import try_keys
    from bfbot.desk.proofing import account_of
    from bfbot.library import current_revision

    name = try_keys(account_of(account_id, current_revision(now)))
    click.echo(f"{account_id}: signed in as {name}")
