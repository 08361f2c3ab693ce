"""A week's sitting on a terminal: each post in full for who reads it, and the same as JSON for scripts."""

from __future__ import annotations

from collections.abc import Callable

import click

from bfbot.cli.as_shown import as_shown
from bfbot.cli.reading import WHEN, print_proof
from bfbot.cli.shapes import post_shape, zone_of
from bfbot.cli.words import LEVELS
from bfbot.desk.claims import as_before, claim_id, is_new
from bfbot.desk.sitting import Bar, Choice, Half, Sitting
from bfbot.desk.together import Answer
from bfbot.domain.finding import Finding, Level
from bfbot.domain.localtime import local
from bfbot.domain.post import Post
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision

BARS = {
    Bar.OWN: "You wrote it, so somebody else approves it.",
    Bar.ROLE: "It takes an approver of its campaign.",
    Bar.RULE: "It cannot be approved as it is.",
}


def print_choice(choice: Choice, revision: Revision) -> None:
    """A post, or both versions of one: exactly what goes out, what the rules say, and what names it."""
    for half in choice.halves:
        _print_half(half, revision)
    if choice.bar:
        click.echo(f"\n{BARS[choice.bar]}")
    else:
        named = " ".join(as_shown(one.post.id, one.seal, one.claims) for one in choice.halves)
        click.echo(f"\nAs shown: {named}{'  (both together)' if len(choice.halves) > 1 else ''}")


def _print_half(half: Half, revision: Revision) -> None:
    post = half.post
    when = local(post.scheduled_for, zone_of(post.campaign, revision))
    click.echo(f"\nPost {post.id}, for {when:{WHEN}}, {post.campaign}, by {post.author}")
    for proof in _proofs(post):
        print_proof(proof)
    for finding in half.findings:
        click.echo(f"{LEVELS[finding.level]}: {finding}")
    if post.note:
        click.echo(f"Note: {post.note}")


def sitting_shape(found: Sitting, revision: Revision, held: Callable[[Post], bool]) -> dict[str, object]:
    """Every post with `shown`, by which it is approved; `with` is its version in the other language."""
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "posts": [_half_shape(choice, half, revision, held) for choice in found.choices for half in choice.halves],
    }


def _half_shape(choice: Choice, half: Half, revision: Revision, held: Callable[[Post], bool]) -> dict[str, object]:
    others = [one for one in choice.seals if one != half.post.id]
    return {
        **post_shape(half.post, revision, held(half.post)),
        "day": choice.day.isoformat(),
        "shown": as_shown(half.post.id, half.seal, half.claims),
        "seal": half.seal,
        "signature": half.post.signature,
        "with": others[0] if others else None,
        "barred": BARS.get(choice.bar),
        "to_confirm": len(choice.claims),
        "proofs": [one.as_json() for one in _proofs(half.post)],
        "findings": [finding_shape(one) for one in half.findings],
    }


def answer_shape(one: Answer) -> dict[str, object]:
    return {
        "post": one.post_id,
        "approved": one.approved,
        "why": one.why or None,
        "mend": one.mend or None,
        "findings": [finding_shape(each) for each in one.findings],
    }


def print_answer(one: Answer) -> None:
    """On stdout where it was approved, else on stderr with the reason."""
    if one.approved:
        click.echo(f"Post {one.post_id}: approved.")
    else:
        click.echo(f"Post {one.post_id}: not approved. {one.why} {one.mend}".rstrip(), err=True)


def _proofs(post: Post) -> list[Proof]:
    return [one.proof for one in post.deliveries if one.proof]


def finding_shape(one: Finding) -> dict[str, object]:
    """`claim` names what an approver's word would be for; `new`: it arose after what was named had been shown."""
    claim = one.level is Level.CONFIRM
    return {
        "rule": one.rule,
        "level": str(one.level),
        "message": one.message,
        "mend": one.mend,
        "account": one.account or None,
        "claim": claim_id(as_before(one)) if claim else None,
        "new": is_new(one),
    }
