"""`clear` and `missed`: one post through a pause by two people, and the list of what was not sent."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import click

from bfbot.cli.one_post import as_json, begin_as, by, moment_of, print_post
from bfbot.cli.start import begin
from bfbot.errors import ContentRefused, UsageError

if TYPE_CHECKING:
    from bfbot.desk.backlog import Dealt


@click.command()
@click.argument("post_id", type=int)
@click.option("--ask", "reason", help="Ask for it, with the reason; without this an approver lets it through.")
@by
@as_json
def clear(post_id: int, reason: str | None, by: str | None, as_json: bool) -> None:
    """Let one post through a pause: one person asks with --ask, an approver who did not ask clears it."""
    now, actor = begin_as(by, approver=reason is None)
    from bfbot.desk import clearing

    if reason is not None:
        clearing.ask(post_id, actor=actor, now=now, reason=reason)
        click.echo(
            f"Asked. Another person, an approver, lets it through: bfbot clear {post_id} --by NAME", err=True
        )
    else:
        clearing.give(post_id, actor=actor, now=now)
    print_post(post_id, as_json, now)


@click.group()
def missed() -> None:
    """What was not sent in time: list, again, cancel; many at once."""


@missed.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_missed(as_json: bool) -> None:
    """Posts that were not sent in time, those of a pause first."""
    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.cli.shapes import post_shape, zone_of
    from bfbot.desk.backlog import in_a_pause, not_sent
    from bfbot.domain.localtime import local
    from bfbot.library import current_revision

    revision, found = current_revision(now), not_sent()
    if as_json:
        print_json([{**post_shape(one, revision, False), "in_a_pause": in_a_pause(one)} for one in found])
        return
    print_table(
        ["id", "campaign", "its time", "why", "text"],
        [
            (
                one.id,
                one.campaign,
                local(one.scheduled_for, zone_of(one.campaign, revision)),
                "a pause" if in_a_pause(one) else "too late",
                " ".join(one.text.split())[:60],
            )
            for one in found
        ],
        "Everything was sent in time.",
    )


@missed.command("again")
@click.argument("post_ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="All that were not sent in time.")
@click.option("--at", required=True, help="The time of the first, in its campaign's zone.")
@click.option("--apart", default="1 h", show_default=True, help="So far apart, like 30 min or 1 day.")
@by
def again(post_ids: tuple[int, ...], every: bool, at: str, apart: str, by: str | None) -> None:
    """Give them new times, one after another; what was missed in a pause is approved anew."""
    now, actor = begin_as(by)
    from bfbot.desk.backlog import give_new_times
    from bfbot.ledger import posts

    ids = _chosen(post_ids, every)
    first = moment_of(at, posts.get(ids[0]).campaign, now)
    _tell(give_new_times(ids, actor=actor, now=now, first=first, apart=_length(apart)), "new times")


@missed.command("cancel")
@click.argument("post_ids", nargs=-1, type=int)
@click.option("--all", "every", is_flag=True, help="All that were not sent in time.")
@click.option("--reason", default="", help="Why; kept on record.")
@by
def cancel(post_ids: tuple[int, ...], every: bool, reason: str, by: str | None) -> None:
    """Cancel them."""
    now, actor = begin_as(by)
    from bfbot.desk.backlog import cancel_all

    _tell(cancel_all(_chosen(post_ids, every), actor=actor, now=now, reason=reason), "cancelled")


def _chosen(post_ids: tuple[int, ...], every: bool) -> list[int]:
    if bool(post_ids) is every:
        raise UsageError("Say which: their numbers, or --all.", mend="See `bfbot missed list`.")
    if post_ids:
        return list(post_ids)
    from bfbot.desk.backlog import not_sent

    found = [one.id for one in not_sent()]
    if not found:
        raise ContentRefused("Everything was sent in time.", mend="See `bfbot queue list`.")
    return found


def _length(text: str) -> timedelta:
    from pydantic_core import PydanticCustomError

    from bfbot.library.fields import duration

    try:
        return duration(text)
    except PydanticCustomError as error:
        raise UsageError(error.message(), mend=str((error.context or {}).get("mend", ""))) from error


def _tell(dealt: Dealt, what: str) -> None:
    click.echo(f"{_posts(len(dealt.done))}: {what}.")
    for number, why in dealt.refused.items():
        click.echo(f"Post {number}: {why}", err=True)
    if dealt.refused:
        stay = f"{_posts(len(dealt.refused))} left as before."
        raise ContentRefused(stay, mend="See the reasons above.")


def _posts(count: int) -> str:
    return "1 post" if count == 1 else f"{count} posts"
