"""`measure`: figures now."""

from __future__ import annotations

import click

from bfbot.cli.start import begin


@click.command()
@click.argument("post_ids", nargs=-1, type=int)
@click.option("--json", "as_json", is_flag=True, help="Counts as JSON.")
def measure(post_ids: tuple[int, ...], as_json: bool) -> None:
    """Ask the networks for the figures of these posts now; default: of every post under 35 days old."""
    now = begin()
    from bfbot.cli.output import print_json
    from bfbot.ledger import posts
    from bfbot.measuring.measure import measure_now

    for post_id in post_ids:
        posts.get(post_id)  # an id that is wrong is told, not passed over
    taken = measure_now(list(post_ids) or None, now)
    for account, why in taken.failed.items():
        click.echo(why if why.startswith(account) else f"{account}: {why}", err=True)
    if as_json:
        print_json({"posts": taken.posts, "failed": dict(taken.failed)})
    else:
        click.echo(f"Posts measured: {taken.posts}")
    raise click.exceptions.Exit(3 if taken.failed else 0)
