"""`queue add` and `queue edit`."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import click

from bfbot.cli.clip_progress import show_clips
from bfbot.cli.one_post import as_json, begin_as, by, draft, moment_of, print_post
from bfbot.cli.queue_mending import tell_offers
from bfbot.domain.message import MediaUse
from bfbot.errors import BfbotError, UsageError


@click.command()
@click.option("--campaign", required=True)
@click.option("--account", "accounts", multiple=True, required=True, help="Give it again for more accounts.")
@click.option("--text", required=True, help="A line of three hyphens parts a thread.")
@click.option("--at", "at", default="now", show_default=True, help="A time in the campaign's zone, or now.")
@click.option("--media", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True)
@click.option("--alt", multiple=True, help="What the picture shows, once for each --media.")
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
) -> None:
    """Write a post and send it for approval."""
    now, actor = begin_as(author)
    from django.db import transaction

    from bfbot.desk import pairs, writing
    from bfbot.domain.post import Wording

    with transaction.atomic():
        post = writing.write(
            campaign=campaign,
            accounts=accounts,
            wording=Wording(text=text, media=_pictures(media, alt, now), link=link, language=language or ""),
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
) -> None:
    """Change a post. An approval of it is void: it goes for approval again.

    One given for more than a day stays where only the time is another, within those days.
    """
    if text is None and at is None and not accounts:
        raise UsageError("Say what to change.", mend="Give --text, --at or --account.")
    now, actor = begin_as(by)
    from bfbot.desk import review, writing
    from bfbot.domain.states import PostState
    from bfbot.ledger import posts

    post = posts.get(post_id)
    written = writing.rewrite(
        post_id,
        actor=actor,
        now=now,
        # A new text is for every network: what was worded for one of them said the old thing.
        wording=replace(post.wording, text=text, variants={}) if text is not None else None,
        at=moment_of(at, post.campaign, now) if at else None,
        accounts=accounts or None,
    )
    tell_offers(written, now)
    if written.state is PostState.APPROVED:
        click.echo("It stays approved: nothing changed but its time, within the approved days.", err=True)
    elif not draft:
        show_clips(written.wording.media)
        review.submit(post_id, actor=actor, now=now)
    print_post(post_id, as_json, now)


def _pictures(files: tuple[Path, ...], alt: tuple[str, ...], now: datetime) -> tuple[MediaUse, ...]:
    """The pictures taken into the workspace, each with its words; a clip is one of the library's."""
    if len(files) != len(alt):
        raise UsageError("Every picture needs its alt text.", mend="Give one --alt for each --media.")
    if not files:
        return ()
    from bfbot.media import blobs, clips

    return tuple(
        _clip(path, words, now)
        if clips.mime_of(path.resolve())
        else MediaUse(alt=words, blob=blobs.store(path.read_bytes()).digest)
        for path, words in zip(files, alt, strict=True)
    )


def _clip(path: Path, alt: str, now: datetime) -> MediaUse:
    """With the captions that the library names for it. Raises UsageError where the library does not have it."""
    from bfbot.config import config
    from bfbot.domain.picture import by_file
    from bfbot.library import current_revision

    folder, held = (config().home / "messages").resolve(), None
    if path.resolve().is_relative_to(folder):
        held = by_file(current_revision(now).pictures.values(), path.resolve().relative_to(folder).as_posix())
    if held is None:
        raise UsageError(
            f"The clip {path} is not one of the library's.",
            mend="Put it into messages/ with its captions, list it in messages/media.yaml, and name it there.",
        )
    return MediaUse(alt=alt, file=held.file, captions=held.captions)
