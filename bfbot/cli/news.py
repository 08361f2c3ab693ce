"""`news`: watched feeds and what they brought."""

from __future__ import annotations

import click

from bfbot.cli.start import begin


@click.group()
def news() -> None:
    """Watched feeds and their releases."""


@news.command()
@click.argument("feeds", nargs=-1)
def poll(feeds: tuple[str, ...]) -> None:
    """Read feeds now: those named, else all. Exit code 3 when one could not be read."""
    now = begin()
    from bfbot.errors import BfbotError
    from bfbot.library import current_revision
    from bfbot.news import poll as reading

    failed = False
    for feed in feeds or tuple(current_revision(now).feeds):
        try:
            result = reading.poll(feed, now)
        except BfbotError as error:
            failed = True
            click.echo(f"{feed}: {error}", err=True)
        else:
            click.echo(f"{feed}: {len(result.new)} new")
    raise click.exceptions.Exit(3 if failed else 0)


@news.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_releases(as_json: bool) -> None:
    """Releases found, newest first."""
    begin()
    from bfbot.cli.output import iso, print_json, print_table
    from bfbot.news.listing import listing

    found = listing()
    if as_json:
        print_json(
            [
                {
                    "id": one.release.id,
                    "feed": one.release.feed,
                    "title": one.release.title,
                    "link": one.release.link,
                    "published_at": iso(one.release.published_at, "UTC"),
                    "first_seen_at": iso(one.release.first_seen_at, "UTC"),
                    "state": str(one.release.state),
                    "posts": list(one.posts),
                }
                for one in found
            ]
        )
        return
    print_table(
        ["id", "feed", "found (UTC)", "state", "title"],
        [
            (one.release.id, one.release.feed, one.release.first_seen_at, one.release.state, one.release.title)
            for one in found
        ],
        "No releases yet.",
    )
