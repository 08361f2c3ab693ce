"""`quote`: quoted words that wait for whoever says them, and their sign-off."""

from __future__ import annotations

import click

from bfbot.cli.one_post import begin_as, by
from bfbot.cli.start import begin


@click.group()
def quote() -> None:
    """Quoted words and their sign-off: list, sign."""


@quote.command("list")
@click.option("--json", "as_json", is_flag=True)
def list_quotes(as_json: bool) -> None:
    """Words in quotation marks that nobody has signed off yet."""
    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.desk.quotes import waiting_quotes

    found = waiting_quotes(now)
    if as_json:
        print_json([{"subject": one.subject, "by": list(one.by), "words": one.words} for one in found])
        return
    print_table(
        ["in", "given to", "words"],
        [(one.subject, " or ".join(one.by) or "somebody", one.words) for one in found],
        "No quoted words wait.",
    )


@quote.command("sign")
@click.argument("subject")
@click.argument("speaker")
@click.option(
    "--said", required=True, help="How they agreed to these words: a letter, a call, a mail of which day."
)
@by
def sign(subject: str, speaker: str, said: str, by: str | None) -> None:
    """Record that SPEAKER (an id of spokespeople:) agreed to their words in SUBJECT (post:12, or message:ID)."""
    now, actor = begin_as(by, approver=True)
    from bfbot.desk.quotes import sign_quotes

    for words in sign_quotes(subject, speaker, actor=actor, now=now, said=said):
        click.echo(f"Signed off for {speaker}: “{words}”")
