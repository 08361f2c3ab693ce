"""What the rules say about a post: one mechanism at submit, at approval and at send."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bfbot.desk.about_people import with_people
from bfbot.desk.binding import is_whole, to_go
from bfbot.desk.gathering import Gathered, gather
from bfbot.desk.muted import muted_among, muted_for
from bfbot.desk.neighbours import others_before, others_near
from bfbot.desk.owners_agreed import with_owners
from bfbot.desk.pairs import partner_of
from bfbot.desk.proofing import account_of, campaign_of, proofs
from bfbot.desk.rulebook import edition, rules
from bfbot.desk.signed import why_void
from bfbot.desk.signing_off import signed_off
from bfbot.domain.approval import Approval
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.hold import Hold
from bfbot.domain.limits import Limits
from bfbot.domain.post import Delivery, Origin, Post, Wording
from bfbot.domain.proof import Proof
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import ContentRefused
from bfbot.ledger import approvals, holds, links, posts
from bfbot.library import current_revision
from bfbot.platforms.registry import limits_of
from bfbot.rules.approval import APPROVED
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.live_links import addresses
from bfbot.rules.settled import unsettled
from bfbot.rules.steady import stamp
from bfbot.rules.verdict import stopping


class Refused(ContentRefused):
    """Rules refuse; `findings` says which, and what would satisfy them."""

    def __init__(self, findings: Sequence[Finding], *, where: str = "") -> None:
        super().__init__(" ".join(str(one) for one in findings), where=where)
        self.findings = tuple(findings)


@dataclass(frozen=True)
class Preview:
    """What would go out, and what the rules say of it. Nothing of it is stored."""

    proofs: Mapping[str, Proof]
    limits: Mapping[str, Limits]
    findings: tuple[Finding, ...]


def preview(
    *,
    campaign: str,
    accounts: Sequence[str],
    wording: Wording,
    at: datetime,
    now: datetime,
    window: timedelta = timedelta(hours=24),
    origin: Origin = Origin.PERSON,
    message: str | None = None,
) -> Preview:
    """As `submit` would see it. Raises ContentRefused for a placeholder or picture that cannot be used."""
    revision = current_revision(now)
    post = _imagined(campaign, accounts, wording, at, window, revision, origin, message)
    made = proofs(
        wording,
        campaign=campaign_of(campaign, revision),
        accounts=accounts,
        revision=revision,
        own_words=origin is Origin.PERSON,
        theme=revision.messages[message].pillar if message and message in revision.messages else None,
    )
    case = case_of(post, Moment.SUBMIT, now=now, revision=revision, made=made)
    return Preview(made, case.limits, judge(case, RULES))


def findings(post_id: int, moment: Moment, *, now: datetime, actor: str = "") -> tuple[Finding, ...]:
    """What the rules say of a stored post, by its stored Proofs."""
    post = posts.get(post_id)
    case = case_of(post, moment, now=now, revision=current_revision(now), actor=actor)
    return judge(case, RULES)


def check_at_send(
    delivery: Delivery, now: datetime, known: Gathered | None = None, *, alone: bool = False
) -> tuple[Finding, ...]:
    """The last question before a post goes out; it passes or holds, and never changes the Proof.

    What its approver's word was given for is settled; a claim that arose since is told as new, and stops it.
    `known`: what was read about it in this very transaction, for many at once; it is read here otherwise.
    `alone`: without asking for its version in the other language.
    """
    read = known or gather([delivery.post_id], now)
    post = read.posts[delivery.post_id]
    if post.state is not PostState.APPROVED:
        return (_held("This post is not approved.", "Ask an approver."),)
    if not is_whole(post):
        why = "What is stored to go out is not what was approved."
        return (_held(why, "Send the post for approval again."),)
    void = _void_for_repeat(post, read, now)
    if void is not None:
        return (_held(f"Approved for repeat no more: {void}.", "An approver looks at the post itself."),)
    case = case_at_send(post, delivery, read, now)
    if post.pair is not None and not alone:
        case = _with_partner(case, delivery, read, now)
    vouched = bool(delivery.vouched) and delivery.vouched == stamp(case, edition())
    found = judge(case, rules(alone=alone, vouched=vouched))
    return tuple(_since_then(one) for one in unsettled(found, case.approval, (delivery.account,)))


def case_at_send(post: Post, delivery: Delivery, read: Gathered, now: datetime) -> Case:
    """What the rules may know when one delivery is about to go out."""
    return _case(
        post,
        Moment.SEND,
        now=now,
        revision=read.revision,
        deliveries=(delivery,),
        approval=read.approvals.get(post.id),
        holds=read.holds,
        muted=muted_among((delivery,), read.accounts, read.revision),
        near=others_before(post, delivery, read.revision),
    )


def _with_partner(case: Case, delivery: Delivery, read: Gathered, now: datetime) -> Case:
    """What would keep the version in the other language from going out right after this one."""
    partner = read.posts.get(case.post.pair or 0)
    its = [one for one in partner.deliveries if one.account == delivery.account] if partner else []
    waiting = next((one for one in its if one.state in {DeliveryState.PLANNED, DeliveryState.DUE}), None)
    found = check_at_send(waiting, now, read, alone=True) if waiting is not None else ()
    return replace(case, partner=partner, partner_stops=stopping(found, Moment.SEND))


def _void_for_repeat(post: Post, read: Gathered, now: datetime) -> str | None:
    approval = read.approvals.get(post.id)
    if approval is None or approval.standing is None:
        return None
    return why_void(read.standing[approval.standing], post.accounts, read.revision, now)


def _since_then(one: Finding) -> Finding:
    """A claim at send that nobody's word is for arose after the approval, for that would have been refused."""
    if one.level is not Level.CONFIRM:
        return one
    mend = f"{one.mend} For that somebody sends the post back and has it approved anew."
    return replace(one, message=f"New since it was approved: {one.message}", mend=mend)


def _held(why: str, mend: str) -> Finding:
    return Finding(APPROVED.id, Level.HOLD, why, mend)


def case_of(
    post: Post,
    moment: Moment,
    *,
    now: datetime,
    revision: Revision,
    made: Mapping[str, Proof] | None = None,
    deliveries: tuple[Delivery, ...] | None = None,
    actor: str = "",
) -> Case:
    """Gather what the rules may know of `deliveries`: those that have not gone out, unless they are named.

    Without `made`, their stored Proofs are judged.
    """
    case = _case(
        post,
        moment,
        now=now,
        revision=revision,
        deliveries=deliveries if deliveries is not None else to_go(post),
        approval=approvals.standing_on(post.id) if post.id else None,
        holds=tuple(holds.standing(now)),
        made=made,
        actor=actor,
        queued=() if moment is Moment.SEND else _others(post, now),
        muted=muted_for(post, to_go(post) if deliveries is None else deliveries, revision),
    )
    if moment is Moment.SEND:
        return case
    return replace(
        case,
        links_seen=links.seen(addresses(case)),
        partner=partner_of(post),
        others_near=others_near(post, case.deliveries, revision),
    )


def _case(
    post: Post,
    moment: Moment,
    *,
    now: datetime,
    revision: Revision,
    deliveries: tuple[Delivery, ...],
    approval: Approval | None,
    holds: tuple[Hold, ...],
    made: Mapping[str, Proof] | None = None,
    actor: str = "",
    queued: tuple[Post, ...] = (),
    muted: frozenset[str] = frozenset(),
    near: tuple[Post, ...] = (),
) -> Case:
    case = Case(
        moment=moment,
        now=now,
        post=post,
        campaign=campaign_of(post.campaign, revision),
        revision=revision,
        deliveries=deliveries,
        proofs=made if made is not None else {one.account: one.proof for one in deliveries if one.proof},
        limits={one.account: limits_of(one.platform) for one in deliveries},
        holds=holds,
        approval=approval,
        actor=actor,
        message=revision.messages.get(post.message) if post.message else None,
        queued=queued,
        signed_off=signed_off(post, revision, now),
        muted=muted,
        others_near=near,
    )
    return with_owners(with_people(case))


def _others(post: Post, now: datetime) -> tuple[Post, ...]:
    """What else of the campaign is in the queue: two figures for one measure may lie in two posts."""
    return tuple(one for one in posts.queued(post.campaign, now) if one.id != post.id)


def _imagined(
    campaign: str,
    accounts: Sequence[str],
    wording: Wording,
    at: datetime,
    window: timedelta,
    revision: Revision,
    origin: Origin,
    message: str | None,
) -> Post:
    """The post that would come of it, with the id 0 that no stored post has."""
    deliveries = tuple(
        Delivery(
            id=0,
            post_id=0,
            account=one,
            platform=account_of(one, revision).platform,
            state=DeliveryState.PLANNED,
            key="",
            due_at=at,
            closes_at=at + window,
            not_before=at,
            attempts=0,
        )
        for one in accounts
    )
    return Post(
        id=0,
        campaign=campaign,
        origin=origin,
        state=PostState.DRAFT,
        wording=wording,
        author="",
        first_planned_at=at,
        scheduled_for=at,
        window=window,
        revision=revision.number,
        deliveries=deliveries,
        message=message,
    )
