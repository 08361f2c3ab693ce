"""What would become of a post at its moment, on each account: out, waiting for approval, or stopped. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bfbot.desk.binding import day_of, is_whole
from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.finding import Finding
from bfbot.domain.post import Delivery, Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.domain.tracking import links_in
from bfbot.forecast.imagined import SOMEBODY, approved
from bfbot.forecast.judge import Judge
from bfbot.forecast.outlook import Fate, Line
from bfbot.forecast.signatures import CHANGED, UNAPPROVED, signature, unsigned
from bfbot.forecast.situation import Situation

Stops = tuple[Finding, ...]
WAITING = frozenset({DeliveryState.PLANNED, DeliveryState.DUE})


def of_planned(
    pairs: Sequence[tuple[Post, Post | None]],
    moment: datetime,
    now: datetime,
    queue: Sequence[Post],
    known: Situation,
    judge: Judge,
) -> Iterator[Line]:
    """Posts that the planner lays down at `now` for `moment`: one, or both languages, each beside the other.

    Where one of two waits for a person, the other waits with it.
    """
    given = [signature(known, f"message:{post.message}", post, moment) for post, _ in pairs]
    waits = [
        (
            *(() if sign else (unsigned(known, f"message:{post.message}"),)),
            *_to_settle(post, other, sign, now, queue, judge),
        )
        for (post, other), sign in zip(pairs, given, strict=True)
    ]
    if any(waits):
        waits = [each or (UNAPPROVED,) for each in waits]
    opens, closes = day_of(pairs[0][0], known.revision)
    ready = [approved(post, sign, opens, closes) for (post, _), sign in zip(pairs, given, strict=True)]
    for place, (post, approval) in enumerate(ready):
        partner = ready[1 - place] if len(ready) == 2 else None
        for delivery in post.deliveries:
            stops = _stops(post, delivery, moment, approval, partner, judge)
            yield _line(post, delivery, moment, stops, waits[place], queued=False)


def of_queued(post: Post, delivery: Delivery, at: datetime, known: Situation, judge: Judge) -> Line:
    """A post that is in the queue already; what waits for approval is judged as if somebody gave it."""
    partner = None
    if post.pair is not None:
        partner = next((one for one in known.waiting if one.id == post.pair), None)
    approval = known.approvals.get(post.id)
    waits: Stops = ()
    if post.state is not PostState.APPROVED or approval is None:
        settle = _to_settle(post, partner, None, known.now, judge.beside(post), judge)
        waits = (UNAPPROVED, *settle)
    elif not is_whole(post):
        waits = (CHANGED,)
    elif approval.standing is not None:
        given = known.rests_on.get(approval.standing)
        subject = given.subject if given else ""
        if given is None or signature(known, subject, post, at, given.digest) is None:
            waits = (unsigned(known, subject),)
    mine = _ready(post, at, known)
    stops = _stops(mine[0], delivery, at, mine[1], _ready(partner, at, known) if partner else None, judge)
    return _line(post, delivery, at, stops, waits, queued=True)


def _ready(post: Post, at: datetime, known: Situation) -> tuple[Post, Approval | None]:
    """As it is, or approved by somebody where it waits for that."""
    if post.state is PostState.IN_REVIEW:
        return approved(post, None, *day_of(post, known.revision, at))
    return post, known.approvals.get(post.id)


def _to_settle(
    post: Post,
    partner: Post | None,
    given: StandingApproval | None,
    now: datetime,
    queue: Sequence[Post],
    judge: Judge,
) -> Stops:
    """What keeps a standing approval from being enough, or what a person would be asked to settle."""
    if partner is not None and partner.state is PostState.DRAFT:
        partner = replace(partner, state=PostState.IN_REVIEW)  # both are laid before an approver together
    return judge.approve(post, now, queue, partner, actor=given.signer if given else SOMEBODY, given=given)


def _stops(
    post: Post,
    delivery: Delivery,
    at: datetime,
    approval: Approval | None,
    partner: tuple[Post, Approval | None] | None,
    judge: Judge,
) -> Stops:
    """The last question before it goes out; of the other language's version on that account as well."""
    if partner is None:
        return judge.send(post, delivery, at, approval)
    other, its_approval = partner
    its = (one for one in other.deliveries if one.account == delivery.account and one.state in WAITING)
    waiting = next(its, None)
    its_stops = judge.send(other, waiting, at, its_approval) if waiting is not None else ()
    return judge.send(post, delivery, at, approval, other, its_stops)


def _line(
    post: Post, delivery: Delivery, at: datetime, stops: Stops, waits: Iterable[Finding], *, queued: bool
) -> Line:
    why = tuple(dict.fromkeys((*stops, *waits)))
    parts = delivery.proof.parts if delivery.proof else ()
    texts = [one.text for one in parts] or [post.text]
    return Line(
        at=at,
        campaign=post.campaign,
        account=delivery.account,
        platform=delivery.platform,
        fate=Fate.STOPPED if stops else Fate.WAITS if why else Fate.GOES_OUT,
        text=delivery.proof.text if delivery.proof else post.text,
        why=why,
        post=post.id if queued else None,
        message=post.message,
        theme=post.pillar,
        key=post.occurrence or "",
        parts=len(texts),
        linked=sum(bool(links_in(text)) for text in texts),
    )
