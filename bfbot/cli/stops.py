"""`pause`, `resume`, `holds`."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from bfbot.cli.start import acting, begin

if TYPE_CHECKING:
    from bfbot.domain.hold import Hold, Scope


@click.command()
@click.option("--reason", required=True, help="Why; the team reads it.")
@click.option("--campaign", help="Only this campaign; default: everything.")
@click.option("--account", help="Only this account.")
@click.option("--feed", help="Only this feed: what it brings waits for people.")
@click.option("--post", help="Only this post.")
@click.option("--by", metavar="NAME", help="Who stops it; default: the only person who may.")
@click.option("--json", "as_json", is_flag=True, help="The pause as JSON.")
def pause(
    reason: str,
    campaign: str | None,
    account: str | None,
    feed: str | None,
    post: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Stop everything, or one campaign, account, feed or post. Anyone on the team may."""
    now = begin(files=False)
    from django.db import DatabaseError

    from bfbot.cli.output import print_json
    from bfbot.desk import stops
    from bfbot.domain.hold import Scope
    from bfbot.engine.database import readable
    from bfbot.errors import ConfigurationError, UsageError

    chosen = [
        (scope, value)
        for scope, value in (
            (Scope.CAMPAIGN, campaign),
            (Scope.ACCOUNT, account),
            (Scope.FEED, feed),
            (Scope.POST, post),
        )
        if value
    ]
    if len(chosen) > 1:
        raise UsageError("Pause one thing at a time, or everything.")
    scope, scope_id = chosen[0] if chosen else (Scope.EVERYTHING, "")
    _there(scope, scope_id, now)
    try:
        hold = stops.pause(actor=acting(by), now=now, reason=reason, scope=scope, scope_id=scope_id)
    except DatabaseError as error:
        told = readable(error)
        raise ConfigurationError(f"{stops.NOT_PAUSED} {told.message}", mend=told.mend, where=told.where) from error
    if as_json:
        print_json(_shape(hold))
    else:
        click.echo(f"Paused ({hold.id}): {scope} {scope_id}".rstrip())
    for one in stops.on_their_way(hold):
        click.echo(
            f"Post {one.delivery.post_id} was already on its way to {one.delivery.account}: "
            "it cannot be called back, and may come out.",
            err=as_json,
        )


def _there(scope: Scope, scope_id: str, now: datetime) -> None:
    """A pause of something misspelt would stop nothing: it is refused. Everything can always be paused."""
    from bfbot.domain.hold import Scope
    from bfbot.errors import UsageError
    from bfbot.ledger import posts
    from bfbot.library import current_revision

    if scope is Scope.POST:
        posts.get(int(scope_id) if scope_id.isdigit() else 0)
    if scope in {Scope.EVERYTHING, Scope.POST}:
        return
    revision = current_revision(now)
    there = {
        Scope.CAMPAIGN: revision.campaigns,
        Scope.ACCOUNT: revision.accounts,
        Scope.FEED: revision.feeds,
    }[scope]
    if scope_id not in there:
        raise UsageError(f"There is no {scope} “{scope_id}”.", mend=f"There are: {', '.join(there) or 'none'}.")


@click.command()
@click.option("--id", "hold_id", type=int, help="Only this pause; default: all.")
@click.option("--reason", default="", help="Why; kept on record.")
@click.option("--by", metavar="NAME", help="Who resumes; default: the only person who may.")
@click.option("--json", "as_json", is_flag=True, help="The ended pauses as JSON.")
def resume(hold_id: int | None, reason: str, by: str | None, as_json: bool) -> None:
    """End a pause. What fell due meanwhile is not sent: re-date it or cancel it."""
    now = begin(files=False)
    from bfbot.cli.output import print_json
    from bfbot.desk import stops

    lifted = stops.resume(actor=acting(by, approver=True), now=now, hold_id=hold_id, reason=reason)
    if as_json:
        print_json([_shape(one) for one in lifted])
        return
    click.echo(f"Resumed: {', '.join(str(one.id) for one in lifted)}")


@click.command()
@click.option("--json", "as_json", is_flag=True)
def holds(as_json: bool) -> None:
    """What is paused, by whom and why."""
    now = begin(files=False)
    from bfbot.cli.output import print_json, print_table
    from bfbot.desk import stops

    standing = stops.standing(now)
    if as_json:
        print_json([_shape(one) for one in standing])
        return
    print_table(
        ["id", "what", "since (UTC)", "by", "reason"],
        [
            (one.id, f"{one.scope} {one.scope_id}".strip(), one.starts_at, one.placed_by, one.reason)
            for one in standing
        ],
        "Nothing is paused.",
    )


def _shape(hold: Hold) -> dict[str, object]:
    from bfbot.cli.output import iso

    return {
        "id": hold.id,
        "scope": str(hold.scope),
        "of": hold.scope_id,
        "reason": hold.reason,
        "by": hold.placed_by,
        "from": iso(hold.starts_at, "UTC"),
        "until": iso(hold.until, "UTC"),
    }
