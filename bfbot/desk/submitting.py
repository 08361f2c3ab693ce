"""A post is written out for each account, judged, and laid before an approver."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.binding import to_go
from bfbot.desk.clips_ahead import take_in_clips
from bfbot.desk.judging import Refused, case_of
from bfbot.desk.proofing import campaign_of, proofs
from bfbot.domain.finding import Moment
from bfbot.domain.person import Role
from bfbot.domain.post import Origin, Post
from bfbot.domain.proof import Proof, joint_digest
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, IllegalMove
from bfbot.ledger import audit, deliveries, posts, releases
from bfbot.library import current_revision
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.verdict import stopping


def submit(post_id: int, *, actor: str, now: datetime) -> Post:
    """Render and store the Proofs, ask the rules, hand the post to an approver.

    Raises Refused with every finding that stops it; the refusal itself stays on record. Raises BeingPrepared
    where a clip is not there yet: nothing has happened then.
    """
    post = posts.get(post_id)
    people.require(actor, Role.AUTHOR, post.campaign)
    take_in_clips(post.wording.media)
    return lay_before(post_id, author=actor, now=now)


def lay_before(post_id: int, *, author: str, now: datetime, just_made: Post | None = None) -> Post:
    """`submit` for bfbot's own authors too, who hold no role.

    `just_made` is the post as this same transaction has laid it down, so that it is not read twice.
    """
    revision = current_revision(now)
    refused: ContentRefused | None = None
    with transaction.atomic():
        post = just_made or posts.to_change(post_id)
        if post.state not in {PostState.DRAFT, PostState.REJECTED, PostState.IN_REVIEW}:
            raise IllegalMove(f"Post {post.id} is {post.state}: it cannot be sent for approval.")
        try:
            made = _written_out(post, revision)
            _judge(post, made, revision, author, now)
        except ContentRefused as refusal:
            refused = refusal
            record_refusal(post, refusal, actor=author, now=now)
        else:
            for one in to_go(post):
                if not one.parts:
                    deliveries.give_proof(one.id, made[one.account], now)
            kept = [one.proof for one in post.deliveries if one.account not in made and one.proof]
            signature = joint_digest([*made.values(), *kept])
            posts.sign(post.id, signature, revision.number, now)
            posts.note(post.id, "")
            posts.move(post, PostState.IN_REVIEW, now)
            audit.record(author, "submitted", f"post:{post.id}", now, {"signature": signature})
    if refused is not None:
        raise refused
    return posts.get(post_id)


def record_refusal(post: Post, refusal: ContentRefused, *, actor: str, now: datetime, noted: bool = True) -> None:
    """Keep in the audit what was refused and why; `noted`: leave a word with the post for the next person."""
    rules = [one.rule for one in refusal.findings] if isinstance(refusal, Refused) else ["wording"]
    why = refusal.message if isinstance(refusal, Refused) else str(refusal)
    if noted:
        posts.note(post.id, why)
    audit.record(actor, "refused", f"post:{post.id}", now, {"text": post.wording.text, "rules": rules, "why": why})


def _written_out(post: Post, revision: Revision) -> dict[str, Proof]:
    """A Proof for each account that is still to be served; what is live in part keeps the one it has."""
    going = to_go(post)
    if not going:
        raise ContentRefused(f"Nothing of post {post.id} is left to go out.", mend="Write a new post.")
    made = proofs(
        post.wording,
        campaign=campaign_of(post.campaign, revision),
        accounts=[one.account for one in going if not one.parts],
        revision=revision,
        own_words=post.origin is Origin.PERSON and post.message is None,
        extras=_extras(post),
        post=post.id,
        theme=post.pillar,
    )
    return made | {one.account: one.proof for one in going if one.parts and one.proof}


def _judge(post: Post, made: dict[str, Proof], revision: Revision, author: str, now: datetime) -> None:
    case = case_of(post, Moment.SUBMIT, now=now, revision=revision, made=made, actor=author)
    stops = stopping(judge(case, RULES), Moment.SUBMIT)
    if stops:
        raise Refused(stops, where=f"post {post.id}")


def _extras(post: Post) -> dict[str, str]:
    """The words that a release brings to its template."""
    if post.release is None:
        return {}
    release = releases.get(post.release)
    return {"title": release.title, "summary": release.summary}
