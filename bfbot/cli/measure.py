"""`measure`: figures now."""

from __future__ import annotations

import click

from bfbot.cli.start import begin


@click.command()
@click.argument("post_ids", nargs=-1, type=int)
def measure(post_ids: tuple[int, ...]) -> None:
    """Ask the networks for the figures of these posts now; default: of every post under 35 days old."""
    now = begin()
    from bfbot.measuring.measure import measure_now

    taken = measure_now(list(post_ids) or None, now)
    for account, why in taken.failed.items():
        click.echo(f"{account}: {why}", err=True)
    click.echo(f"{taken.posts} posts measured.")
    raise click.exceptions.Exit(3 if taken.failed else 0)
