"""Who signs a joint statement: for who reads it on a terminal, and as JSON for scripts."""

from __future__ import annotations

from datetime import datetime

import click

from bfbot.cli.output import iso, print_json
from bfbot.cli.shapes import zone_of
from bfbot.desk.joint import Joint, joint_of_message, joint_of_post
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.ledger import posts
from bfbot.library import current_revision
from bfbot.rules.joint_statements import standing_for


def print_joint(subject: str, now: datetime, as_json: bool, done: str) -> None:
    """What was done just now, and how it stands after that."""
    revision = current_revision(now)
    joint = _joint(subject, revision)
    if as_json:
        print_json(joint_shape(joint, revision) if joint is not None else None)
        return
    click.echo(done)
    if joint is not None:
        print_lines(joint, revision)


def print_lines(joint: Joint, revision: Revision, *, text: bool = False) -> None:
    """Both organisations, each with its signature or what it takes."""
    campaign = revision.campaigns[joint.campaign]
    if text:
        said = joint.post.text if joint.post else revision.messages[joint.message or ""].text
        click.echo(f"\n{joint.subject}, {campaign.name}: {' '.join(said.split())[:100]}")
    ours = f"approved by {joint.approver}" if joint.approver else "waits for an approval"
    click.echo(f"  {campaign.owner}: {ours}")
    for owner in joint.owners:
        signed = standing_for(owner, joint.signed)
        for one in signed:
            click.echo(f"  {owner}: signed off by {one.signer}, who wrote: {one.said}")
        if not signed:
            name = joint.post.id if joint.post else joint.subject
            click.echo(f'  {owner}: waits for a sign-off: bfbot queue sign-off {name} --for "{owner}" --say WORDS')


def joint_shape(joint: Joint, revision: Revision) -> dict[str, object]:
    """`organisations` has the post's own first: it approves, the others sign off."""
    zone = zone_of(joint.campaign, revision)
    own: dict[str, object] = {
        "owner": revision.campaigns[joint.campaign].owner,
        "waits": not joint.approver,
        "signed": [{"by": joint.approver}] if joint.approver else [],
    }
    others: list[dict[str, object]] = [
        {
            "owner": owner,
            "waits": joint.waits_for(owner),
            "signed": [
                {"by": one.signer, "said": one.said, "at": iso(one.given_at, zone)}
                for one in standing_for(owner, joint.signed)
            ],
        }
        for owner in joint.owners
    ]
    return {
        "subject": joint.subject,
        "post": joint.post.id if joint.post else None,
        "message": joint.message,
        "campaign": joint.campaign,
        "digest": joint.digest,
        "organisations": [own, *others],
    }


def sign_offs_of(post: Post, revision: Revision) -> dict[str, object] | None:
    """For `queue show --json`; None where the post speaks for one organisation alone."""
    joint = joint_of_post(post, revision)
    return joint_shape(joint, revision) if joint is not None else None


def _joint(subject: str, revision: Revision) -> Joint | None:
    kind, _, name = subject.partition(":")
    if kind == "post":
        return joint_of_post(posts.get(int(name)), revision)
    return joint_of_message(name, revision)
