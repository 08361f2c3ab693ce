"""`up`, `worker`, `once`."""

from __future__ import annotations

import click

from bfbot.config import config


@click.command()
@click.option("--port", type=click.IntRange(1, 65535), help="Default: BFBOT_PORT, else 8000.")
def up(port: int | None) -> None:
    """Run everything: pages, clock and publishing, until Ctrl-C or SIGTERM."""
    _run(port or config().port)


@click.command()
def worker() -> None:
    """Run clock and publishing without the pages."""
    _run(None)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Counts as JSON.")
def once(as_json: bool) -> None:
    """One pass: read feeds, plan, publish what is due, measure, read back; then end."""
    _django()
    from bfbot.cli.output import print_json
    from bfbot.engine import process

    done = process.once()
    if as_json:
        print_json(done)
    else:
        click.echo(", ".join(f"{what}: {count}" for what, count in done.items()))


def _run(port: int | None) -> None:
    _django()
    from bfbot.engine import process
    from bfbot.engine.first_run import first_run
    from bfbot.engine.units import utc_now

    def before() -> None:
        if config().sample:
            from bfbot.sample.prepare import prepare

            prepare(utc_now(), lambda line: click.echo(line, err=True))
        _say_welcome(first_run(), port)

    process.run(pages_on=port, ready=_say_ready, extra=before)


def _django() -> None:
    from bfbot.cli.start import workspace_here

    workspace_here()
    import django

    django.setup()


def _say_welcome(links: list[str], port: int | None) -> None:
    address = config().public_url or f"http://127.0.0.1:{port}"
    for link in links:
        click.echo(f"First sign-in (works once): {address}{link}")


def _say_ready(address: str) -> None:
    click.echo(f"bfbot is ready: {address}" if address else "bfbot is ready: publishing without pages")
