"""`queue week` and `queue approve-week`: what waits over seven days, read and approved in one sitting."""

from __future__ import annotations

import sys
from datetime import date, datetime

import click

from bfbot.cli.as_shown import is_number, named, whole_seal
from bfbot.cli.one_post import begin_as, by, held_by
from bfbot.cli.start import begin
from bfbot.errors import ContentRefused, UsageError

EVERY = 10_000
"""A terminal has no page to fill."""

campaign_option = click.option("--campaign", help="Only this campaign's.")
first_option = click.option(
    "--from", "first", type=click.DateTime(["%Y-%m-%d"]), help="First day; default: today."
)


@click.command()
@campaign_option
@first_option
@click.option("--json", "as_json", is_flag=True, help="Every post with its proofs, findings and seal as JSON.")
def week(campaign: str | None, first: datetime | None, as_json: bool) -> None:
    """What waits for approval over seven days, each post in full."""
    now = begin()
    from bfbot.cli.output import print_json
    from bfbot.cli.week_shapes import print_choice, sitting_shape
    from bfbot.desk.sitting import sitting
    from bfbot.ledger import holds
    from bfbot.library import current_revision

    revision = current_revision(now)
    found = sitting(now=now, campaign=campaign, first=_day(first), most=EVERY)
    if as_json:
        print_json(sitting_shape(found, revision, held_by(holds.standing(now))))
        return
    for day, choices in found.days:
        click.echo(f"\n===== {day:%A %-d %B %Y} =====")
        for choice in choices:
            print_choice(choice, revision)
    if found.choices:
        click.echo(
            "\nApprove what you have read: bfbot queue approve-week, with what stands after “As shown”.", err=True
        )
    else:
        click.echo("Nothing waits for approval in these seven days.", err=True)


@click.command("approve-week")
@click.argument("shown", nargs=-1, metavar="[ID:SEAL]...")
@click.option(
    "--confirm",
    "words",
    multiple=True,
    metavar="ID=WORDS",
    help="Your words on a claim of one post; kept on record. Give it again for more posts.",
)
@campaign_option
@first_option
@by
@click.option(
    "--json", "as_json", is_flag=True, help="What came of each as JSON; ends with 1 where one was refused."
)
def approve_week(
    shown: tuple[str, ...],
    words: tuple[str, ...],
    campaign: str | None,
    first: datetime | None,
    by: str | None,
    as_json: bool,
) -> None:
    """Approve posts as `queue week` showed them. At a terminal, without ID:SEAL, it asks post by post.

    Each is approved by itself for its own day. One that was changed, moved or decided meanwhile is refused alone.
    """
    if not shown and (as_json or not at_a_terminal()):
        raise UsageError(
            "Say which posts, as `bfbot queue week` showed them.", mend="bfbot queue approve-week 12:3f9a1c2b77d0"
        )
    if shown and (campaign or first):
        raise UsageError("What is named needs no --campaign and no --from.", mend="Leave them out.")
    chosen, confirmed = [named(one) for one in shown], dict(map(_said, words))
    now, actor = begin_as(by, approver=True)
    from bfbot.cli.output import print_json
    from bfbot.cli.week_shapes import answer_shape, print_answer
    from bfbot.desk.together import approve_together

    if not shown:
        _ask_one_by_one(actor, now, campaign, _day(first), confirmed)
        return
    answers = approve_together(
        {one.number: whole_seal(one.number, one.seal) for one in chosen},
        actor=actor,
        now=now,
        confirmed=confirmed,
        confirmed_for={one.number: one.claims for one in chosen},
    )
    if as_json:
        print_json([answer_shape(one) for one in answers])
    else:
        for one in answers:
            print_answer(one)
    if not all(one.approved for one in answers):
        raise click.exceptions.Exit(ContentRefused.exit_code)


def at_a_terminal() -> bool:
    return sys.stdin.isatty()


def _ask_one_by_one(
    actor: str, now: datetime, campaign: str | None, first: date | None, confirmed: dict[int, str]
) -> None:
    from bfbot.cli.week_shapes import print_answer, print_choice
    from bfbot.desk import people
    from bfbot.desk.sitting import sitting
    from bfbot.desk.together import approve_together
    from bfbot.library import current_revision

    person, revision = people.person(actor), current_revision(now)
    found = sitting(now=now, person=person, campaign=campaign, first=first, most=EVERY)
    approved = 0
    for choice in found.choices:
        print_choice(choice, revision)
        if choice.bar:
            continue
        said = click.prompt("Approve? (y)es, (n)ot now, (q)uit", type=click.Choice(["y", "n", "q"]), default="n")
        if said == "q":
            break
        if said == "n":
            continue
        own = dict(confirmed)
        if choice.claims and not any(own.get(one) for one in choice.seals):
            own[choice.number] = click.prompt("Your words on what is to confirm above; they are kept")
        answers = approve_together(
            choice.seals, actor=actor, now=_now(), confirmed=own, confirmed_for=choice.shown_claims
        )
        for one in answers:
            print_answer(one)
        approved += sum(one.approved for one in answers)
    waits = sum(len(one.halves) for one in found.choices)
    click.echo(
        f"\n{approved} of {waits} approved." if waits else "Nothing waits for approval in these seven days."
    )


def _said(text: str) -> tuple[int, str]:
    number, is_there, words = text.partition("=")
    if not (is_there and is_number(number.strip()) and words.strip()):
        raise UsageError(f"“{text}” does not say for which post.", mend="Write --confirm 12=WORDS.")
    return int(number), words.strip()


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _now() -> datetime:
    """Somebody reads for a while between two answers."""
    from datetime import UTC

    return datetime.now(UTC)
