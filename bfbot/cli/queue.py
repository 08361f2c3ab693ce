"""`queue`: the desk on the command line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from bfbot.errors import UsageError

by = click.option("--by", metavar="NAME", help="Who does this; default: the only person who may.")
as_json = click.option("--json", "as_json", is_flag=True, help="The post as JSON.")
reason = click.option("--reason", required=True, help="Why; the author reads it.")


@click.group()
def queue() -> None:
    """Posts: written, approved, gone out, or waiting for somebody."""


@queue.command()
@click.option("--campaign", required=True)
@click.option("--account", "accounts", multiple=True, required=True, help="Give it again for more accounts.")
@click.option("--text", required=True, help="A line of three hyphens parts a thread.")
@click.option("--at", "at", default="now", show_default=True, help="A time in the campaign's zone, or now.")
@click.option("--media", type=click.Path(exists=True, dir_okay=False, path_type=Path), multiple=True)
@click.option("--alt", multiple=True, help="What the picture shows, once for each --media.")
@click.option("--link", default="")
@click.option("--window-hours", type=click.FloatRange(min=0.1), default=24, show_default=True)
@click.option("--author", metavar="NAME")
@click.option("--draft", is_flag=True, help="Keep it as a draft instead of sending it for approval.")
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
    author: str | None,
    draft: bool,
    as_json: bool,
) -> None:
    """Write a post and send it for approval."""
    now, actor = _begin(author)
    from datetime import timedelta

    from bfbot.desk import review, writing
    from bfbot.domain.message import MediaUse
    from bfbot.domain.post import Wording
    from bfbot.media import blobs

    if len(media) != len(alt):
        raise UsageError("Every picture needs its alt text.", mend="Give one --alt for each --media.")
    pictures = tuple(
        MediaUse(alt=words, blob=blobs.store(path.read_bytes()).digest)
        for path, words in zip(media, alt, strict=True)
    )
    post = writing.write(
        campaign=campaign,
        accounts=accounts,
        wording=Wording(text=text, media=pictures, link=link),
        at=_moment(at, campaign, now),
        actor=actor,
        now=now,
        window=timedelta(hours=window_hours),
    )
    if not draft:
        try:
            post = review.submit(post.id, actor=actor, now=now)
        except Exception:
            click.echo(f"Post {post.id} is kept as a draft.", err=True)
            raise
    _print(post.id, as_json, now)


@queue.command("list")
@click.option("--campaign")
@click.option("--state", help="draft, in_review, approved, rejected, closed or withdrawn")
@click.option("--json", "as_json", is_flag=True, help="Every post as JSON.")
def list_posts(campaign: str | None, state: str | None, as_json: bool) -> None:
    """Every post, closed ones too."""
    now, _ = _begin("-")
    from bfbot.cli.output import print_json, print_table
    from bfbot.cli.shapes import post_shape, zone_of
    from bfbot.domain.localtime import local
    from bfbot.domain.states import PostState
    from bfbot.ledger import posts
    from bfbot.library import current_revision

    if state is not None and state not in set(PostState):
        raise UsageError(f"No post is “{state}”.", mend=f"One of: {', '.join(PostState)}.")
    found = posts.listing(states=[PostState(state)] if state else None, campaign=campaign)
    revision = current_revision(now)
    held = _held(now)
    if as_json:
        print_json([post_shape(one, revision, held(one)) for one in found])
        return
    print_table(
        ["id", "when", "state", "accounts", "text"],
        [
            (
                one.id,
                local(one.scheduled_for, zone_of(one.campaign, revision)),
                f"{one.state}{' (held)' if held(one) else ''}",
                ", ".join(f"{d.account}: {d.state}" for d in one.deliveries),
                one.text[:90],
            )
            for one in found
        ],
        "No posts yet: write one with `bfbot queue add`.",
    )


@queue.command()
@click.argument("post_id", type=int)
@as_json
def show(post_id: int, as_json: bool) -> None:
    """One post with exactly what goes out, what the rules say, and its history."""
    now, _ = _begin("-")
    _print(post_id, as_json, now, full=True)


@queue.command()
@click.argument("post_id", type=int)
@by
@as_json
def submit(post_id: int, by: str | None, as_json: bool) -> None:
    """Send a draft for approval."""
    _act(post_id, by, as_json, "submit")


@queue.command()
@click.argument("post_id", type=int)
@by
@click.option("--confirm", default="", help="Your words on a claim that a rule wants confirmed; kept on record.")
@as_json
def approve(post_id: int, by: str | None, confirm: str, as_json: bool) -> None:
    """Approve exactly what will go out. Never your own post."""
    _act(post_id, by, as_json, "approve", approver=True, confirmed=confirm)


@queue.command()
@click.argument("post_id", type=int)
@by
@reason
@as_json
def reject(post_id: int, by: str | None, reason: str, as_json: bool) -> None:
    """Say no, and why."""
    _act(post_id, by, as_json, "reject", approver=True, reason=reason)


@queue.command("send-back")
@click.argument("post_id", type=int)
@by
@reason
@as_json
def send_back(post_id: int, by: str | None, reason: str, as_json: bool) -> None:
    """Back to its author as a draft."""
    _act(post_id, by, as_json, "send_back", approver=True, reason=reason)


@queue.command()
@click.argument("post_id", type=int)
@click.option("--text")
@click.option("--at", "at", help="A new time in the campaign's zone, or now.")
@click.option("--account", "accounts", multiple=True)
@by
@click.option("--draft", is_flag=True, help="Keep it as a draft instead of sending it for approval.")
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
    """Change a post. An approval of it is void: it goes for approval again."""
    now, actor = _begin(by)
    from dataclasses import replace

    from bfbot.desk import review, writing
    from bfbot.ledger import posts

    post = posts.get(post_id)
    writing.rewrite(
        post_id,
        actor=actor,
        now=now,
        wording=replace(post.wording, text=text, variants={}) if text is not None else None,
        at=_moment(at, post.campaign, now) if at else None,
        accounts=accounts or None,
    )
    if not draft:
        review.submit(post_id, actor=actor, now=now)
    _print(post_id, as_json, now)


@queue.command()
@click.argument("post_id", type=int)
@by
@click.option("--reason", default="")
@as_json
def withdraw(post_id: int, by: str | None, reason: str, as_json: bool) -> None:
    """Cancel what has not gone out."""
    _act(post_id, by, as_json, "withdraw", reason=reason)


@queue.command()
@click.argument("post_id", type=int)
@by
@click.option("--at", "at", help="A new time in the campaign's zone; default: now.")
@as_json
def retry(post_id: int, by: str | None, at: str | None, as_json: bool) -> None:
    """Give what failed, or was not sent in time, a new moment."""
    now, actor = _begin(by)
    from bfbot.desk import review
    from bfbot.ledger import posts

    moment = _moment(at, posts.get(post_id).campaign, now) if at else None
    review.retry(post_id, actor=actor, now=now, at=moment)
    _print(post_id, as_json, now)


@queue.command()
@click.argument("post_id", type=int)
@click.option("--account", required=True)
@click.option("--live", "live_url", help="It is live, at this link.")
@click.option("--not-live", is_flag=True, help="It is not live: it may be tried again.")
@by
@as_json
def settle(
    post_id: int, account: str, live_url: str | None, not_live: bool, by: str | None, as_json: bool
) -> None:
    """Say what became of a post that may be live."""
    now, actor = _begin(by, approver=True)
    from bfbot.desk.settling import settle as settle_delivery
    from bfbot.ledger import posts

    for one in posts.get(post_id).deliveries:
        if one.account == account:
            settle_delivery(one.id, actor=actor, now=now, live_url=live_url, gone=not_live)
            break
    else:
        raise UsageError(f"Post {post_id} does not go to {account}.", mend="See `bfbot queue show`.")
    _print(post_id, as_json, now)


@queue.command()
@click.argument("post_id", type=int)
@click.option("--account", "accounts", multiple=True, help="Default: everywhere it is live.")
@by
@as_json
def delete(post_id: int, accounts: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Take a live post down from its networks."""
    now, actor = _begin(by, approver=True)
    from bfbot.domain.states import DeliveryState
    from bfbot.ledger import posts
    from bfbot.publishing import take_down

    for one in posts.get(post_id).deliveries:
        if one.state is DeliveryState.PUBLISHED and (not accounts or one.account in accounts):
            take_down.delete(one.id, actor=actor, now=now)
    _print(post_id, as_json, now)


def _begin(name: str | None, approver: bool = False) -> tuple[datetime, str]:
    from bfbot.cli.start import acting, begin

    now = begin()
    return now, acting(name, approver)


def _act(
    post_id: int, name: str | None, as_json: bool, action: str, *, approver: bool = False, **more: str
) -> None:
    now, actor = _begin(name, approver)
    from bfbot.desk import review

    getattr(review, action)(post_id, actor=actor, now=now, **more)
    _print(post_id, as_json, now)


def _moment(text: str, campaign: str, now: datetime) -> datetime:
    from bfbot.desk.proofing import campaign_of
    from bfbot.domain.localtime import typed_time
    from bfbot.library import current_revision

    if text == "now":
        return now
    return typed_time(text, campaign_of(campaign, current_revision(now)).zone)


def _held(now: datetime) -> Callable[[Any], bool]:
    """Whether a standing pause covers a post that is still open."""
    from bfbot.domain.states import OPEN_POST
    from bfbot.ledger import holds

    standing = holds.standing(now)

    def held(post: Any) -> bool:
        return post.state in OPEN_POST and any(
            hold.covers(campaign=post.campaign, account=account, post=post.id, automatic=post.automatic)
            for hold in standing
            for account in post.accounts
        )

    return held


def _print(post_id: int, as_json: bool, now: datetime, full: bool = False) -> None:
    from bfbot.cli.output import print_json
    from bfbot.cli.shapes import post_shape
    from bfbot.ledger import posts
    from bfbot.library import current_revision

    post = posts.get(post_id)
    if as_json:
        print_json(post_shape(post, current_revision(now), _held(now)(post)))
        return
    click.echo(f"Post {post.id}: {post.state}, {post.scheduled_for:%Y-%m-%d %H:%M} UTC, by {post.author}")
    for one in post.deliveries:
        where = f" {one.url}" if one.url else ""
        why = f" ({one.error})" if one.error else ""
        click.echo(f"  {one.account}: {one.state}{where}{why}")
    if full:
        _print_whole(post, now)


def _print_whole(post: Any, now: datetime) -> None:
    from bfbot.desk import judging
    from bfbot.domain.finding import Moment
    from bfbot.ledger import audit

    for one in post.deliveries:
        for number, part in enumerate(one.proof.parts if one.proof else (), 1):
            click.echo(f"\n--- {one.account}, part {number}, {part.length} characters\n{part.text}")
            for picture in part.media:
                click.echo(f"[picture: {picture.alt}]")
    for finding in judging.findings(post.id, Moment.APPROVE, now=now):
        click.echo(f"\n{finding.level}: {finding}")
    if post.note:
        click.echo(f"\nNote: {post.note}")
    click.echo("\nHistory:")
    for entry in reversed(audit.entries(subject=f"post:{post.id}")):
        click.echo(f"  {entry.at:%Y-%m-%d %H:%M} UTC  {entry.actor}: {entry.action}")
