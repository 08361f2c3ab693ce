"""Posting time by posting time, as the planner would: the same turns, the same rules, nothing stored. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import Message
from bfbot.domain.post import Post
from bfbot.domain.states import PostState
from bfbot.errors import BfbotError
from bfbot.forecast.fates import WAITING, of_planned, of_queued
from bfbot.forecast.imagined import imagined, paired
from bfbot.forecast.judge import Judge
from bfbot.forecast.outlook import EmptyTime, Line, PassedOver
from bfbot.forecast.situation import Situation
from bfbot.planning.occurrences import Occurrence, occurrences
from bfbot.planning.rotation import SPREAD, Use, candidates
from bfbot.rules.quiet import is_quiet

Stops = tuple[Finding, ...]
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
                if delivery.state in WAITING and start <= at < until:
                    self.lines.append(of_queued(post, delivery, at, self.known, self._judge))
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
        self._uses = [use for use in self._uses if use.at >= since]
        library = self._library.get(one.slot.campaign, [])
        refused: list[str] = []
        for message in candidates(library, one.slot, one.moment, self._zone(one.slot.campaign), self._uses):
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
        pairs = _with_other(posts)
        self.lines += of_planned(pairs, one.moment, now, self._queue, self.known, self._judge)
        self._number += len(posts)
        for post in posts:
            message = self.known.revision.messages[post.message or ""]
            accounts = frozenset(one.slot.accounts)
            self._uses.append(Use(message.id, message.pillar, message.text, accounts, one.moment))
            self._queue.append(post)

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
