"""What waits for approval over seven days, each post as it will go out, for one sitting of an approver.

Seven days from today, and not a calendar week: the planner lays posts down seven days ahead, so that on a Friday
what waits for Monday is there, and nothing falls between two weeks.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import groupby

from bfbot.config import config
from bfbot.desk.binding import seal_of
from bfbot.desk.claims import claims_of
from bfbot.desk.judging_many import findings_of_many
from bfbot.desk.mended import mended_for
from bfbot.domain.finding import Finding, Level, Moment
from bfbot.domain.localtime import local
from bfbot.domain.person import Person, Role
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import UsageError
from bfbot.ledger.waiting_posts import waiting_posts
from bfbot.library import current_revision
from bfbot.rules.approval import same_person
from bfbot.rules.verdict import confirmations, stopping

DAYS = 7
MOST = 60
"""How many are laid before one person at once: both campaigns plan 25 in a week, and people write on top."""


class Bar(StrEnum):
    """Why this person cannot approve it now."""

    NONE = ""
    OWN = "own"  # they wrote or last changed it
    ROLE = "role"  # it takes an approver
    RULE = "rule"  # a rule refuses it, whatever an approver says


@dataclass(frozen=True)
class Half:
    """One post as it is shown: `seal` is what an approval of it names, `findings` what the rules say."""

    post: Post
    seal: str
    findings: tuple[Finding, ...]

    @property
    def claims(self) -> tuple[str, ...]:
        """What names the claims that it shows; a word given here is for them."""
        return claims_of(self.findings)


@dataclass(frozen=True)
class Choice:
    """What is decided at once: a post, or a post with its version in the other language.

    `day` is the campaign's own day on which it would go out. `claims` are what an approver has to confirm in
    writing.
    """

    halves: tuple[Half, ...]
    day: date
    bar: Bar

    @property
    def number(self) -> int:
        return self.halves[0].post.id

    @property
    def posts(self) -> tuple[Post, ...]:
        return tuple(one.post for one in self.halves)

    @property
    def seals(self) -> dict[int, str]:
        return {one.post.id: one.seal for one in self.halves}

    @property
    def shown_claims(self) -> dict[int, tuple[str, ...]]:
        return {one.post.id: one.claims for one in self.halves}

    @property
    def claims(self) -> tuple[Finding, ...]:
        return tuple(one for half in self.halves for one in confirmations(half.findings))


@dataclass(frozen=True)
class Sitting:
    """In the order of their times. `more` wait in the same days and come once these are decided."""

    first: date
    choices: tuple[Choice, ...]
    more: int = 0

    @property
    def last(self) -> date:
        return self.first + timedelta(days=DAYS - 1)

    @property
    def days(self) -> list[tuple[date, list[Choice]]]:
        return [(day, list(those)) for day, those in groupby(self.choices, key=lambda one: one.day)]


def sitting(
    *,
    now: datetime,
    person: Person | None = None,
    campaign: str | None = None,
    first: date | None = None,
    most: int = MOST,
) -> Sitting:
    """What waits in the seven days from `first` (default: today), as this person may see it and decide on it.

    Without a person everything is shown, and nothing is barred but by a rule. Raises UsageError for a day near the
    end of the calendar.
    """
    revision = current_revision(now)
    first = first or local(now, config().timezone).date()
    if first > date.max - timedelta(days=2 * DAYS):
        raise UsageError("No post is planned for that day.", mend="Choose an earlier one.")
    queue = waiting_posts(now)
    found = [
        one
        for one in coming(queue, revision, now, first)
        if campaign in {None, one.campaign} and (person is None or person.may(Role.VIEWER, one.campaign))
    ]
    together = _together(found)
    shown = together[:most]
    asked = [one for each in shown for one in each]
    name = person.name if person is not None else ""
    findings = findings_of_many(asked, queue, revision=revision, now=now, actor=name)
    mended = mended_for(asked, name)
    choices = tuple(_choice(each, findings, person, mended, revision, now) for each in shown)
    return Sitting(first, choices, sum(map(len, together[most:])))


def coming(found: Iterable[Post], revision: Revision, now: datetime, first: date | None = None) -> list[Post]:
    """Those of `found` that wait for approval and would go out in the seven days, in the order of their times."""
    first = first or local(now, config().timezone).date()
    within = [
        one
        for one in found
        if one.state is PostState.IN_REVIEW
        and any(each.state in _STILL and each.closes_at > now for each in one.deliveries)
        and first <= _day(one, revision, now) < first + timedelta(days=DAYS)
    ]
    return sorted(within, key=lambda one: (_day(one, revision, now), one.scheduled_for, one.id))


_STILL = frozenset({DeliveryState.PLANNED, DeliveryState.DUE})


def _day(post: Post, revision: Revision, now: datetime) -> date:
    """The day that an approval given now would be for; as binding.day_of."""
    known = revision.campaigns.get(post.campaign)
    return local(max(post.scheduled_for, now), known.zone if known else config().timezone).date()


def _together(found: Sequence[Post]) -> list[tuple[Post, ...]]:
    """A post and its version in the other language make one choice, at the place of the earlier one."""
    by_id = {one.id: one for one in found}
    choices: list[tuple[Post, ...]] = []
    taken: set[int] = set()
    for one in found:
        if one.id in taken:
            continue
        other = by_id.get(one.pair) if one.pair is not None else None
        halves = (one,) if other is None or other.pair != one.id else (one, other)
        taken |= {each.id for each in halves}
        choices.append(halves)
    return choices


def _choice(
    posts: tuple[Post, ...],
    findings: Mapping[int, tuple[Finding, ...]],
    person: Person | None,
    mended: frozenset[int],
    revision: Revision,
    now: datetime,
) -> Choice:
    halves = tuple(Half(one, seal_of(one), findings[one.id]) for one in posts)
    bars = [_bar(half, person, mended) for half in halves]
    return Choice(halves, _day(posts[0], revision, now), next((one for one in bars if one), Bar.NONE))


def _bar(half: Half, person: Person | None, mended: frozenset[int]) -> Bar:
    post = half.post
    if person is not None:
        own = same_person(person.name, post.author)
        if own and person.may(Role.AUTHOR, post.campaign):
            return Bar.OWN
        if not person.may(Role.APPROVER, post.campaign) and post.id not in mended:
            return Bar.ROLE
    refused = any(one.level is Level.REFUSE for one in stopping(half.findings, Moment.APPROVE))
    return Bar.RULE if refused else Bar.NONE
