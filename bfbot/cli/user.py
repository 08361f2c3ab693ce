"""`user`: people and their roles."""

from __future__ import annotations

import sys

import click

from bfbot.cli.start import begin
from bfbot.domain.person import EVERY_CAMPAIGN


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["viewer", "author", "approver", "admin"]), required=True)
@click.option("--campaign", default=EVERY_CAMPAIGN, help="Only for this campaign; default: every one.")
def add(name: str, role: str, campaign: str) -> None:
    """Add a person, or a further role. Never prompts; set a password with `user passwd`."""
    now = begin(files=campaign != EVERY_CAMPAIGN)
    from bfbot.desk import people
    from bfbot.desk.proofing import campaign_of
    from bfbot.domain.person import Role
    from bfbot.library import current_revision

    if campaign != EVERY_CAMPAIGN:
        campaign_of(campaign, current_revision(now))
    people.add_user(name, Role(role), actor=os_user(), now=now, campaign=campaign)
    click.echo(f"{name}: {role}{'' if campaign == EVERY_CAMPAIGN else f' for {campaign}'}")


@user.command()
@click.argument("name")
def passwd(name: str) -> None:
    """Set a password, typed at the prompt or given as the first line of standard input."""
    now = begin(files=False)
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from bfbot.desk import people
    from bfbot.errors import UsageError

    people.person(name)
    password = _typed() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    people.set_password(name, password, actor=os_user(), now=now)
    click.echo(f"{name}: password set")


@user.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_users(as_json: bool) -> None:
    """Everybody with their roles."""
    begin(files=False)
    from bfbot.cli.output import print_json, print_table
    from bfbot.ledger import people

    found = people.everybody()
    if as_json:
        print_json(
            [{"name": one.name, "roles": {key: str(role) for key, role in one.roles.items()}} for one in found]
        )
        return
    print_table(
        ["name", "roles"],
        [(one.name, ", ".join(f"{role} ({key})" for key, role in one.roles.items())) for one in found],
        "Nobody yet: add somebody with `bfbot user add NAME --role admin`.",
    )


def os_user() -> str:
    """Whoever has the command line of this machine needs no account here: the record names them so."""
    import getpass

    try:
        return f"os:{getpass.getuser()}"
    except (OSError, KeyError):  # no such user on this machine, as in some containers
        return "os:unknown"


def _typed() -> str:
    import getpass

    return getpass.getpass("New password: ")
