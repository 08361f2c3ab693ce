"""`accounts`: which are there, whether they open, and the way back for one that a network stopped."""

from __future__ import annotations

import click

from bfbot.cli import going_live
from bfbot.cli.start import acting, begin


@click.group()
def accounts() -> None:
    """Accounts on the networks."""


@accounts.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_accounts(as_json: bool) -> None:
    """Every account with its state (ready, practice, missing_secret or stopped), and whether it is muted."""
    now = begin()
    from bfbot.accounts.connection import states
    from bfbot.cli.output import print_json, print_table
    from bfbot.desk.muted import muted_accounts
    from bfbot.ledger import account_states
    from bfbot.library import current_revision

    revision = current_revision(now)
    stopped = {one.account: one.stopped_reason for one in account_states.stopped()}
    muted = muted_accounts(revision)
    found = [
        (one.id, one.platform, "stopped", stopped[one.id], one.id in muted)
        if one.id in stopped
        else (one.id, one.platform, one.state, one.problem, one.id in muted)
        for one in states(revision)
    ]
    if as_json:
        names = ("id", "platform", "state", "problem", "muted")
        print_json([dict(zip(names, one, strict=True)) for one in found])
        return
    print_table(
        ["account", "network", "state", "by itself", "problem"],
        [
            (account, network, _STATES.get(state, state), "nothing: muted" if silent else "posts", problem)
            for account, network, state, problem, silent in found
        ],
        "No accounts yet: add one to schedules/accounts.yaml.",
    )


_STATES = {"missing_secret": "not connected", "stopped": "stopped by its network"}


@accounts.command()
@click.argument("account_id")
def test(account_id: str) -> None:
    """Try an account's credentials without posting, and whether it says that it is automated and whose it is."""
    now = begin()
    from bfbot.accounts.connection import try_keys, undeclared
    from bfbot.desk.proofing import account_of
    from bfbot.library import current_revision

    revision = current_revision(now)
    account = account_of(account_id, revision)
    name = try_keys(account)
    click.echo(f"{account_id}: signed in as {name}")
    for one in undeclared(account, revision):
        click.echo(f"{account_id}: {one}")


@accounts.command()
@click.argument("account_id")
@click.option("--by", metavar="NAME", help="Who says so; default: the only person who may.")
def start(account_id: str, by: str | None) -> None:
    """Let an account that its network stopped send again, once what stopped it is mended."""
    now = begin()
    from bfbot.desk.proofing import account_of
    from bfbot.library import current_revision
    from bfbot.publishing.start_again import start_again

    account = account_of(account_id, current_revision(now))
    started = start_again(account.id, actor=acting(by, approver=True), now=now)
    click.echo(f"{account.id}: sending again" if started else f"{account.id} was not stopped")


for command in (going_live.show, going_live.reviewed, going_live.ask, going_live.confirm, going_live.mute):
    accounts.add_command(command)
