"""`backup` and `restore`."""

from __future__ import annotations

from pathlib import Path

import click

from bfbot.cli.start import begin
from bfbot.config import config


@click.command()
@click.option("--to", type=click.Path(dir_okay=False, path_type=Path), help="Default: a new file in var/backups.")
def backup(to: Path | None) -> None:
    """Copy database, pictures and files into one .tar, also while bfbot runs. The secret key is not in it."""
    now = begin(files=False)
    from bfbot.engine.backup import make

    click.echo(make(now, to.resolve() if to else None))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def restore(file: Path) -> None:
    """Put a backup in the place of the present state, which is kept aside. Not while bfbot runs.

    Afterwards everything is paused: what was due since the backup is looked for on its network first.
    """
    _set_up()
    from bfbot.engine.restore import restore
    from bfbot.engine.units import utc_now

    done = restore(file.resolve(), utc_now())
    click.echo(f"Restored: the state of {done.made_at:%d %b %Y %H:%M} UTC. Everything is paused.")
    for count, what in (
        (done.doubts.to_read_back, "will be looked for on the network before anything is decided"),
        (
            done.doubts.early_to_read_back,
            "planned for later will be looked for there as well: each may have gone out early since",
        ),
        (
            done.doubts.early_unseen,
            "planned for later cannot be looked for (a thread, a network that lists nothing): look there yourself",
        ),
        (done.doubts.for_a_person, "wait for you to look and to settle: bfbot queue settle"),
        (done.pictures, "pictures came back"),
    ):
        if count:
            click.echo(f"{count} {what}.")
    for part in done.files:
        click.echo(f"{part}/ was missing and came back with it.")
    if done.aside:
        click.echo(f"What was here before is kept in {done.aside}.")
    click.echo("Next: bfbot up. Look at your channels and the queue, then an approver resumes.")


def _set_up() -> None:
    """A new machine has no workspace yet: the backup brings it."""
    import django

    config().var.mkdir(parents=True, exist_ok=True)
    django.setup()
    from bfbot.engine import logs

    logs.set_up("error")
