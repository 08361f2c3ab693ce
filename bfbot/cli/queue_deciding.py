"""`queue submit`, `reject`, `send-back` and `withdraw`."""

from __future__ import annotations

import click

from bfbot.cli.clip_progress import show_clips
from bfbot.cli.one_post import as_json, begin_as, by, decide, print_post, reason


@click.command()
@click.argument("post_id", type=int)
@by
@as_json
def submit(post_id: int, by: str | None, as_json: bool) -> None:
    """Send a draft for approval."""
    now, actor = begin_as(by)
    from bfbot.desk import review
    from bfbot.ledger import posts

    show_clips(posts.get(post_id).wording.media)
    review.submit(post_id, actor=actor, now=now)
    print_post(post_id, as_json, now)


@click.command()
@click.argument("post_id", type=int)
@by
@reason
@as_json
def reject(post_id: int, by: str | None, reason: str, as_json: bool) -> None:
    """Say no, and why."""
    decide(post_id, by, as_json, "reject", approver=True, reason=reason)


@click.command("send-back")
@click.argument("post_id", type=int)
@by
@reason
@as_json
def send_back(post_id: int, by: str | None, reason: str, as_json: bool) -> None:
    """Back to its author as a draft."""
    decide(post_id, by, as_json, "send_back", approver=True, reason=reason)


@click.command()
@click.argument("post_id", type=int)
@by
@click.option("--reason", default="", help="Why; kept on record.")
@as_json
def withdraw(post_id: int, by: str | None, reason: str, as_json: bool) -> None:
    """Cancel what has not gone out."""
    decide(post_id, by, as_json, "withdraw", reason=reason)
