"""Going live is a decision: what an account needs before anything goes out on it by itself. Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bfbot.domain.fact import Fact
from bfbot.domain.localtime import local

NAMED = 4
"""So many are named one by one; of the rest the number."""


class Need(StrEnum):
    """What an account needs, in the order in which a team meets it."""

    STATISTICS = "statistics"
    PAUSE = "pause"
    FEEDS = "feeds"
    FIRST_POST = "first-post"
    TWO_PEOPLE = "two-people"


@dataclass(frozen=True)
class Condition:
    """`why` says how it stands, `todo` what would meet it ("" where it is met). Sentences."""

    need: Need
    met: bool
    why: str
    todo: str = ""


@dataclass(frozen=True)
class Stage:
    """Where an account stands. `asked_by` is "" where nobody asks; `live_since` None: it is muted.

    `seen_at` is when bfbot first met it at its present address; `muted_by` and `muted_reason` tell of the last
    time it was taken back.
    """

    account: str
    seen_at: datetime | None = None
    asked_by: str = ""
    asked_at: datetime | None = None
    live_since: datetime | None = None
    live_by: str = ""
    muted_by: str = ""
    muted_at: datetime | None = None
    muted_reason: str = ""


@dataclass(frozen=True)
class Reviewed:
    """An approver's word that these statistics were reviewed; `facts` has each one's digest, by its id."""

    by: str
    at: datetime
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Tried:
    """A pause that somebody gave and somebody lifted."""

    paused_by: str
    paused_at: datetime
    resumed_by: str
    resumed_at: datetime


@dataclass(frozen=True)
class FirstPost:
    """A post that one person wrote and another approved, live on the account."""

    post: int
    author: str
    approver: str
    published_at: datetime


@dataclass(frozen=True)
class Evidence:
    """All that the conditions rest on. `facts`: the usable statistics that the account's campaigns use.

    `feeds`: those that post to it, each with the moment at which everything in it was marked seen. `zone` rules
    the times that are told.
    """

    today: date
    zone: str
    stage: Stage
    facts: Sequence[Fact] = ()
    reviewed: Reviewed | None = None
    tried: Tried | None = None
    feeds: Mapping[str, datetime | None] = field(default_factory=dict)
    first_post: FirstPost | None = None


def conditions(known: Evidence) -> tuple[Condition, ...]:
    """Every one of them, met or not."""
    return (_statistics(known), _pause(known), _feeds(known), _first_post(known), _two_people(known))


def to_meet(found: Iterable[Condition]) -> tuple[Condition, ...]:
    """What keeps anybody from asking: all that is not met, but for the two people."""
    return tuple(one for one in found if not one.met and one.need is not Need.TWO_PEOPLE)


def digest_of(fact: Fact) -> str:
    """The same for a statistic that nobody has changed."""
    return hashlib.sha256(repr(fact).encode()).hexdigest()[:16]


def overdue(facts: Iterable[Fact], today: date) -> list[str]:
    """Ids of those that are past their day of review."""
    return [one.id for one in facts if one.review_by is not None and one.review_by < today]


def _statistics(known: Evidence) -> Condition:
    """Both the files' days and a person's word: a day says when to look, and not that anybody has looked."""
    need, many = Need.STATISTICS, _counted(len(known.facts), "statistic")
    if not known.facts:
        return Condition(need, True, "Its campaigns use no statistics.")
    if late := overdue(known.facts, known.today):
        return Condition(
            need,
            False,
            f"Of {many} that its campaigns use, {len(late)} should have been reviewed by now: {_names(late)}.",
            "Check them against their sources and give them a new review_by in messages/.",
        )
    reviewed = known.reviewed
    if reviewed is None:
        return Condition(
            need,
            False,
            f"Nobody has said that the statistics of its campaigns were reviewed ({len(known.facts)} in use).",
            "An approver looks through them and says so here.",
        )
    changed = [one.id for one in known.facts if reviewed.facts.get(one.id) != digest_of(one)]
    if changed:
        return Condition(
            need,
            False,
            f"New or changed since {reviewed.by} reviewed the statistics: {_names(changed)}.",
            "An approver looks through them and says so here.",
        )
    return Condition(need, True, f"{reviewed.by} reviewed {many} of its campaigns on {_on(reviewed.at, known)}.")


def _pause(known: Evidence) -> Condition:
    tried = known.tried
    if tried is None:
        since = f" since it was set up on {_on(known.stage.seen_at, known)}" if known.stage.seen_at else ""
        return Condition(
            Need.PAUSE,
            False,
            f"Nobody has tried a pause of this account, its campaigns or everything{since}.",
            "Pause once, see that nothing goes out, and resume: then everybody knows where the button is.",
        )
    return Condition(
        Need.PAUSE,
        True,
        f"{tried.paused_by} paused on {_on(tried.paused_at, known)}, and {tried.resumed_by} resumed.",
    )


def _feeds(known: Evidence) -> Condition:
    if not known.feeds:
        return Condition(Need.FEEDS, True, "No feed posts to it.")
    unseen = [name for name, seen in known.feeds.items() if seen is None]
    if unseen:
        return Condition(
            Need.FEEDS,
            False,
            f"Not read yet, so that what is old in it could be taken for news: {_names(unseen)}.",
            "Wait until bfbot has read it once, which it does by itself: all in it is then marked as seen.",
        )
    return Condition(
        Need.FEEDS, True, f"Everything that was in it is marked as seen: {_names(list(known.feeds))}."
    )


def _first_post(known: Evidence) -> Condition:
    first = known.first_post
    if first is None:
        return Condition(
            Need.FIRST_POST,
            False,
            "No post that a person wrote and another approved is live on it.",
            "Write one, have it approved, and look at it on the network.",
        )
    return Condition(
        Need.FIRST_POST,
        True,
        f"Post {first.post}, written by {first.author} and approved by {first.approver}, is live on it since "
        f"{_on(first.published_at, known)}.",
    )


def _two_people(known: Evidence) -> Condition:
    stage = known.stage
    if stage.live_since is not None:
        asked = f"{stage.asked_by} asked and {stage.live_by} confirmed" if stage.asked_by else stage.live_by
        return Condition(Need.TWO_PEOPLE, True, f"Live since {_on(stage.live_since, known)}: {asked}.")
    if stage.asked_by and stage.asked_at:
        return Condition(
            Need.TWO_PEOPLE,
            False,
            f"{stage.asked_by} asked on {_on(stage.asked_at, known)} that it goes live.",
            f"An approver other than {stage.asked_by} confirms it.",
        )
    return Condition(
        Need.TWO_PEOPLE,
        False,
        "Nobody has asked that it goes live.",
        "Somebody of the team asks, once all the rest is met; then an approver who is somebody else confirms.",
    )


def _names(ids: Sequence[str]) -> str:
    more = len(ids) - NAMED
    return ", ".join(ids[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _counted(many: int, thing: str) -> str:
    return f"1 {thing}" if many == 1 else f"{many} {thing}s"


def _on(moment: datetime, known: Evidence) -> str:
    return f"{local(moment, known.zone):%-d %B %Y}"
