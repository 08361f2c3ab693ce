"""The second pair of eyes says yes, to exactly what is stored, for the day on which it goes out."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from bfbot.desk import people
from bfbot.desk.binding import day_of, is_whole, seal_of
from bfbot.desk.judging import Refused, case_of
from bfbot.desk.mended import mended_for
from bfbot.desk.pairs import halves
from bfbot.desk.submitting import record_refusal
from bfbot.desk.vouching import vouch
from bfbot.domain.approval import Approval
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.person import Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import PostState
from bfbot.errors import ContentRefused, IllegalMove, NotAllowed
from bfbot.ledger import approvals, audit, posts
from bfbot.library import current_revision
from bfbot.rules.approval import APPROVED, TWO, same_person
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.verdict import stopping


def approve(
    post_id: int, *, actor: str, now: datetime, confirmed: str = "", seen: Mapping[int, str] | None = None
) -> Post:
    """Bind the approval to the stored Proofs and to the day of the post. The author cannot be the approver.

    A post that has a version in the other language is approved with it, or neither is. `seen` has the seal under
    which each of them was shown to the approver, by its number: what is otherwise now is not approved.
    Raises Refused with every finding that stops it; the refusal itself stays on record.
    """
    revision = current_revision(now)
    refused: Refused | None = None
    with transaction.atomic():
        post = posts.to_change(post_id)
        both = halves(post)
        for half in both:
            _second_person(actor, half)
        if post.state is not PostState.IN_REVIEW:
            raise IllegalMove(_too_late(post))
        for half in both if seen is not None else []:
            _as_shown(half, post, seen or {})
        for half in both:
            stops = _stops(half, actor, confirmed, revision, now)
            if stops:
                refused = refused or Refused(stops, where=f"post {half.id}")
                told = Refused(stops, where=f"post {half.id}")
                record_refusal(half, told, actor=actor, now=now, noted=not same_person(actor, half.author))
        for half in both if refused is None else []:
            grant(half, approver=actor, now=now, confirmed=confirmed, revision=revision)
    if refused is not None:
        raise refused
    return posts.get(post_id)


def grant(
    post: Post,
    *,
    approver: str,
    now: datetime,
    revision: Revision,
    confirmed: str = "",
    standing: int | None = None,
) -> None:
    """Write an approval that has been decided; the caller holds the transaction.

    Raises ContentRefused when the post was approved or changed by somebody else in this moment.
    """
    if same_person(approver, post.author):
        raise NotAllowed(f"{approver} wrote post {post.id} and cannot approve it.", mend="Ask another approver.")
    opens, closes = day_of(post, revision, now)
    posts.move(post, PostState.APPROVED, now, as_signed=True)
    approvals.give(
        Approval(
            post_id=post.id,
            author=post.author,
            approver=approver,
            signature=post.signature,
            from_time=opens,
            until=closes,
            given_at=now,
            confirmed=confirmed,
            standing=standing,
        )
    )
    vouch([post.id], now)
    posts.note(post.id, "")
    detail = {"signature": post.signature, "confirmed": confirmed, "standing": standing}
    audit.record(approver, "approved", f"post:{post.id}", now, detail)


def _stops(post: Post, actor: str, confirmed: str, revision: Revision, now: datetime) -> tuple[Finding, ...]:
    if same_person(actor, post.author):
        case = case_of(post, Moment.APPROVE, now=now, revision=revision, actor=actor, confirmed=confirmed)
        return tuple(TWO.judge(case))
    if not is_whole(post):
        why = "What is stored to go out is not what was sent for approval."
        return (Finding(APPROVED.id, Level.REFUSE, why, "Send the post for approval again."),)
    case = case_of(post, Moment.APPROVE, now=now, revision=revision, actor=actor, confirmed=confirmed)
    return stopping(judge(case, RULES), Moment.APPROVE, confirmed)


def _second_person(actor: str, post: Post) -> None:
    """An approver; or the author of a post that an approver mended, who approves that edit and nothing else."""
    person = people.require(actor, Role.AUTHOR, post.campaign)
    if person.may(Role.APPROVER, post.campaign):
        return
    if not mended_for([post], actor):
        people.require(actor, Role.APPROVER, post.campaign)


def _as_shown(half: Post, post: Post, seen: Mapping[int, str]) -> None:
    if half.id not in seen:
        raise ContentRefused(
            f"Post {half.id} says the same as post {post.id} in the other language, and was not shown with it.",
            mend="Look at both, then approve them together.",
        )
    if not seen[half.id] or seen[half.id] != seal_of(half):
        raise ContentRefused(
            f"Post {half.id} is no longer what was shown: it was changed or moved meanwhile.",
            mend="Read it as it is now, then decide.",
        )


def _too_late(post: Post) -> str:
    given = approvals.standing_on(post.id)
    if post.state is PostState.APPROVED and given is not None:
        return f"Post {post.id} was approved already, by {given.approver}."
    return f"Post {post.id} is {post.state}: only a post that waits for approval can be approved."
