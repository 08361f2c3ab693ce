"""`queue retry`, `look`, `settle` and `delete`: posts that met their network, or should have."""

from __future__ import annotations

import click

from bfbot.cli.one_post import as_json, begin_as, by, moment_of, print_post
from bfbot.errors import ContentRefused, UsageError


@click.command()
@click.argument("post_id", type=int)
@by
@click.option("--at", "at", help="A new time in the campaign's zone; default: now.")
@as_json
def retry(post_id: int, by: str | None, at: str | None, as_json: bool) -> None:
    """Give what failed, or was not sent in time, a new moment."""
    now, actor = begin_as(by)
    from bfbot.desk import review
    from bfbot.ledger import posts

    moment = moment_of(at, posts.get(post_id).campaign, now) if at else None
    review.retry(post_id, actor=actor, now=now, at=moment)
    print_post(post_id, as_json, now)


@click.command()
@click.argument("post_id", type=int)
@click.option("--account", help="Default: wherever it may be live.")
@by
@click.option("--json", "as_json", is_flag=True, help="What was found on each account, as JSON.")
def look(post_id: int, account: str | None, by: str | None, as_json: bool) -> None:
    """Look at the network now for a post that may be live. Sends nothing."""
    now, actor = begin_as(by, approver=True)
    from datetime import UTC, datetime

    from bfbot.cli.doubt_shapes import looked_shape
    from bfbot.cli.in_doubt import print_looked
    from bfbot.cli.output import print_json
    from bfbot.cli.shapes import zone_of
    from bfbot.ledger import posts
    from bfbot.library import current_revision
    from bfbot.publishing.look_again import look_again

    post = posts.get(post_id)
    asked = [one for one in post.deliveries if (one.account == account if account else one.in_doubt)]
    if not asked:
        raise ContentRefused(
            f"Post {post_id} has nothing in doubt{f' on {account}' if account else ''}.",
            mend=f"See `bfbot queue show {post_id}`.",
        )
    zone = zone_of(post.campaign, current_revision(now))
    found = [(one, look_again(one.id, actor=actor, clock=lambda: datetime.now(UTC))) for one in asked]
    if as_json:
        print_json([looked_shape(looked, one.account, zone) for one, looked in found])
        return
    for one, looked in found:
        print_looked(looked, one.account, zone)
    click.echo()
    print_post(post_id, False, now)


@click.command()
@click.argument("post_id", type=int)
@click.option("--account", required=True)
@click.option("--part", type=click.IntRange(1), help="Which part of a thread, from 1.")
@click.option("--live", "live_url", metavar="LINK", help="It is live, at this link.")
@click.option("--not-live", is_flag=True, help="It is not live: it goes out again within its time, or is missed.")
@click.option("--give-up", is_flag=True, help="Nobody can find out: it failed, and nothing more is sent.")
@click.option("--reason", default="", help="Why you give up; kept on record.")
@by
@as_json
def settle(
    post_id: int,
    account: str,
    part: int | None,
    live_url: str | None,
    not_live: bool,
    give_up: bool,
    reason: str,
    by: str | None,
    as_json: bool,
) -> None:
    """Say what became of a post that may be live; of a thread, part by part."""
    now, actor = begin_as(by, approver=True)
    from bfbot.desk.settling import settle as settle_delivery
    from bfbot.ledger import posts

    on_it = [one for one in posts.get(post_id).deliveries if one.account == account]
    if not on_it:
        raise UsageError(f"Post {post_id} does not go to {account}.", mend=f"See `bfbot queue show {post_id}`.")
    settle_delivery(
        on_it[0].id,
        actor=actor,
        now=now,
        live_url=live_url,
        gone=not_live,
        given_up=give_up,
        part=part - 1 if part is not None else None,
        reason=reason,
    )
    print_post(post_id, as_json, now)


@click.command()
@click.argument("post_id", type=int)
@click.option("--account", "accounts", multiple=True, help="Default: everywhere it is live.")
@by
@as_json
def delete(post_id: int, accounts: tuple[str, ...], by: str | None, as_json: bool) -> None:
    """Take a live post down from its networks."""
    now, actor = begin_as(by, approver=True)
    from bfbot.domain.states import DeliveryState
    from bfbot.ledger import posts
    from bfbot.publishing import take_down

    live = [
        one
        for one in posts.get(post_id).deliveries
        if one.state is DeliveryState.PUBLISHED and (not accounts or one.account in accounts)
    ]
    if not live:
        place = f" on {', '.join(accounts)}" if accounts else ""
        raise ContentRefused(
            f"Post {post_id} is not live{place}: there is nothing to take down.",
            mend=f"See `bfbot queue show {post_id}`.",
        )
    for one in live:
        take_down.delete(one.id, actor=actor, now=now)
    print_post(post_id, as_json, now)
