"""`queue retry`, `settle` and `delete`: posts that met their network, or should have."""

from __future__ import annotations

import click

from bfbot.cli.one_post import as_json, begin_as, by, moment_of, print_post
from bfbot.errors import UsageError


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
@click.option("--account", required=True)
@click.option("--live", "live_url", metavar="LINK", help="It is live, at this link.")
@click.option("--not-live", is_flag=True, help="It is not live: it may be tried again.")
@by
@as_json
def settle(
    post_id: int, account: str, live_url: str | None, not_live: bool, by: str | None, as_json: bool
) -> None:
    """Say what became of a post that may be live."""
    now, actor = begin_as(by, approver=True)
    from bfbot.desk.settling import settle as settle_delivery
    from bfbot.ledger import posts

    on_it = [one for one in posts.get(post_id).deliveries if one.account == account]
    if not on_it:
        raise UsageError(f"Post {post_id} does not go to {account}.", mend=f"See `bfbot queue show {post_id}`.")
    settle_delivery(on_it[0].id, actor=actor, now=now, live_url=live_url, gone=not_live)
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
    from bfbot.errors import ContentRefused
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
