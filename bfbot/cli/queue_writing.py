"""`queue add` and `queue edit`."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import click

from bfbot.cli.clip_progress import show_clips
from bfbot.cli.one_post import as_json, begin_as, by, draft, moment_of, print_post
from bfbot.cli.queue_mending import tell_offers
from bfbot.cli.queue_pictures import pictures, rights_options, with_rights
from bfbot.errors import BfbotError, UsageError


@click.command()
@click.option("--campaign", required=True)
@click.option("--account", "accounts", multiple=True, required=True, help="Give it again for more accounts.")
@click.option("--text", required=True, help="A line of three hyphens parts a thread.")
@click.option("--at", "at", default="now", show_default=True, help="A time in the campaign's zone, or now.")
@click.option(
    "--media",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    multiple=True,
    help="A picture, or a file of the library. Give it again for more.",
)
@click.option("--alt", multiple=True, help="What the picture shows, once for each --media.")
@rights_options
@click.option("--link", default="")
@click.option("--window-hours", type=click.FloatRange(min=0.1), default=24, show_default=True)
@click.option("--language", type=click.Choice(["en", "cy"]), help="Default: the campaign's own.")
@click.option("--pair", type=int, metavar="POST_ID", help="The post that says the same in the other language.")
@click.option("--author", metavar="NAME", help="Who writes it; default: the only person who may.")
@draft
@as_json
def add(
    campaign: str,
    accounts: tuple[str, ...],
    text: str,
    at: str,
    media: tuple[Path, ...],
    alt: tuple[str, ...],
    link: str,
    window_hours: float,
    language: str | None,
    pair: int | None,
    author: str | None,
    draft: bool,
    as_json: bool,
    **rights: tuple[str, ...],
) -> None:
    """Write a post and send it for approval.

    A file that messages/media.yaml lists is used from there. Any other picture is uploaded for this post and needs
    its rights: --credit, --licence, --owner, --rights-until, --people, and --consent where it shows somebody; with
    several, each of these once for all of them, or once for each, in order.
    """
    now, actor = begin_as(author)
    from django.db import transaction

    from bfbot.desk import pairs, writing
    from bfbot.domain.post import Wording

    with transaction.atomic():
        post = writing.write(
            campaign=campaign,
            accounts=accounts,
            wording=Wording(
                text=text, media=pictures(media, alt, rights, now), link=link, language=language or ""
            ),
            at=moment_of(at, campaign, now),
            actor=actor,
            now=now,
            window=timedelta(hours=window_hours),
        )
        if pair is not None:
            pairs.pair(post.id, pair, actor=actor, now=now)
    tell_offers(post, now)
    if not draft:
        from bfbot.desk import review

        try:
            show_clips(post.wording.media)
            review.submit(post.id, actor=actor, now=now)
        except BfbotError:
            click.echo(f"Post {post.id} is kept as a draft.", err=True)
            raise
    print_post(post.id, as_json, now)


@click.command()
@click.argument("post_id", type=int)
@click.option("--text")
@click.option("--at", "at", help="A new time in the campaign's zone, or now.")
@click.option("--account", "accounts", multiple=True, help="Where it goes from now on.")
@rights_options
@by
@draft
@as_json
def edit(
    post_id: int,
    text: str | None,
    at: str | None,
    accounts: tuple[str, ...],
    by: str | None,
    draft: bool,
    as_json: bool,
    **rights: tuple[str, ...],
) -> None:
    """Change a post. An approval of it is void: it goes for approval again.

    One given for more than a day stays where only the time is another, within those days.

    --credit, --licence, --owner, --rights-until, --people and --consent write or renew the rights of the pictures
    that were uploaded for it: each once for all of them, or once for each, in order. What is not given stays.
    """
    if text is None and at is None and not accounts and not any(rights.values()):
        raise UsageError(
            "Say what to change.", mend="Give --text, --at, --account, or the rights of its pictures."
        )
    now, actor = begin_as(by)
    from bfbot.desk import review, writing
    from bfbot.domain.states import PostState
    from bfbot.ledger import posts

    post = posts.get(post_id)
    said = replace(post.wording, media=with_rights(post.wording.media, rights))
    # A new text is for every network: what was worded for one of them said the old thing.
    said = replace(said, text=text, variants={}) if text is not None else said
    written = writing.rewrite(
        post_id,
        actor=actor,
        now=now,
        wording=said if said != post.wording else None,
        at=moment_of(at, post.campaign, now) if at else None,
        accounts=accounts or None,
    )
    tell_offers(written, now)
    if written.state is PostState.APPROVED:
        moved = written.scheduled_for != post.scheduled_for
        what = "nothing changed but its time, within the approved days" if moved else "nothing changed"
        click.echo(f"It stays approved: {what}.", err=True)
    elif not draft:
        show_clips(written.wording.media)
        review.submit(post_id, actor=actor, now=now)
    print_post(post_id, as_json, now)
