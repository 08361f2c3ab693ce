"""A post that may be live, on a terminal: what was tried, what the network lists, and what can be said of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from bfbot.cli.shapes import zone_of
from bfbot.desk.in_doubt import InDoubt, in_doubt
from bfbot.desk.tried import Line
from bfbot.domain.localtime import local
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision

if TYPE_CHECKING:
    from bfbot.publishing.look_again import Looked

WHEN = "%a %-d %b %H:%M:%S"


def print_tried(lines: tuple[Line, ...], zone: str, *, thread: bool) -> None:
    """A line for each request and each look, on the campaign's clock."""
    for one in lines:
        when = f"{local(one.since, zone):{WHEN}}"
        often = f" ({one.count} times, last {local(one.until, zone):{WHEN}})" if one.count > 1 else ""
        part = f"part {one.part + 1} " if thread else ""
        said = f": {_plain(one.detail)}" if one.detail else ""
        click.echo(f"    {when}  {part}{one.words}{often}{said}")


def print_doubts(post: Post, revision: Revision, now: datetime) -> None:
    """Of each account on which the post may be live."""
    for one in post.deliveries:
        if one.in_doubt:
            print_doubt(in_doubt(one, post, revision, now), zone_of(post.campaign, revision))


def print_doubt(one: InDoubt, zone: str) -> None:
    """What was tried on an account, which part is in doubt, and what a person can say."""
    click.echo(f"\n{one.delivery.account}: may be live. What was tried ({zone}):")
    print_tried(one.tried, zone, thread=one.is_thread)
    if not one.tried:
        click.echo("    nothing is on record")
    if one.is_thread:
        for part in one.parts:
            where = f" {part.sent.url}" if part.sent else ""
            click.echo(f"    part {part.number}, {part.word}{where}: {_short(part.text)}")
    click.echo(f"  {one.waits}" if one.waits else f"  bfbot looks again by itself {_next_look(one, zone)}.")
    if one.asked is not None:
        post, account = one.delivery.post_id, one.delivery.account
        part_option = f" --part {one.asked.number}" if one.is_thread else ""
        if one.lists:
            click.echo(f"  Look: bfbot queue look {post} --account {account}")
        click.echo(
            f"  Then: bfbot queue settle {post} --account {account}{part_option} "
            "--live LINK, or --not-live, or --give-up"
        )


def print_looked(looked: Looked, account: str, zone: str) -> None:
    """What a look found, and the account's own posts around that time."""
    click.echo(f"\n{account}, looked at {local(looked.at, zone):{WHEN}}: {_found(looked)}")
    if looked.unlisted:
        click.echo(f"  {looked.unlisted}")
    elif not looked.seen:
        click.echo(f"  The account's list shows nothing since {local(looked.since, zone):{WHEN}}.")
    for seen in looked.seen:
        click.echo(f"    {local(seen.published_at, zone):{WHEN}}  {seen.url}  {_short(seen.text)}")


def _next_look(one: InDoubt, zone: str) -> str:
    return f"at {local(one.looks_at, zone):{WHEN}}" if one.looks_at else "soon"


def _found(looked: Looked) -> str:
    said = {
        "found": "it is there, and that is on record now." if looked.recorded else "it is there.",
        "absent": "it is not in the account's list. That proves nothing yet: some networks list late.",
        "not_made": "bfbot cannot look for it.",
        "unreadable": "the list could not be read.",
    }[looked.outcome]
    return f"{said} {looked.why}".strip() if looked.why != looked.unlisted else said


def _short(text: str) -> str:
    line = _plain(text)
    return line if len(line) <= 70 else f"{line[:69]}…"


def _plain(text: str) -> str:
    """One line; what a network sent must not steer the terminal."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split())
