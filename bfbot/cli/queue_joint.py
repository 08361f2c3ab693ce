"""`queue sign-off`, `take-back` and `sign-offs`: another organisation agrees to what names it."""

from __future__ import annotations

import sys

import click

from bfbot.cli.as_shown import is_number, named
from bfbot.cli.one_post import begin_as, by
from bfbot.errors import ContentRefused

for_whom = click.option("--for", "owner", default="", metavar="OWNER", help="Which one, where it names several.")
as_json = click.option("--json", "as_json", is_flag=True, help="Who has signed, and who is waited for, as JSON.")


@click.command("sign-off")
@click.argument("subject", metavar="ID[:SEAL]")
@click.option("--say", required=True, help="That you agree, and on what ground; kept with your name.")
@for_whom
@by
@as_json
def sign_off(subject: str, say: str, owner: str, by: str | None, as_json: bool) -> None:
    """Agree, for your organisation, to a post of another one that names it, as it is now.

    With the SEAL that `queue show` gave it, only to what was shown there; or message:ID for an evergreen post.
    """
    now, actor = begin_as(by, approver=True)
    from bfbot.cli.joint_shapes import print_joint
    from bfbot.desk import other_owners

    name, seen = _as_named(subject)
    if seen is None and not as_json and sys.stdin.isatty() and sys.stdout.isatty():
        seen = _read_first(name)
    given = other_owners.sign(name, actor=actor, now=now, said=say, owner=owner, seen=seen)
    print_joint(name, now, as_json, f"{given.signer} has signed it off for {given.owner}.")


@click.command("take-back")
@click.argument("subject", metavar="ID")
@for_whom
@click.option("--reason", default="", help="Why; kept on record.")
@by
@as_json
def take_back(subject: str, owner: str, reason: str, by: str | None, as_json: bool) -> None:
    """Take back your organisation's sign-off of what has not gone out: it is held until it is signed again."""
    now, actor = begin_as(by, approver=True)
    from bfbot.cli.joint_shapes import print_joint
    from bfbot.desk import other_owners

    name, _ = _as_named(subject)
    gone = other_owners.take_back(name, actor=actor, now=now, owner=owner, reason=reason)
    print_joint(name, now, as_json, f"The sign-off for {gone.owner} is taken back.")


@click.command("sign-offs")
@click.option("--by", metavar="NAME", help="Only what waits for this person's sign-off.")
@as_json
def sign_offs(by: str | None, as_json: bool) -> None:
    """Posts and evergreen posts that name another organisation: who has signed them, and who is waited for."""
    from bfbot.cli.start import begin

    now = begin()
    from bfbot.cli.joint_shapes import joint_shape, print_lines
    from bfbot.cli.output import print_json
    from bfbot.desk import people
    from bfbot.desk.joint import open_joints, waiting_for
    from bfbot.ledger.waiting_posts import waiting_posts
    from bfbot.library import current_revision

    revision = current_revision(now)
    found = open_joints(waiting_posts(now), revision, now)
    if by is not None:
        mine = waiting_for(people.person(by), found, revision)
        found = list({one.subject: one for one, _ in mine}.values())
    if as_json:
        print_json([joint_shape(one, revision) for one in found])
        return
    for one in found:
        print_lines(one, revision, text=True)
    if not found:
        click.echo("Nothing waits for a sign-off." if by else "Nothing names another organisation.", err=True)


def _as_named(text: str) -> tuple[str, str | None]:
    """The desk's name for it, and the signature of a post that is still what was shown under its seal."""
    if is_number(text):
        return f"post:{text}", None
    if text.startswith(("post:", "message:")):
        return text, None
    from bfbot.desk.binding import seal_of
    from bfbot.ledger import posts

    shown = named(text)
    post = posts.get(shown.number)
    if not seal_of(post).startswith(shown.seal):
        raise ContentRefused(f"Post {post.id} is not what was shown.", mend=f"See `bfbot queue show {post.id}`.")
    return f"post:{post.id}", post.signature


def _read_first(subject: str) -> str | None:
    """What somebody at a terminal has just read in full; what changes before they answer is not signed."""
    kind, _, name = subject.partition(":")
    if kind != "post" or not is_number(name):
        return None
    from datetime import UTC, datetime

    from bfbot.cli.one_post import print_post
    from bfbot.ledger import posts

    signature = posts.get(int(name)).signature
    print_post(int(name), False, datetime.now(UTC), whole=True)
    click.confirm("\nAgree to exactly this?", abort=True)
    return signature
