"""What the commands on one post share: for whom they act, how they read a time, what they print after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import click

from bfbot.domain.hold import Hold
from bfbot.domain.post import Post
from bfbot.domain.states import OPEN_POST

by = click.option("--by", metavar="NAME", help="Who does this; default: the only person who may.")
as_json = click.option("--json", "as_json", is_flag=True, help="The post as JSON.")
reason = click.option("--reason", required=True, help="Why; the author reads it.")
draft = click.option("--draft", is_flag=True, help="Keep it as a draft instead of sending it for approval.")
confirm = click.option(
    "--confirm", default="", help="Your words on a claim that a rule wants confirmed; kept on record."
)


def begin_as(name: str | None, *, approver: bool = False) -> tuple[datetime, str]:
    """The moment of the command, and the person it acts for."""
    from bfbot.cli.start import acting, begin

    now = begin()
    return now, acting(name, approver)


def decide(
    post_id: int, name: str | None, as_json: bool, action: str, *, approver: bool = False, **more: str
) -> None:
    """One of the desk's decisions by its name, then the post as it is now."""
    now, actor = begin_as(name, approver=approver)
    from bfbot.desk import review

    getattr(review, action)(post_id, actor=actor, now=now, **more)
    print_post(post_id, as_json, now)


def moment_of(text: str, campaign: str, now: datetime) -> datetime:
    """`now`, or a time that a person typed in the campaign's zone."""
    from bfbot.desk.proofing import campaign_of
    from bfbot.domain.localtime import typed_time
    from bfbot.library import current_revision

    if text == "now":
        return now
    return typed_time(text, campaign_of(campaign, current_revision(now)).zone)


def held_by(standing: list[Hold], muted: frozenset[str] = frozenset()) -> Callable[[Post], bool]:
    """Whether one of these pauses covers a post that is still open, or it comes by itself on a muted account."""

    def held(post: Post) -> bool:
        return post.state in OPEN_POST and any(
            (post.by_itself and account in muted)
            or any(
                hold.covers(campaign=post.campaign, account=account, post=post.id, automatic=post.automatic)
                for hold in standing
            )
            for account in post.accounts
        )

    return held


def print_post(post_id: int, as_json: bool, now: datetime, *, whole: bool = False, exactly: bool = False) -> None:
    """The post as JSON or in a few lines; `whole` adds what goes out, what the rules say, and its history.

    `exactly` tells in full what has just been approved; in JSON with what binds it.
    """
    from bfbot.cli.approval_shapes import print_approval, print_exactly, with_approval
    from bfbot.cli.doubt_shapes import with_tries
    from bfbot.cli.output import print_json
    from bfbot.cli.shapes import post_shape
    from bfbot.desk.muted import muted_accounts
    from bfbot.ledger import holds, posts
    from bfbot.library import current_revision

    post = posts.get(post_id)
    revision = current_revision(now)
    held = held_by(holds.standing(now), muted_accounts(revision))(post)
    if as_json:
        shape = post_shape(post, revision, held)
        if whole:
            shape |= {"deliveries": with_tries(post, revision, now)}
        if whole or exactly:
            shape |= with_approval(post, revision, now)
        print_json(shape)
        return
    from bfbot.cli.in_doubt import print_doubts
    from bfbot.cli.reading import print_lines, print_whole

    print_lines(post, revision, held)
    if whole:
        print_doubts(post, revision, now)
        print_whole(post, revision, now)
        print_approval(post, revision, now)
    elif exactly:
        print_exactly(post)
