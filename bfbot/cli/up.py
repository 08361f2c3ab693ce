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
    _set_up()
    from bfbot.cli.clip_progress import show_library
    from bfbot.cli.output import print_json
    from bfbot.engine.one_pass import once

    passed = once()
    for what, why in passed.failed.items():
        click.echo(why if why.startswith(what) else f"{what}: {why}", err=True)
    if as_json:
        print_json({**passed.done, "failed": passed.failed})
    else:
        click.echo(", ".join(f"{what}: {count}" for what, count in passed.done.items()))
    show_library()
    raise click.exceptions.Exit(3 if passed.failed else 0)


def _run(port: int | None) -> None:
    _set_up()
    from bfbot.engine import process

    process.run(pages_on=port, ready=_say_ready, extra=lambda: _before(port))


def _before(port: int | None) -> None:
    """The sample's past, or the first admin's way in."""
    if config().sample:
        from bfbot.engine.units import utc_now
        from bfbot.sample.prepare import prepare

        prepare(utc_now, lambda line: click.echo(line, err=True))
        return
    from bfbot.engine.first_run import first_run

    links = first_run()
    if port is not None:
        address = config().public_url or f"http://127.0.0.1:{port}"
        for link in links:
            click.echo(f"First sign-in (works once): {address}{link}")


def _set_up() -> None:
    from bfbot.cli.start import set_up_django

    set_up_django()


def _say_ready(address: str) -> None:
    click.echo(f"bfbot is ready: {address}" if address else "bfbot is ready: publishing without pages")
