"""`media`: the pictures and clips of the library, their rights, and where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bfbot.cli.start import begin

if TYPE_CHECKING:
    from datetime import date

    from bfbot.desk.where_used import Used
    from bfbot.domain.picture import Picture


@click.group()
def media() -> None:
    """Pictures, clips and their rights: list, show."""


@media.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_pictures(as_json: bool) -> None:
    """Every picture and clip with its rights; those whose rights end within thirty days are marked."""
    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.cli.picture_shapes import until
    from bfbot.desk.where_used import ending_pictures, local_today, pictures_used
    from bfbot.library import current_revision

    revision, used = current_revision(now), pictures_used(now)
    today = local_today(now)
    soon = {one.id for one in ending_pictures(revision, today)}
    if as_json:
        print_json([_shape(one, used[one.id], today) for one in revision.pictures.values()])
        return
    print_table(
        ["id", "kind", "file", "people", "owner", "licence", "until", "evergreen", "waiting", "live", ""],
        [
            (
                one.id,
                kind(one),
                one.file,
                one.people,
                one.owner,
                one.licence,
                until(one),
                len(used[one.id].messages),
                len(used[one.id].waiting),
                len(used[one.id].live),
                _word(one, one.id in soon, today),
            )
            for one in revision.pictures.values()
        ],
        "No picture or clip stands in messages/media.yaml.",
    )


@media.command("show")
@click.argument("picture_id")
@click.option("--json", "as_json", is_flag=True)
def show(picture_id: str, as_json: bool) -> None:
    """One picture or clip: its rights, what uses it, what waits with it, and where it is live."""
    now = begin()
    from bfbot.cli.output import print_json
    from bfbot.cli.picture_shapes import lasting
    from bfbot.desk.where_used import local_today, picture_named, pictures_used
    from bfbot.library import current_revision

    one = picture_named(picture_id, current_revision(now))
    used = pictures_used(now)[picture_id]
    if as_json:
        print_json(_shape(one, used, local_today(now)))
        return
    click.echo(f"{one.id}: {kind(one)}, {one.file}, people: {one.people}, {lasting(one)}")
    click.echo(f"credit: {one.credit or '–'}; licence: {one.licence or '–'}; owner: {one.owner or '–'}")
    click.echo(f"consent: {one.consent or 'none'}; focal point: {one.focal[0]:g}, {one.focal[1]:g}")
    if one.captions:
        where = "in a file and in the picture" if one.captions_in_picture else "in a file, not in the picture"
        click.echo(f"captions: {one.captions} ({where})")
    tell(used)


def tell(used: Used) -> None:
    """Where something is used, a line each."""
    for name in used.messages:
        click.echo(f"evergreen post {name}")
    for post in used.waiting:
        click.echo(
            f"waits: post {post.id} for {post.scheduled_for:%Y-%m-%d %H:%M} UTC, {', '.join(post.accounts)}"
        )
    for post, live in used.live:
        word = "may be live" if live.in_doubt else "live"
        click.echo(f"{word}: post {post.id} on {live.account} {live.url or ''}".rstrip())


def shape_of_use(used: Used) -> dict[str, object]:
    return {
        "evergreen": list(used.messages),
        "waiting": [
            {"post": one.id, "state": str(one.state), "accounts": list(one.accounts)} for one in used.waiting
        ],
        "live": [
            {"post": post.id, "account": live.account, "url": live.url, "certain": not live.in_doubt}
            for post, live in used.live
        ],
    }


def kind(one: Picture) -> str:
    """`picture`, or `clip` with its length where it has been taken in."""
    from bfbot.config import config
    from bfbot.domain.captions import clock
    from bfbot.media import clips

    path = (config().home / "messages" / one.file).resolve()
    if not clips.mime_of(path):
        return "picture"
    known = clips.remembered(path)
    return f"clip {clock(known.milliseconds)}" if known else "clip"


def _word(one: Picture, soon: bool, today: date) -> str:
    if one.missing:
        return f"refused: no {', no '.join(one.missing)}"
    over = one.expires is not None and one.expires < today
    return "refused: rights are over" if over else "ends soon" if soon else ""


def _shape(one: Picture, used: Used, today: date) -> dict[str, object]:
    from bfbot.cli.picture_shapes import rights_shape

    return {
        "id": one.id,
        "file": one.file,
        **rights_shape(one),
        "over": one.expires is not None and one.expires < today,
        "alt": one.alt,
        "focal": list(one.focal),
        "kind": kind(one).partition(" ")[0],
        "captions": one.captions,
        "captions_in_picture": one.captions_in_picture,
        **shape_of_use(used),
    }
