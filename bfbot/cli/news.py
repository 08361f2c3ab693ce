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
    from bfbot.errors import FeedFailed
    from bfbot.library import current_revision
    from bfbot.news import poll as reading

    failed = False
    asked = feeds or tuple(current_revision(now).feeds)
    if not asked:
        click.echo("No feed is watched: feeds are named in schedules/feeds.yaml.", err=True)
    for feed in asked:
        try:
            result = reading.poll(feed, now)
        except FeedFailed as error:
            failed = True
            click.echo(str(error), err=True)
        else:
            seen = f", {result.noted} marked as seen" if result.noted else ""
            click.echo(f"{feed}: {len(result.new)} new{seen}")
            for warning in result.warnings:
                click.echo(f"{feed}: {warning}", err=True)
    raise click.exceptions.Exit(3 if failed else 0)


@news.command("list")
@click.option("--feed", help="Only this feed's.")
@click.option("--json", "as_json", is_flag=True)
def list_releases(feed: str | None, as_json: bool) -> None:
    """Releases found, newest first."""
    begin(files=False)
    from bfbot.cli.output import print_json, print_table
    from bfbot.news.listing import listing

    found = listing(feed=feed, most=None)
    if as_json:
        print_json([one.as_json() for one in found])
        return
    print_table(
        ["id", "feed", "found (UTC)", "state", "posts", "title"],
        [
            (
                one.release.id,
                one.release.feed,
                one.release.first_seen_at,
                one.release.state,
                ", ".join(map(str, one.posts)),
                one.release.title,
            )
            for one in found
        ],
        "No releases yet.",
    )
