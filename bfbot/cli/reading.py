"""A post in words, for whoever reads it on a terminal."""

from __future__ import annotations

from datetime import datetime

import click

from bfbot.cli.picture_shapes import print_rights
from bfbot.cli.shapes import zone_of
from bfbot.cli.words import LEVELS, POST_STATES, on_account
from bfbot.domain.captions import clock
from bfbot.domain.localtime import local
from bfbot.domain.post import Post
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision

WHEN = "%a %-d %b %Y %H:%M"


def print_lines(post: Post, revision: Revision, held: bool) -> None:
    """Where the post stands, a line for each account."""
    when = local(post.scheduled_for, zone_of(post.campaign, revision))
    paused = ", held" if held else ""
    click.echo(f"Post {post.id}: {POST_STATES[post.state]}{paused}, for {when:{WHEN}}, by {post.author}")
    for one in post.deliveries:
        where = f" {one.url}" if one.url else ""
        why = f" ({one.error})" if one.error else ""
        click.echo(f"  {on_account(one)}{where}{why}")


def print_proof(proof: Proof) -> None:
    """Every part that goes out on one account, with what its pictures show and its clips say."""
    for number, part in enumerate(proof.parts, 1):
        click.echo(f"\n--- {proof.account}, part {number}, {part.length} characters\n{part.text}")
        for picture in part.media:
            if not picture.clip:
                click.echo(f"[picture: {picture.alt}]")
                continue
            click.echo(f"[clip, {clock(picture.milliseconds)}: {picture.alt}]")
            for said in picture.spoken.splitlines():
                click.echo(f"[captions: {said}]")


def print_whole(post: Post, revision: Revision, now: datetime) -> None:
    """Exactly what goes out, whose its uploads are, what the rules say of it, and who did what."""
    from bfbot.cli.approval_shapes import findings_now
    from bfbot.ledger import audit

    for one in post.deliveries:
        if one.proof:
            print_proof(one.proof)
    if not any(one.proof for one in post.deliveries):
        click.echo(f"\n{post.text}")
    print_rights(post)
    for finding in findings_now(post, now):
        click.echo(f"\n{LEVELS[finding.level]}: {finding}")
    if post.note:
        click.echo(f"\nNote: {post.note}")
    click.echo("\nHistory:")
    zone = zone_of(post.campaign, revision)
    for entry in reversed(audit.entries(subject=f"post:{post.id}")):
        click.echo(f"  {local(entry.at, zone):{WHEN}}  {entry.actor}: {entry.action}")
