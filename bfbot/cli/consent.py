"""`consent`: what people agreed to, by number, and what has to go when one of them takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bfbot.cli.start import begin

if TYPE_CHECKING:
    from bfbot.desk.where_used import Used
    from bfbot.domain.picture import Consent


@click.group()
def consent() -> None:
    """Consents by number: list, show."""


@consent.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_consents(as_json: bool) -> None:
    """Every consent with its bounds and how much rests on it."""
    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.desk.where_used import consents_used
    from bfbot.library import current_revision

    used, consents = consents_used(now), current_revision(now).consents
    if as_json:
        print_json([_shape(one, used[one.id]) for one in consents.values()])
        return
    print_table(
        ["number", "for", "campaigns", "channels", "given by", "until", "withdrawn", "waiting", "live"],
        [
            (
                one.id,
                ", ".join(sorted(one.scope)),
                ", ".join(one.campaigns),
                ", ".join(one.channels),
                one.given_by,
                one.expires,
                one.withdrawn,
                len(used[one.id].waiting),
                len(used[one.id].live),
            )
            for one in consents.values()
        ],
        "No consent stands in messages/consents.yaml.",
    )


@consent.command("show")
@click.argument("consent_id")
@click.option("--json", "as_json", is_flag=True)
def show(consent_id: str, as_json: bool) -> None:
    """What rests on one consent; once it is withdrawn: what to delete and what to cancel."""
    now = begin()
    from bfbot.cli.media import tell
    from bfbot.cli.output import print_json
    from bfbot.desk.where_used import consent_named, consents_used
    from bfbot.library import current_revision

    one = consent_named(consent_id, current_revision(now))
    used = consents_used(now)[consent_id]
    if as_json:
        print_json(_shape(one, used))
        return
    click.echo(f"{one.id}: {', '.join(sorted(one.scope))}; given by {one.given_by}, recorded on {one.recorded_on}")
    click.echo(f"for {', '.join(one.campaigns)} on {', '.join(one.channels)}, until {one.expires}")
    if one.withdrawn:
        click.echo(f"WITHDRAWN on {one.withdrawn}. Nothing more goes out with it.")
    tell(used)
    if one.withdrawn:
        for number in dict.fromkeys(post.id for post, _ in used.live):
            click.echo(f"delete: bfbot queue delete {number}")
        for post in used.waiting:
            click.echo(f"cancel: bfbot queue withdraw {post.id}")


def _shape(one: Consent, used: Used) -> dict[str, object]:
    from bfbot.cli.media import shape_of_use

    return {
        "id": one.id,
        "scope": sorted(one.scope),
        "campaigns": list(one.campaigns),
        "channels": list(one.channels),
        "given_by": one.given_by,
        "recorded_on": str(one.recorded_on),
        "expires": str(one.expires),
        "withdrawn": one.withdrawn and str(one.withdrawn),
        **shape_of_use(used),
    }
