"""What stands to be approved, and what was: for who reads it on a terminal, and as JSON for scripts."""

from __future__ import annotations

from datetime import datetime

import click

from bfbot.cli.as_shown import as_shown
from bfbot.cli.joint_shapes import print_lines, sign_offs_of
from bfbot.cli.output import iso
from bfbot.cli.picture_shapes import print_rights
from bfbot.cli.reading import print_proof
from bfbot.cli.shapes import zone_of
from bfbot.cli.week_shapes import finding_shape
from bfbot.desk import judging
from bfbot.desk.binding import last_day, seal_of
from bfbot.desk.claims import claims_of
from bfbot.desk.joint import joint_of_post
from bfbot.domain.approval import Approval
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import OPEN_POST, PostState
from bfbot.ledger import approvals
from bfbot.rules.approval import TWO


def findings_now(post: Post, now: datetime) -> tuple[Finding, ...]:
    """What an approver is asked where the post waits for one; else what its author would be told."""
    if post.state not in OPEN_POST:
        return ()
    moment = Moment.APPROVE if post.state is PostState.IN_REVIEW else Moment.SUBMIT
    found = judging.findings(post.id, moment, now=now, actor=post.author)
    return tuple(one for one in found if one.rule != TWO.id)  # who looks is not yet who approves


def claims_now(post: Post, now: datetime) -> tuple[str, ...]:
    """What names the claims that an approval would have to settle."""
    return claims_of(findings_now(post, now)) if post.state is PostState.IN_REVIEW else ()


def shown_now(post: Post, now: datetime) -> str | None:
    """What an approval of the post names; None while it does not wait for one."""
    return as_shown(post.id, seal_of(post), claims_now(post, now)) if post.state is PostState.IN_REVIEW else None


def print_approval(post: Post, revision: Revision, now: datetime) -> None:
    """The command that approves it as shown, or who approved it and until when."""
    given, shown = approvals.standing_on(post.id), shown_now(post, now)
    if given is not None:
        last = last_day(given, zone_of(post.campaign, revision))
        word = f", who wrote: {given.confirmed}" if given.confirmed else ""
        click.echo(f"\nApproved by {given.approver} until {last:%a %-d %b %Y}{word}")
    joint = joint_of_post(post, revision)
    if joint is not None:
        click.echo(f"\nEach organisation signs. This post names {' and '.join(joint.owners)}.")
        print_lines(joint, revision)
    if shown is None:
        return
    click.echo(f"\nApprove it as shown: bfbot queue approve {shown}")
    if post.pair is not None:
        click.echo(
            f"Post {post.pair} says the same in the other language: add --with and what "
            f"`bfbot queue show {post.pair}` gives it."
        )


def print_exactly(post: Post) -> None:
    """What an approval by number alone was given to."""
    click.echo(f"\nApproved exactly this, {as_shown(post.id, seal_of(post))}:")
    for one in post.deliveries:
        if one.proof:
            print_proof(one.proof)
    print_rights(post)


def approval_shape(given: Approval | None, zone: str) -> dict[str, object] | None:
    """The approval that stands; `until` is excluded, `good_until` the last day that it was given for."""
    if given is None:
        return None
    return {
        "approver": given.approver,
        "given_at": iso(given.given_at, zone),
        "from": iso(given.from_time, zone),
        "until": iso(given.until, zone),
        "good_until": last_day(given, zone).isoformat(),
        "signature": given.signature,
        "confirmed": given.confirmed or None,
        "settled": None if given.settled is None else list(given.settled),
        "for_repeat": given.standing is not None,
    }


def with_approval(post: Post, revision: Revision, now: datetime) -> dict[str, object]:
    """What `queue show --json` and `queue approve --json` add: what goes out, and who approved it."""
    return {
        "shown": shown_now(post, now),
        "seal": seal_of(post) or None,
        "signature": post.signature or None,
        "proofs": [one.proof.as_json() for one in post.deliveries if one.proof],
        "findings": [finding_shape(one) for one in findings_now(post, now)],
        "sign_offs": sign_offs_of(post, revision),
        "approval": approval_shape(approvals.standing_on(post.id), zone_of(post.campaign, revision)),
    }
