"""`queue approve`: one post, as it was shown, or as it is now and told in full."""

from __future__ import annotations

import sys
from datetime import UTC, datetime

import click

from bfbot.cli.as_shown import Named, is_number, named, whole_seal
from bfbot.cli.one_post import as_json, begin_as, by, confirm, print_post
from bfbot.errors import UsageError


@click.command()
@click.argument("shown", metavar="ID[:SEAL]")
@click.option("--with", "other", metavar="ID:SEAL", help="Its version in the other language, as it was shown.")
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The last day on which it may go out, by its campaign's clock; default: its own day.",
)
@by
@confirm
@as_json
def approve(
    shown: str, other: str | None, until: datetime | None, by: str | None, confirm: str, as_json: bool
) -> None:
    """Approve exactly what will go out. Never your own post.

    With the SEAL that `queue show` or `queue week` gave it, what was shown there and nothing else. With a number
    alone the post as it is now: at a terminal it is shown first, and a script is told in full what was approved.
    """
    bare = is_number(shown.strip())
    if bare and other is not None:
        raise UsageError("Name both versions as they were shown.", mend="Give the first one’s seal, too.")
    chosen = [] if bare else [named(one) for one in (shown, other) if one is not None]
    number = int(shown) if bare else chosen[0].number
    now, actor = begin_as(by, approver=True)
    if bare and not as_json and at_a_terminal():
        chosen = _read_first(number, now)
        now = datetime.now(UTC)  # somebody has read for a while
        if not confirm and any(one.claims for one in chosen):
            confirm = click.prompt("Your words on what is to confirm above; they are kept")
    from bfbot.desk import review

    review.approve(
        number,
        actor=actor,
        now=now,
        confirmed=confirm,
        seen={one.number: whole_seal(one.number, one.seal) for one in chosen} or None,
        confirmed_for={one.number: one.claims for one in chosen} or None,
        good_until=until.date() if until else None,
    )
    print_post(number, as_json, now, exactly=as_json or not chosen)


def at_a_terminal() -> bool:
    """Whether somebody reads what is printed, and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _read_first(number: int, now: datetime) -> list[Named]:
    """The post, and its version in the other language that is approved with it, as somebody has just read them."""
    from bfbot.cli.approval_shapes import claims_now
    from bfbot.desk.binding import seal_of
    from bfbot.domain.states import PostState
    from bfbot.ledger import posts

    post = posts.get(number)
    if post.state is not PostState.IN_REVIEW:
        return []  # the approval itself says what is in its way
    both = [post, *(posts.several([post.pair]).values() if post.pair is not None else ())]
    read = [one for one in both if one.state is PostState.IN_REVIEW]
    found = [Named(one.id, seal_of(one), frozenset(claims_now(one, now))) for one in read]
    for one in read:
        print_post(one.id, False, now, whole=True)
    click.confirm("\nApprove exactly this?", abort=True)
    return found
