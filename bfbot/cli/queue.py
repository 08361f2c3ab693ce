"""`queue`: the desk on the command line. Writing, deciding and what comes after are files of their own."""

from __future__ import annotations

import click

from bfbot.cli import (
    queue_approving,
    queue_deciding,
    queue_joint,
    queue_mending,
    queue_settling,
    queue_week,
    queue_writing,
)
from bfbot.cli.one_post import as_json, held_by, print_post
from bfbot.errors import UsageError


@click.group()
def queue() -> None:
    """Posts: written, approved, gone out, or waiting for somebody."""


@queue.command("list")
@click.option("--campaign", help="Only this campaign's.")
@click.option("--state", help="draft, in_review, approved, rejected, closed or withdrawn")
@click.option("--json", "as_json", is_flag=True, help="Every post as JSON.")
def list_posts(campaign: str | None, state: str | None, as_json: bool) -> None:
    """Every post, closed ones too."""
    from bfbot.cli.start import begin

    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.cli.shapes import post_shape, zone_of
    from bfbot.cli.words import POST_STATES, on_account
    from bfbot.desk.muted import muted_accounts
    from bfbot.domain.localtime import local
    from bfbot.domain.states import PostState
    from bfbot.ledger import holds
    from bfbot.ledger.every_post import every_post
    from bfbot.library import current_revision

    if state is not None and state not in set(PostState):
        raise UsageError(f"No post is “{state}”.", mend=f"One of: {', '.join(PostState)}.")
    found = every_post(state=PostState(state) if state else None, campaign=campaign)
    revision = current_revision(now)
    held = held_by(holds.standing(now), muted_accounts(revision))
    if as_json:
        print_json([post_shape(one, revision, held(one)) for one in found])
        return
    print_table(
        ["id", "when", "state", "accounts", "text"],
        [
            (
                one.id,
                local(one.scheduled_for, zone_of(one.campaign, revision)),
                f"{POST_STATES[one.state]}{' (held)' if held(one) else ''}",
                ", ".join(on_account(delivery) for delivery in one.deliveries),
                " ".join(one.text.split())[:90],
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
    from bfbot.cli.start import begin

    print_post(post_id, as_json, begin(), whole=True)


for command in (
    queue_writing.add,
    queue_writing.edit,
    queue_mending.mend,
    queue_mending.check_links,
    queue_week.week,
    queue_week.approve_week,
    queue_deciding.submit,
    queue_approving.approve,
    queue_joint.sign_off,
    queue_joint.take_back,
    queue_joint.sign_offs,
    queue_deciding.reject,
    queue_deciding.send_back,
    queue_deciding.withdraw,
    queue_settling.retry,
    queue_settling.look,
    queue_settling.settle,
    queue_settling.delete,
):
    queue.add_command(command)
