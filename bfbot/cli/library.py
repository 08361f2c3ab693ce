"""`library`: statistics that need a person: what is live with an old figure, what is due for review."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from bfbot.cli.start import acting, begin


@click.group()
def library() -> None:
    """Statistics: corrections, reviews, recheck."""


@library.command()
@click.option("--draft", nargs=2, metavar="POST STATISTIC", help="Make the drafted correction of it a post.")
@click.option("--by", metavar="NAME", help="Who drafts it; default: the only person who may.")
@click.option("--json", "as_json", is_flag=True)
def corrections(draft: tuple[str, str] | None, by: str | None, as_json: bool) -> None:
    """What is live with a figure that changed, expired or was blocked, each with a drafted correction."""
    now = begin()
    from bfbot.cli.output import iso, print_json, print_table
    from bfbot.config import config
    from bfbot.desk import corrections as desk
    from bfbot.errors import UsageError

    if draft:
        number, fact_id = draft
        if not number.isdigit():
            raise UsageError(f"{number} is not the number of a post.")
        made = desk.draft_correction(int(number), fact_id, actor=acting(by), now=now)
        click.echo(f"Post {made.id} is a draft: `bfbot queue submit {made.id}` sends it for approval.")
        return
    found = desk.live_errors(now)
    if as_json:
        print_json(
            [
                {
                    "post": one.post.id,
                    "statistic": one.old.fact.id,
                    "why": one.old.why,
                    "live": [{"account": live.account, "url": live.url} for live in one.live],
                    "published_at": iso(one.said_at, config().timezone),
                    "correction": one.text,
                    "correction_post": one.correction,
                }
                for one in found
            ]
        )
        return
    print_table(
        ["post", "live on", "statistic", "why", "correction"],
        [
            (
                one.post.id,
                ", ".join(live.account for live in one.live),
                one.old.fact.id,
                one.old.why,
                f"post {one.correction}" if one.correction else one.text,
            )
            for one in found
        ],
        "Nothing is live with an old figure.",
    )


@library.command()
@click.option("--days", type=click.IntRange(0, 366), default=30, show_default=True, help="How far ahead.")
@click.option("--json", "as_json", is_flag=True)
def reviews(days: int, as_json: bool) -> None:
    """Statistics whose review date has come or comes soon, the earliest first."""
    now = begin()
    from bfbot.cli.output import print_json, print_table
    from bfbot.config import config
    from bfbot.domain.figures import figure_text
    from bfbot.domain.localtime import local
    from bfbot.library import current_revision
    from bfbot.rules.facts import to_review

    found = to_review(current_revision(now), local(now, config().timezone).date(), ahead=days)
    if as_json:
        print_json(
            [{"statistic": one.id, "measure": one.measure, "review_by": str(one.review_by)} for one in found]
        )
        return
    print_table(
        ["review by", "statistic", "figure", "of"],
        [(one.review_by, one.id, figure_text(one), one.measure) for one in found],
        "No statistic is due for review.",
    )


@library.command()
def recheck() -> None:
    """Look at everything that waits to go out again, now. What no longer holds goes back to a person."""
    begin()
    from bfbot.desk.rechecking import recheck as look
    from bfbot.desk.rights_over import recheck_rights

    now = datetime.now(UTC)
    done = look(now)
    back = ", ".join(map(str, (*done.back, *recheck_rights(now)))) or "none"
    click.echo(f"Looked at {done.looked_at} posts that wait. Back to a person: {back}.")
