"""What a pre-election period affects: posts that wait, evergreen posts that come back, and what is live."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bfbot.desk.binding import to_go
from bfbot.desk.laid_out import laid_out
from bfbot.desk.signed import wording_of
from bfbot.desk.signing_off import covering
from bfbot.domain.finding import Finding, Moment
from bfbot.domain.localtime import local
from bfbot.domain.message import Message
from bfbot.domain.person import PLANNER
from bfbot.domain.post import Delivery, Origin, Post
from bfbot.domain.revision import Revision
from bfbot.domain.season import Period, SignOff
from bfbot.domain.states import OPEN_POST, DeliveryState, PostState
from bfbot.errors import UsageError
from bfbot.ledger import posts, sign_offs
from bfbot.library import current_revision
from bfbot.rules.base import judge
from bfbot.rules.politicians import politicians
from bfbot.rules.seasons import CANDIDATES, LOBBYING, SHARED, SIGNED

RULES = (CANDIDATES, SHARED, LOBBYING, SIGNED)
_OUT = (PostState.APPROVED, PostState.CLOSED)
LIVE_SINCE = timedelta(days=365)
"""Live posts are looked through so far back from the start of the period."""


class Sort(StrEnum):
    QUEUED = "queued"
    RECURRING = "recurring"
    LIVE = "live"


@dataclass(frozen=True)
class Affected:
    """One thing that a period touches. `subject` is `post:ID` or `message:ID`; `at` its time, where it has one.

    `why` is what holds it; `kept` the sign-off that covers it as it is; `may_keep` whether one would let it pass.
    """

    sort: Sort
    subject: str
    campaign: str
    text: str
    accounts: tuple[str, ...]
    why: tuple[Finding, ...]
    may_keep: bool
    at: datetime | None = None
    kept: SignOff | None = None

    @property
    def number(self) -> int | None:
        """Of a post."""
        kind, _, number = self.subject.partition(":")
        return int(number) if kind == "post" else None


def period_named(period_id: str, revision: Revision) -> Period:
    """Raises UsageError where the files have none of that id."""
    period = revision.periods.get(period_id)
    if period is None:
        there = ", ".join(revision.periods) or "none"
        raise UsageError(f"There is no pre-election period “{period_id}”.", mend=f"schedules/ has: {there}.")
    return period


def affected(period_id: str, now: datetime, subject: str = "") -> list[Affected]:
    """What this affects, in that order; nothing once it is over, or where it is about partner packs alone.

    `subject`: look at this one alone.
    """
    whole = current_revision(now)
    period = period_named(period_id, whole)
    if not period.own_channels or period.ends_at <= now:
        return []
    revision = replace(whole, periods={period.id: period})
    given = sign_offs.given([period.id])
    since = max(now, period.starts_at)
    kind, _, named = subject.partition(":")
    messages = [one for one in revision.messages.values() if not subject or (kind, named) == ("message", one.id)]
    if subject:
        found = posts.several([int(named)]) if kind == "post" and named.isdecimal() and len(named) < 12 else {}
        waiting, out = [one for one in found.values() if one.state in OPEN_POST], list(found.values())
    else:
        waiting = posts.listing(states=OPEN_POST)
        out = posts.listing(states=_OUT, from_time=period.starts_at - LIVE_SINCE, newest_first=True)
    return [
        *_queued(waiting, period, revision, given, now),
        *_recurring(messages, period, revision, given, since),
        *_live(out, period, revision, given, since),
    ]


def _queued(
    waiting: Iterable[Post], period: Period, revision: Revision, given: list[SignOff], now: datetime
) -> Iterator[Affected]:
    for post in waiting:
        going = tuple(one for one in to_go(post) if one.closes_at > now)
        if going and post.campaign in revision.campaigns:
            why = judge(laid_out(post, revision, now, deliveries=going), RULES)
            if why:
                kept = covering(post, period, given, revision)
                yield _found(Sort.QUEUED, post, f"post:{post.id}", why, kept, at=going[0].due_at)


def _recurring(
    messages: Iterable[Message], period: Period, revision: Revision, given: list[SignOff], since: datetime
) -> Iterator[Affected]:
    """Evergreen posts that a posting time could choose while the period runs."""
    for message in messages:
        accounts = _accounts_in_use(message, period, revision, since)
        if not accounts:
            continue
        post = _imagined(message, accounts, revision, since)
        why = judge(laid_out(post, revision, since, deliveries=post.deliveries), RULES)
        if why:
            kept = covering(post, period, given, revision)
            yield _found(Sort.RECURRING, post, f"message:{message.id}", why, kept)


def _live(
    done: Iterable[Post], period: Period, revision: Revision, given: list[SignOff], since: datetime
) -> Iterator[Affected]:
    """What names somebody of politics or calls on them; the rest of what is live is left in peace."""
    for post in done:
        out = tuple(one for one in post.deliveries if one.state is DeliveryState.PUBLISHED)
        if not out or post.campaign not in revision.campaigns:
            continue
        case = laid_out(post, revision, since, moment=Moment.SEND, deliveries=out)
        why = judge(case, RULES if politicians(case) else (LOBBYING,))
        if why:
            mine = (one for one in given if (one.subject, one.digest) == (f"post:{post.id}", post.signature))
            found = _found(Sort.LIVE, post, f"post:{post.id}", why, next(mine, None), at=out[0].published_at)
            yield replace(found, may_keep=True)


def _found(
    sort: Sort,
    post: Post,
    subject: str,
    why: tuple[Finding, ...],
    kept: SignOff | None,
    at: datetime | None = None,
) -> Affected:
    stopped = [one for one in why if one.rule != SIGNED.id]
    return Affected(sort, subject, post.campaign, post.text, post.accounts, why, not stopped, at, kept)


def _accounts_in_use(message: Message, period: Period, revision: Revision, since: datetime) -> tuple[str, ...]:
    first, last = (local(one, period.zone).date() for one in (since, period.ends_at - timedelta(microseconds=1)))
    begun = message.valid_from is None or message.valid_from <= last
    over = message.valid_until is not None and message.valid_until < first
    slots = [one for one in revision.slots.values() if one.campaign == message.campaign]
    taking = [one for one in slots if message.kind in one.kinds or message.when is not None]
    return (
        tuple(dict.fromkeys(account for one in taking for account in one.accounts)) if begun and not over else ()
    )


def _imagined(message: Message, accounts: tuple[str, ...], revision: Revision, at: datetime) -> Post:
    """The post that a posting time would make of it."""
    deliveries = tuple(
        Delivery(
            id=0,
            post_id=0,
            account=one,
            platform=revision.accounts[one].platform,
            state=DeliveryState.PLANNED,
            key="",
            due_at=at,
            closes_at=at + timedelta(hours=1),
            not_before=at,
            attempts=0,
        )
        for one in accounts
    )
    return Post(
        id=0,
        campaign=message.campaign,
        origin=Origin.LIBRARY,
        state=PostState.DRAFT,
        wording=wording_of(message),
        author=PLANNER,
        first_planned_at=at,
        scheduled_for=at,
        window=timedelta(hours=1),
        revision=revision.number,
        deliveries=deliveries,
        message=message.id,
    )
