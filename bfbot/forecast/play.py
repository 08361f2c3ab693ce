"""Posting time by posting time, as the planner would: the same turns, the same rules, nothing stored. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bfbot.desk.binding import day_of, is_whole
from bfbot.domain.approval import StandingApproval
from bfbot.domain.finding import Finding, Level
from bfbot.domain.localtime import local
from bfbot.domain.message import Message
from bfbot.domain.post import Delivery, Post
from bfbot.domain.states import DeliveryState, PostState
from bfbot.domain.tracking import links_in
from bfbot.errors import BfbotError
from bfbot.forecast.imagined import SOMEBODY, approved, imagined, paired
from bfbot.forecast.judge import Judge
from bfbot.forecast.outlook import EmptyTime, Fate, Line, PassedOver
from bfbot.forecast.situation import Situation
from bfbot.planning.occurrences import Occurrence, occurrences
from bfbot.planning.rotation import SPREAD, Use, candidates
from bfbot.rules.approval import APPROVED
from bfbot.rules.quiet import is_quiet

Stops = tuple[Finding, ...]
_WAITING = frozenset({DeliveryState.PLANNED, DeliveryState.DUE})
UNAPPROVED = Finding(APPROVED.id, Level.HOLD, "Nobody has approved it yet.", "An approver looks at it.")
RESTING = "Every evergreen post that fits rests, or none is of a kind that this posting time takes."


@dataclass
class Play:
    """Begins at `known.now`; `advance` goes on from where it stopped, and what it finds is added to the lists.

    `until` is the last moment that will be asked for; refusals are kept from `shown_from` on.
    """

    known: Situation
    until: datetime
    shown_from: datetime | None = None
    lines: list[Line] = field(default_factory=list)
    empty: list[EmptyTime] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = self.known
        self._judge = Judge(known, self.until)
        self._uses = list(known.uses)
        self._queue: list[Post] = list(known.waiting)
        self._number = known.newest
        self._reached = known.now
        self._passed: dict[tuple[str, str, str], PassedOver] = {}
        self._by_id = {one.id: one for one in known.waiting}
        longest = max((one.rest_days for one in known.revision.messages.values()), default=0)
        self._memory = max(timedelta(days=longest), SPREAD)
        self._library: dict[str, list[Message]] = {}
        for message in known.revision.messages.values():
            self._library.setdefault(message.campaign, []).append(message)

    @property
    def passed_over(self) -> list[PassedOver]:
        return list(self._passed.values())

    def advance(self, until: datetime) -> None:
        """Play from where it stopped to `until` (excluded)."""
        start, self._reached = self._reached, until
        for one in self._coming(start, until):
            self._fill(one)
        for post in self.known.waiting:
            for delivery in post.deliveries:
                at = max(self.known.now, delivery.due_at, delivery.not_before)
                if delivery.state in _WAITING and start <= at < until:
                    self.lines.append(self._queued(post, delivery, at))
        self.lines.sort(key=lambda line: line.at)

    def _coming(self, start: datetime, until: datetime) -> list[Occurrence]:
        revision = self.known.revision
        coming = (
            one
            for slot in revision.slots.values()
            for one in occurrences(slot, revision.campaigns[slot.campaign].zone, start, until)
        )
        quiet = revision.quiet_times.values()
        awake = (
            one
            for one in coming
            if one.key not in self.known.taken
            and not is_quiet(quiet, one.slot.campaign, one.moment, self._zone(one.slot.campaign))
        )
        return sorted(awake, key=lambda one: (one.moment, one.key))

    def _fill(self, one: Occurrence) -> None:
        """Give the posting time to the first message that no rule refuses, on the day on which that is planned."""
        now = max(self.known.now, one.moment - self.known.ahead)
        self._queue = [post for post in self._queue if _still_waits(post, now)]
        since = now - self._memory
        uses = [use for use in self._uses if use.at >= since]
        library = self._library.get(one.slot.campaign, [])
        refused: list[str] = []
        for message in candidates(library, one.slot, one.moment, self._zone(one.slot.campaign), uses):
            made, stops = self._made(message, one, now)
            if not stops:
                self._lay_down(made, one, now)
                return
            self._pass_over(message, stops, one.moment)
            refused.append(stops[0].message)
        self.empty.append(
            EmptyTime(
                at=one.moment,
                campaign=one.slot.campaign,
                slot=one.slot.id,
                accounts=one.slot.accounts,
                kinds=tuple(sorted(one.slot.kinds)),
                why=_why_empty(refused),
                key=one.key,
            )
        )

    def _made(self, message: Message, one: Occurrence, now: datetime) -> tuple[tuple[Post, ...], Stops]:
        """The post, with its version in the other language where it has one, and what refuses either."""
        known = self.known
        messages = [message, *filter(None, [known.revision.messages.get(message.pair)])]
        try:
            posts = tuple(
                imagined(self._number + place, each, one, known.written(each, one.slot.accounts), known.revision)
                for place, each in enumerate(messages, 1)
            )
        except BfbotError as error:
            return (), (Finding("wording", Level.REFUSE, error.message, error.mend),)
        if len(posts) == 2:
            posts = paired(*posts)
        for post, other in _with_other(posts):
            stops = self._judge.submit(post, now, self._queue, other)
            if stops:
                return posts, stops
        return posts, ()

    def _lay_down(self, posts: tuple[Post, ...], one: Occurrence, now: datetime) -> None:
        self._number += len(posts)
        given = [self._signed(f"message:{post.message}", post, one.moment) for post in posts]
        together = all(given)
        settle = [
            self._to_settle(post, sign, now, other)
            for (post, other), sign in zip(_with_other(posts), given, strict=True)
        ]
        opens, closes = day_of(posts[0], self.known.revision)
        ready = [approved(post, sign, opens, closes) for post, sign in zip(posts, given, strict=True)]
        waits: list[Stops] = []
        for post, sign, open_points in zip(posts, given, settle, strict=True):
            reason = () if sign else (self._unsigned(f"message:{post.message}"),)
            waits.append((*reason, *open_points))
        if not together or any(waits):  # both languages wait together
            waits = [each or (UNAPPROVED,) for each in waits]
        for place, (post, approval) in enumerate(ready):
            other = ready[1 - place] if len(ready) == 2 else None
            for delivery in post.deliveries:
                partner_stops: Stops = ()
                if other is not None:
                    its = next(each for each in other[0].deliveries if each.account == delivery.account)
                    partner_stops = self._judge.send(other[0], its, one.moment, other[1])
                stops = self._judge.send(
                    post, delivery, one.moment, approval, other[0] if other else None, partner_stops
                )
                fate = Fate.STOPPED if stops else Fate.WAITS if waits[place] else Fate.GOES_OUT
                self.lines.append(_line(post, delivery, one.moment, fate, (*stops, *waits[place]), queued=False))
            message = self.known.revision.messages[post.message or ""]
            accounts = frozenset(one.slot.accounts)
            self._uses.append(Use(message.id, message.pillar, message.text, accounts, one.moment))
            self._queue.append(post)

    def _to_settle(self, post: Post, given: StandingApproval | None, now: datetime, partner: Post | None) -> Stops:
        """What keeps a standing approval from being enough, or what a person would be asked to settle."""
        signer, word = (given.signer, given.confirmed) if given else (SOMEBODY, "")
        if partner is not None and partner.state is PostState.DRAFT:
            partner = replace(partner, state=PostState.IN_REVIEW)  # both are laid before an approver together
        return self._judge.approve(post, now, self._queue, partner, actor=signer, confirmed=word)

    def _queued(self, post: Post, delivery: Delivery, at: datetime) -> Line:
        """A post that is in the queue already."""
        known = self.known
        approval = known.approvals.get(post.id)
        stands = post.state is PostState.APPROVED and approval is not None
        waits: Stops = () if stands else (UNAPPROVED,)
        if stands and approval is not None and approval.standing is not None:
            given = known.rests_on.get(approval.standing)
            subject = given.subject if given else ""
            if given is None or (self._signed(subject, post, at, given.digest) is None):
                waits = (self._unsigned(subject),)
        if stands and not is_whole(post):
            waits = (*waits, Finding(APPROVED.id, Level.HOLD, "It is not what was approved.", UNAPPROVED.mend))
        partner = self._by_id.get(post.pair or 0)
        judged, seen = post, approval
        if not stands:
            judged, seen = approved(post, None, *day_of(post, known.revision, at))
            waits = (*waits, *self._to_settle(post, None, known.now, partner))
        partner_stops: Stops = ()
        its = [one for one in partner.deliveries if one.account == delivery.account] if partner else []
        if partner is not None and its and its[0].state in _WAITING:
            partner_stops = self._judge.send(partner, its[0], at, known.approvals.get(partner.id))
        stops = self._judge.send(judged, delivery, at, seen, partner, partner_stops)
        fate = Fate.STOPPED if stops else Fate.WAITS if waits else Fate.GOES_OUT
        return _line(post, delivery, at, fate, (*stops, *waits), queued=True)

    def _signed(
        self, subject: str, post: Post, moment: datetime, digest: str | None = None
    ) -> StandingApproval | None:
        """The signature under which a post goes out at that moment by itself, if there is one."""
        wanted, day = set(post.accounts), local(moment, self._zone(post.campaign)).date()
        return next(
            (
                one
                for one in self.known.signed
                if one.subject == subject
                and wanted <= set(one.accounts)
                and day <= one.until
                and digest in {None, one.digest}
            ),
            None,
        )

    def _unsigned(self, subject: str) -> Finding:
        ended = [one.until for one in self.known.signed if one.subject == subject]
        if not ended:
            return UNAPPROVED
        why = f"It is approved for repeat until {max(ended):%-d %B %Y} only."
        return Finding(APPROVED.id, Level.HOLD, why, "An approver approves it for longer, or this one post.")

    def _pass_over(self, message: Message, stops: Stops, moment: datetime) -> None:
        if self.shown_from is not None and moment < self.shown_from:
            return
        for finding in stops:
            key = (message.id, finding.rule, finding.message)
            seen = self._passed.get(key)
            first, times = (seen.first, seen.times) if seen else (moment, 0)
            self._passed[key] = PassedOver(message.campaign, message.id, finding, first, moment, times + 1)

    def _zone(self, campaign: str) -> str:
        return self.known.revision.campaigns[campaign].zone


def _with_other(posts: tuple[Post, ...]) -> list[tuple[Post, Post | None]]:
    """Each post with its version in the other language."""
    if len(posts) == 2:
        return [(posts[0], posts[1]), (posts[1], posts[0])]
    return [(one, None) for one in posts]


def _why_empty(refused: list[str]) -> str:
    """The reason that keeps most of them away; where none was refused, all rest."""
    if not refused:
        return RESTING
    return f"Each evergreen post that could take it is refused. {Counter(refused).most_common(1)[0][0]}"


def _still_waits(post: Post, now: datetime) -> bool:
    """Whether it would be in the queue then: its time is to come, or nobody approved it and its window is open."""
    open_end = max((one.closes_at for one in post.deliveries), default=post.scheduled_for)
    return now < (post.scheduled_for if post.state is PostState.APPROVED else open_end)


def _line(
    post: Post, delivery: Delivery, at: datetime, fate: Fate, why: Iterable[Finding], *, queued: bool
) -> Line:
    parts = delivery.proof.parts if delivery.proof else ()
    texts = [one.text for one in parts] or [post.text]
    return Line(
        at=at,
        campaign=post.campaign,
        account=delivery.account,
        platform=delivery.platform,
        fate=fate,
        text=delivery.proof.text if delivery.proof else post.text,
        why=tuple(dict.fromkeys(why)),
        post=post.id if queued else None,
        message=post.message,
        theme=post.pillar,
        key=post.occurrence or "",
        parts=len(texts),
        linked=sum(bool(links_in(text)) for text in texts),
    )
