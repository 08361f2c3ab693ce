"""The desk's questions at submit, approval and send, asked about days to come. Pure.

The same rules from the same catalogue see the same Case that the desk would gather then.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bfbot.desk.signing_off import covering, periods_near
from bfbot.domain.approval import Approval, StandingApproval
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Delivery, Post
from bfbot.domain.proof import Proof
from bfbot.forecast.situation import Situation
from bfbot.forecast.word_rules import MOVING, WordRules
from bfbot.platforms.registry import limits_of
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.clashes import NEAR
from bfbot.rules.settled import unsettled
from bfbot.rules.verdict import stopping

_PLACE = {one.id: place for place, one in enumerate(RULES)}
ACCOUNT = "account"
"""The account itself is stopped: no rule, but nothing goes out there."""

Stops = tuple[Finding, ...]


class Judge:
    """Answers for one situation until `until` (UTC); what it has worked out once it remembers."""

    def __init__(self, known: Situation, until: datetime) -> None:
        zones = {one.zone for one in known.revision.campaigns.values()} or {"UTC"}
        first = min(local(known.now, zone).date() for zone in zones)
        last = max(local(until, zone).date() for zone in zones)
        self._known = known
        self._words = WordRules(first, last)
        self._waiting: dict[str, list[Post]] = {}
        for one in known.waiting:
            self._waiting.setdefault(one.campaign, []).append(one)

    def submit(self, post: Post, now: datetime, queue: Sequence[Post], partner: Post | None = None) -> Stops:
        """What keeps the planner from laying it down; `queue` is what waits then, of all campaigns.

        Where its very words are refused, nothing else is asked: it has no turn on any such day.
        """
        case = self._case(post, Moment.SUBMIT, now, post.deliveries, actor=PLANNER)
        refused = stopping(self._words.findings(case, _name(case)), Moment.SUBMIT)
        if refused:
            return refused
        return stopping(self._findings(_beside(case, queue, partner)), Moment.SUBMIT)

    def approve(
        self,
        post: Post,
        now: datetime,
        queue: Sequence[Post],
        partner: Post | None = None,
        *,
        actor: str,
        given: StandingApproval | None = None,
    ) -> Stops:
        """What an approver would have to settle, beyond the word `given`; `partner` waits for approval with it."""
        case = self._case(post, Moment.APPROVE, now, post.deliveries, actor=actor)
        found = self._findings(_beside(case, queue, partner))
        return stopping(unsettled(found, given, post.accounts), Moment.APPROVE)

    def beside(self, post: Post) -> Sequence[Post]:
        """What a post of the queue is to be compared with: its campaign's, and all where an account is shared."""
        accounts = (self._known.revision.accounts.get(one) for one in post.accounts)
        if any(one is not None and len(set(one.campaigns)) > 1 for one in accounts):
            return self._known.waiting
        return self._waiting.get(post.campaign, ())

    def send(
        self,
        post: Post,
        delivery: Delivery,
        now: datetime,
        approval: Approval | None,
        partner: Post | None = None,
        partner_stops: Stops = (),
    ) -> Stops:
        """What would stop it at that moment. Without the `partner` that a post has, as if it had none."""
        if post.pair is not None and partner is None:
            post = replace(post, pair=None)
        case = self._case(post, Moment.SEND, now, (delivery,), approval=approval)
        if partner is not None:
            case = replace(case, partner=partner, partner_stops=partner_stops)
        elif case.message is not None and case.message.pair:
            case = replace(case, message=replace(case.message, pair=""))
        stops = stopping(unsettled(self._findings(case), approval, (delivery.account,)), Moment.SEND)
        why = self._known.stopped.get(delivery.account)
        return (*stops, _stopped(delivery.account, why)) if why else stops

    def _findings(self, case: Case) -> tuple[Finding, ...]:
        """As `judge(case, RULES)`; what an imagined post says is judged once for all its days."""
        if case.post.id <= self._known.newest or not case.deliveries:
            return judge(case, RULES)
        found = (*self._words.findings(case, _name(case)), *judge(case, MOVING))
        return tuple(sorted(found, key=lambda one: _PLACE.get(one.rule, -1))) if len(found) > 1 else found

    def _case(
        self,
        post: Post,
        moment: Moment,
        now: datetime,
        deliveries: tuple[Delivery, ...],
        *,
        approval: Approval | None = None,
        actor: str = "",
    ) -> Case:
        known = self._known
        proofs: Mapping[str, Proof] = {one.account: one.proof for one in deliveries if one.proof}
        case = Case(
            moment=moment,
            now=now,
            post=post,
            campaign=known.revision.campaigns[post.campaign],
            revision=known.revision,
            deliveries=deliveries,
            proofs=proofs,
            limits={one.account: limits_of(one.platform) for one in deliveries},
            holds=tuple(one for one in known.holds if one.stands_at(now)),
            approval=approval,
            actor=actor,
            message=known.revision.messages.get(post.message) if post.message else None,
            links_seen={} if moment is Moment.SEND else known.links_seen,
            signed_off=self._signed_off(post, now),
            muted=known.muted,
        )
        return known.completed(case)

    def _signed_off(self, post: Post, now: datetime) -> frozenset[str]:
        """Where nobody signed anything off, nothing has to be worked out: in an election that is asked often."""
        known = self._known
        subjects = {f"post:{post.id}", f"message:{post.message}"}
        signed = {one.period for one in known.sign_offs if one.subject in subjects}
        if not signed:
            return frozenset()
        near = (one for one in periods_near(post, known.revision, now) if one.id in signed)
        found = (one for one in near if covering(post, one, known.sign_offs, known.revision) is not None)
        return frozenset(one.id for one in found)


def _name(case: Case) -> Hashable:
    """All that tells imagined posts apart, but for their days."""
    accounts = tuple(one.account for one in case.deliveries)
    return case.post.message, accounts, case.post.accounts, case.moment


def _beside(case: Case, queue: Sequence[Post], partner: Post | None) -> Case:
    """With the other posts of its campaign, and those of others within half an hour on one of its accounts."""
    post, mine = case.post, set(case.post.accounts)
    near = (
        one
        for one in queue
        if one.campaign != post.campaign
        and abs(one.scheduled_for - post.scheduled_for) <= NEAR
        and mine & set(one.accounts)
    )
    queued = tuple(one for one in queue if one.campaign == post.campaign)  # the rules pass the post itself over
    return replace(case, queued=queued, others_near=tuple(near), partner=partner)


def _stopped(account: str, why: str) -> Finding:
    return Finding(
        ACCOUNT,
        Level.HOLD,
        f"{account} is stopped: {why.rstrip('.')}.",
        "Renew its key or its credit, try it, and start it again.",
        account=account,
    )
