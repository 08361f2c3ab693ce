"""`audit`: who decided what."""

from __future__ import annotations

import click

from bfbot.cli.start import begin


@click.command()
@click.option("--post", type=int, help="Only this post's decisions.")
@click.option("--json", "as_json", is_flag=True)
def audit(post: int | None, as_json: bool) -> None:
    """Decisions, newest first. Exit code 1 when the chain of hashes is broken."""
    begin(files=False)
    from bfbot.cli.output import iso, print_json, print_table
    from bfbot.ledger import audit as ledger

    entries = ledger.entries(subject=f"post:{post}" if post else None, most=1000)
    broken = list(ledger.breaks())
    if as_json:
        print_json(
            [
                {
                    "number": one.number,
                    "at": iso(one.at, "UTC"),
                    "actor": one.actor,
                    "os_user": one.os_user,
                    "action": one.action,
                    "subject": one.subject,
                    "detail": one.detail,
                    "hash": one.hash,
                    "whole": one.number not in broken,
                }
                for one in entries
            ]
        )
    else:
        print_table(
            ["no.", "at (UTC)", "who", "did", "to"],
            [(one.number, one.at, one.actor, one.action, one.subject) for one in entries],
            "No decisions yet.",
        )
    if broken:
        click.echo(f"The record was changed: entries {', '.join(map(str, broken))} do not follow.", err=True)
        raise click.exceptions.Exit(1)
