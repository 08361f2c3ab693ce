"""`queue mend` and `queue check-links`: what bfbot would change of a post, and what lies behind its links."""

from __future__ import annotations

from datetime import datetime

import click

from bfbot.cli.one_post import as_json, begin_as, by, print_post
from bfbot.domain.post import Post


@click.command()
@click.argument("post_id", type=int)
@click.option("--make", is_flag=True, help="Make these changes. An approval of the post is void.")
@by
@as_json
def mend(post_id: int, make: bool, by: str | None, as_json: bool) -> None:
    """What bfbot would change so that everybody can read the post; nothing is changed without --make."""
    from bfbot.cli.start import begin

    now = begin()
    from bfbot.ledger import posts

    if not make:
        _list(posts.get(post_id), now, as_json)
        return
    now, actor = begin_as(by)
    from bfbot.desk import writing
    from bfbot.desk.proofing import campaign_of
    from bfbot.library import current_revision
    from bfbot.rules.mends import mended_wording

    post = posts.get(post_id)
    campaign = campaign_of(post.campaign, current_revision(now))
    writing.rewrite(post_id, actor=actor, now=now, wording=mended_wording(post.wording, campaign))
    print_post(post_id, as_json, now)


@click.command("check-links")
@click.argument("post_id", type=int)
@click.option("--json", "as_json", is_flag=True)
def check_links(post_id: int, as_json: bool) -> None:
    """Open the pages behind a post's links now, and say what was there."""
    from dataclasses import asdict

    from bfbot.cli.output import print_json
    from bfbot.cli.start import begin

    now = begin()
    from bfbot.desk import link_check
    from bfbot.domain.link import LinkSeen
    from bfbot.ledger import posts

    link_check.check_post(post_id, now)
    found = [one for one in link_check.seen_of(posts.get(post_id)) if isinstance(one, LinkSeen)]
    if as_json:
        print_json([{**asdict(one), "checked_at": one.checked_at.isoformat()} for one in found])
        return
    for one in found:
        where = f" -> {one.final}" if one.final and one.final != one.address else ""
        click.echo(
            f"{one.address}{where}: {one.state}{f' ({one.status})' if one.status else ''} {one.why}".rstrip()
        )
    if not found:
        click.echo("Nothing was looked at.")


def tell_offers(post: Post, now: datetime) -> None:
    """After writing, beside the answer: what could be mended, and how."""
    found = _offers(post, now)
    if found:
        click.echo(f"bfbot would change this (bfbot queue mend {post.id} --make):", err=True)
        for line in found:
            click.echo(f"  {line[1]} -> {line[2] or 'nothing'}", err=True)


def _list(post: Post, now: datetime, as_json: bool) -> None:
    from bfbot.cli.output import print_json, print_table

    found = _offers(post, now)
    if as_json:
        print_json([dict(zip(("place", "before", "after", "why"), one, strict=True)) for one in found])
        return
    print_table(["where", "before", "after", "why"], found, "There is nothing to mend.")


def _offers(post: Post, now: datetime) -> list[tuple[str, str, str, str]]:
    from bfbot.desk.proofing import campaign_of
    from bfbot.library import current_revision
    from bfbot.rules.mends import offers

    campaign = campaign_of(post.campaign, current_revision(now))
    return [
        (f"alt {one.number}" if one.place == "alt" else one.place, one.mend.before, one.mend.after, one.mend.why)
        for one in offers(post.wording, campaign)
    ]
