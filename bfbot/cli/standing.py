"""`approve-standing`: approved for repeat."""

from __future__ import annotations

from datetime import datetime, timedelta

import click

from bfbot.cli.clip_progress import show_message
from bfbot.cli.start import acting, begin
from bfbot.errors import UsageError


@click.command("approve-standing")
@click.option("--message", help="An evergreen post by its id.")
@click.option("--feed", help="A feed by its id: its releases then go out after the cancel window.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Last day; default: 90 days from now.")
@click.option("--confirm", default="", help="Your words on a claim that a rule wants confirmed; kept on record.")
@click.option("--by", metavar="NAME", help="Who signs; default: the only person who may.")
@click.option("--json", "as_json", is_flag=True, help="The signature as JSON.")
def approve_standing(
    message: str | None, feed: str | None, until: datetime | None, confirm: str, by: str | None, as_json: bool
) -> None:
    """Sign an evergreen post, or a feed, for repeat. It lapses when anything in it changes."""
    now = begin()
    from bfbot.cli.output import print_json
    from bfbot.desk import standing

    if (message is None) == (feed is None):
        raise UsageError("Name one evergreen post (--message) or one feed (--feed).")
    last = until.date() if until else (now + timedelta(days=90)).date()
    actor = acting(by, approver=True)
    if message is not None:
        show_message(message, now)
        signed = standing.sign_message(message, actor=actor, now=now, until=last, confirmed=confirm)
    else:
        signed = standing.sign_feed(str(feed), actor=actor, now=now, until=last, confirmed=confirm)
    if as_json:
        accounts = list(signed.accounts)
        print_json(
            {
                "subject": signed.subject,
                "accounts": accounts,
                "by": signed.signer,
                "until": signed.until.isoformat(),
            }
        )
        return
    what, where = signed.subject.partition(":")[2], ", ".join(signed.accounts)
    click.echo(f"Approved for repeat until {signed.until:%-d %B %Y}: {what} on {where}")
