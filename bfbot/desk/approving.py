"""The second pair of eyes says yes, to exactly what is stored, for its own day or until another."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction

from bfbot.config import config
from bfbot.desk import people
from bfbot.desk.binding import is_whole, range_of, seal_of
from bfbot.desk.claims import Weighed, claims_of, weigh
from bfbot.desk.judging import Refused, case_of
from bfbot.desk.library_copies import copies_of_library
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


def approve(
    post_id: int,
    *,
    actor: str,
    now: datetime,
    confirmed: str = "",
    seen: Mapping[int, str] | None = None,
    confirmed_for: Mapping[int, Collection[str]] | None = None,
    good_until: date | None = None,
) -> Post:
    """Bind the approval to the stored Proofs and to the day of the post. The author cannot be the approver.

    A post that has a version in the other language is approved with it, or neither is. `seen` has the seal under
    which each of them was shown to the approver, by its number: what is otherwise now is not approved.
    `confirmed_for` names the claims (claims.claim_id) that stood there, by the same number: `confirmed` settles
    no other. Without it, it settles what the rules say now. `good_until`: another last day, in the post's zone.
    Raises Refused with every finding that stops it, which stays on record; UsageError for a day out of reach.
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
        for half in both if good_until is not None else []:
            range_of(half, revision, now, good_until)
            _may_say_how_long(actor, half)
        weighed: dict[int, Weighed] = {}
        for half in both:
            shown = confirmed_for.get(half.id, ()) if confirmed_for is not None else None
            weighed[half.id] = _weighed(half, actor, confirmed, shown, revision, now)
            stops = weighed[half.id].stops
            if stops:
                refused = refused or Refused(stops, where=f"post {half.id}")
                told = Refused(stops, where=f"post {half.id}")
                record_refusal(half, told, actor=actor, now=now, noted=not same_person(actor, half.author))
        for half in both if refused is None else []:
            settled = weighed[half.id].settled
            grant(
                half,
                approver=actor,
                now=now,
                confirmed=confirmed,
                revision=revision,
                good_until=good_until,
                settled=settled,
            )
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
    good_until: date | None = None,
    settled: Collection[Finding] = (),
) -> None:
    """Write an approval that has been decided; the caller holds the transaction. `settled` are the claims that
    `confirmed` is for: kept with the approval, and on record.

    Raises ContentRefused when the post was approved or changed by somebody else in this moment.
    """
    if same_person(approver, post.author):
        raise NotAllowed(f"{approver} wrote post {post.id} and cannot approve it.", mend="Ask another approver.")
    opens, closes = range_of(post, revision, now, good_until)
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
            settled=claims_of(settled),
        )
    )
    vouch([post.id], now)
    posts.note(post.id, "")
    detail: dict[str, object] = {
        "signature": post.signature,
        "confirmed": confirmed,
        "standing": standing,
        "from": opens.isoformat(),
        "until": closes.isoformat(),
    }
    if good_until is not None:
        detail["good_until"] = good_until.isoformat()
    if settled:
        detail["claims"] = [one.message for one in settled]
    audit.record(approver, "approved", f"post:{post.id}", now, detail)


def _weighed(
    post: Post, actor: str, confirmed: str, shown: Collection[str] | None, revision: Revision, now: datetime
) -> Weighed:
    if same_person(actor, post.author):
        case = case_of(post, Moment.APPROVE, now=now, revision=revision, actor=actor)
        return Weighed(tuple(TWO.judge(case)))
    if not is_whole(post):
        why = "What is stored to go out is not what was sent for approval."
        return Weighed((Finding(APPROVED.id, Level.REFUSE, why, "Send the post for approval again."),))
    copied = copies_of_library([post], revision, config().home).get(post.id)
    if copied is not None:
        return Weighed((copied,))
    if people.require(actor, Role.AUTHOR, post.campaign).may(Role.APPROVER, post.campaign):
        return weigh(post, actor=actor, confirmed=confirmed, shown=shown, revision=revision, now=now)
    weighed = weigh(post, actor=actor, confirmed="", shown=None, revision=revision, now=now)
    return Weighed(tuple(_for_an_approver(one) for one in weighed.stops))


def _for_an_approver(one: Finding) -> Finding:
    """The author of an approver's edit may have made the claim: their own word on it would be one pair of eyes."""
    if one.level is not Level.CONFIRM:
        return one
    return replace(one, mend="This takes an approver’s own word: ask one other than whoever edited the post last.")


def _second_person(actor: str, post: Post) -> None:
    """An approver; or the author of a post that an approver mended, who approves that edit and nothing else."""
    person = people.require(actor, Role.AUTHOR, post.campaign)
    if person.may(Role.APPROVER, post.campaign):
        return
    if not mended_for([post], actor):
        people.require(actor, Role.APPROVER, post.campaign)


def _may_say_how_long(actor: str, post: Post) -> None:
    """Who approves an approver's edit of their own words approves that, with its time, and nothing beyond."""
    if not people.require(actor, Role.AUTHOR, post.campaign).may(Role.APPROVER, post.campaign):
        raise NotAllowed(
            f"{actor} approves the edit of post {post.id} for its own day only.", mend="Leave the later day out."
        )


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
