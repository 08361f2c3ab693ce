"""`user`: people and their roles."""

from __future__ import annotations

import getpass
import sys

import click

from bfbot.cli.start import begin


@click.group()
def user() -> None:
    """People who may sign in."""


@user.command()
@click.argument("name")
@click.option("--role", type=click.Choice(["viewer", "author", "approver", "admin"]), required=True)
@click.option("--campaign", default="*", help="Only for this campaign; default: every one.")
def add(name: str, role: str, campaign: str) -> None:
    """Add a person, or a further role. Never prompts; set a password with `user passwd`."""
    now = begin()
    from bfbot.desk import people
    from bfbot.domain.person import Role

    people.add_user(name, Role(role), actor=f"os:{getpass.getuser()}", now=now, campaign=campaign)
    click.echo(f"{name}: {role}{'' if campaign == '*' else f' for {campaign}'}")


@user.command()
@click.argument("name")
def passwd(name: str) -> None:
    """Set a password, typed at the prompt or given as the first line of standard input."""
    now = begin()
    from django.contrib.auth.password_validation import validate_password
    from django.core.exceptions import ValidationError

    from bfbot.desk import people
    from bfbot.errors import UsageError

    password = getpass.getpass("New password: ") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    try:
        validate_password(password)
    except ValidationError as error:
        raise UsageError(" ".join(error.messages)) from error
    people.set_password(name, password, actor=f"os:{getpass.getuser()}", now=now)
    click.echo(f"{name}: password set")


@user.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_users(as_json: bool) -> None:
    """Everybody with their roles."""
    begin()
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
