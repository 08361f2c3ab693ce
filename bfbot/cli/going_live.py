"""`accounts going-live`, and the steps to it: what an account needs, who asks, who confirms, and the way back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bfbot.cli.start import acting, begin

if TYPE_CHECKING:
    from bfbot.desk.going_live import Standing

_BY = click.option("--by", metavar="NAME", help="Who does this; default: the only person who may.")
_JSON = click.option("--json", "as_json", is_flag=True, help="The account and its conditions as JSON.")


@click.command("going-live")
@click.argument("account_id")
@_JSON
def show(account_id: str, as_json: bool) -> None:
    """What an account still needs before anything goes out on it by itself."""
    now = begin()
    from bfbot.desk import going_live

    _print(going_live.standing(account_id, now), as_json)


@click.command("reviewed")
@click.argument("account_id")
@_BY
@_JSON
def reviewed(account_id: str, by: str | None, as_json: bool) -> None:
    """Say, as an approver, that the statistics of the account's campaigns were reviewed."""
    now = begin()
    from bfbot.desk import going_live

    _print(going_live.vouch(account_id, actor=acting(by, approver=True), now=now), as_json)


@click.command("ask-to-go-live")
@click.argument("account_id")
@_BY
@_JSON
def ask(account_id: str, by: str | None, as_json: bool) -> None:
    """Ask that an account goes live; an approver who is somebody else confirms."""
    now = begin()
    from bfbot.desk import going_live

    _print(going_live.ask(account_id, actor=acting(by), now=now), as_json)


@click.command("confirm-going-live")
@click.argument("account_id")
@_BY
@_JSON
def confirm(account_id: str, by: str | None, as_json: bool) -> None:
    """Confirm, as the second person, that an account goes live."""
    now = begin()
    from bfbot.desk import going_live

    _print(going_live.confirm(account_id, actor=acting(by, approver=True), now=now), as_json)


@click.command("mute")
@click.argument("account_id")
@click.option("--reason", required=True, help="Why; the team reads it.")
@_BY
@_JSON
def mute(account_id: str, reason: str, by: str | None, as_json: bool) -> None:
    """Let nothing go out on an account by itself any more; one approver is enough."""
    now = begin()
    from bfbot.desk import going_live

    _print(going_live.mute(account_id, actor=acting(by, approver=True), now=now, reason=reason), as_json)


def _print(one: Standing, as_json: bool) -> None:
    """A line for each condition, met or not; what to do stands below it."""
    from bfbot.cli.output import iso, print_json
    from bfbot.config import config

    zone, stage = config().timezone, one.stage
    if as_json:
        print_json(
            {
                "id": one.account.id,
                "platform": one.account.platform,
                "muted": one.muted,
                "waiting": one.waiting,
                "asked_by": stage.asked_by or None,
                "asked_at": iso(stage.asked_at, zone),
                "live_by": stage.live_by or None,
                "live_since": iso(stage.live_since, zone),
                "conditions": [
                    {"need": str(need.need), "met": need.met, "why": need.why, "todo": need.todo or None}
                    for need in one.conditions
                ],
            }
        )
        return
    if one.practice:
        click.echo(f"{one.account.id} is a practice channel: it is never muted.")
        return
    click.echo(f"{one.account.id} is {'muted: nothing goes out on it by itself' if one.muted else 'live'}.")
    if one.muted and one.waiting:
        click.echo(f"Approved posts that come by themselves and wait for it: {one.waiting}")
    if one.muted and stage.muted_by:
        click.echo(f"Muted by {stage.muted_by}: {stage.muted_reason}")
    for need in one.conditions:
        click.echo(f"  [{'x' if need.met else ' '}] {need.why}")
        if need.todo:
            click.echo(f"      {need.todo}")
