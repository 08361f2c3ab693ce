"""What each item of a reading is: known, new, too old, over the cap, edited. Pure.

Nothing that happened to the feed as a whole (a first reading, new guids everywhere, another host, a long gap)
may look like news: such items are matched by weaker signs, and what is left goes to a person, never out by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from bfbot.domain.release import FeedMemory, Item, Release, ReleaseState
from bfbot.domain.schedule import Feed
from bfbot.news import dates
from bfbot.news.identity import Rungs, content_digest, is_feed_ended, of, rungs

LONG_GAP = timedelta(hours=24)
_NEVER = datetime.min.replace(tzinfo=UTC)
_SHIFT = 3  # so many strangers at once, and at least half of the reading, are no ordinary day


class Verdict(StrEnum):
    KNOWN = "known"
    EDITED = "edited"
    NEW = "new"
    PRIMED = "primed"  # there on the first reading
    TOO_OLD = "too_old"
    OVER_CAP = "over_cap"
    FEED_ENDED = "feed_ended"


@dataclass(frozen=True)
class Decision:
    """One item. `release` is the known one, or None. `for_a_person`: a draft even where the feed is automatic."""

    item: Item
    identity: str
    verdict: Verdict
    digest: str
    release: Release | None = None
    why: str = ""
    for_a_person: bool = False

    @property
    def state(self) -> ReleaseState:
        """The state a release starts in that this decision makes."""
        return ReleaseState.NEW if self.verdict is Verdict.NEW else ReleaseState.SEEN


@dataclass(frozen=True)
class Decisions:
    """In the order in which they are to be recorded: oldest first. `withdrawn` are gone from the feed."""

    items: tuple[Decision, ...]
    withdrawn: tuple[Release, ...] = ()
    note: str = ""  # something about the feed as a whole that a person should know

    def of(self, verdict: Verdict) -> list[Decision]:
        return [one for one in self.items if one.verdict is verdict]


def decide(
    items: Sequence[Item],
    known: Iterable[Release],
    feed: Feed,
    memory: FeedMemory,
    now: datetime,
    *,
    for_a_person: str = "",
) -> Decisions:
    """Judge one whole, well-read feed. `known` are the releases that may match; `now` is aware.

    `for_a_person`: why nothing of this reading may go out by itself; "" when it may.
    """
    index = _Index(known)
    told: list[Decision] = []
    taken: set[str] = set()
    for item, rung in zip(items, rungs(items), strict=True):
        if not rung.identity or rung.identity in taken:
            continue
        taken.add(rung.identity)
        one = _recognised(item, rung, index)
        if one.release is None and one.identity != rung.identity:  # its guid was used before: it goes by its link
            if one.identity in taken:
                continue
            taken.add(one.identity)
        told.append(one)
    told, note = _as_a_whole(told, index, memory)
    told = _judged(told, feed, memory, now, by_person=note or for_a_person)
    gone = () if memory.primed_at is None else _withdrawn(items, told, index)
    return Decisions(tuple(sorted(told, key=_age)), gone, note)


def _recognised(item: Item, rung: Rungs, index: _Index) -> Decision:
    """Known by guid, by link, or (having neither) by title and date; or by path and title on another host."""
    release, identity, why = index.strong(rung), rung.identity, ""
    if release and _guid_reused(item, release):
        # The guid belongs to another release; the next rung must tell them apart.
        rung = replace(rung, guid="")
        release, identity = index.strong(rung), rung.identity
        why = "" if release else "its guid was used before for another release"
    return _decision(item if rung.guid else replace(item, guid=""), identity, release, why)


def _decision(item: Item, identity: str, release: Release | None, why: str = "") -> Decision:
    digest = content_digest(item)
    if release is None:
        return Decision(item, identity, Verdict.NEW, digest, None, why, bool(why))
    verdict = Verdict.KNOWN if release.content_digest == digest else Verdict.EDITED
    return Decision(item, release.identity, verdict, digest, release)


def _as_a_whole(told: list[Decision], index: _Index, memory: FeedMemory) -> tuple[list[Decision], str]:
    """Match strangers by weaker signs when there are suspiciously many; say so."""
    strangers = [one for one in told if one.release is None]
    if memory.primed_at is None or not index.releases:
        return told, ""
    if len(strangers) < _SHIFT or len(strangers) * 2 < len(told):
        return told, ""
    matched = [
        _decision(one.item, one.identity, index.weak(one.item), one.why) if one.release is None else one
        for one in told
    ]
    found = len(strangers) - sum(one.release is None for one in matched)
    if found:
        return matched, f"{found} items came back under new addresses or guids: the feed was rebuilt or moved"
    return matched, f"{len(strangers)} of {len(told)} items were never seen before"


def _judged(told: list[Decision], feed: Feed, memory: FeedMemory, now: datetime, by_person: str) -> list[Decision]:
    """First reading, age, ended feeds and the cap for the items nobody knows yet."""
    gap = memory.last_ok_at is not None and now - memory.last_ok_at > LONG_GAP
    if gap and not by_person:
        by_person = "the feed could not be read for more than a day"
    judged = [_one(one, feed, memory, now, by_person) if one.verdict is Verdict.NEW else one for one in told]
    new = sorted((one for one in judged if one.verdict is Verdict.NEW), key=_age, reverse=True)
    over = {one.identity for one in new[feed.cap_per_poll :]}
    why = f"more than {feed.cap_per_poll} new items in one reading"
    return [
        replace(one, verdict=Verdict.OVER_CAP, why=why)
        if one.verdict is Verdict.NEW and one.identity in over
        else one
        for one in judged
    ]


def _one(one: Decision, feed: Feed, memory: FeedMemory, now: datetime, by_person: str) -> Decision:
    if is_feed_ended(one.item):
        return replace(one, verdict=Verdict.FEED_ENDED, why="the publisher closed the feed")
    if memory.primed_at is None:
        return replace(one, verdict=Verdict.PRIMED, why="there on the first reading")
    at = one.item.published_at
    if dates.LONG_AGO in one.item.warnings or (at is not None and at < now - feed.max_age):
        return replace(one, verdict=Verdict.TOO_OLD, why=f"older than {_span(feed.max_age)}")
    if not one.item.title:
        return replace(one, why="it has no title", for_a_person=True)
    if at is None:
        return replace(one, why="date unknown", for_a_person=True)
    why = one.why or by_person
    return replace(one, why=why, for_a_person=bool(why))


def _withdrawn(items: Sequence[Item], told: list[Decision], index: _Index) -> tuple[Release, ...]:
    """Releases with posts that are missing although an older item is still listed."""
    there = {one.release.id for one in told if one.release}
    listed = [item.published_at for item in items if item.published_at]
    # When nothing known is left, the list was replaced as a whole; that says nothing about one release.
    if not listed or not there:
        return ()
    return tuple(
        one
        for one in index.releases
        if one.state in {ReleaseState.NEW, ReleaseState.DRAFTED, ReleaseState.QUEUED}
        and one.id not in there
        and one.published_at is not None
        and one.published_at > min(listed)
    )


def _guid_reused(item: Item, release: Release) -> bool:
    """Same guid, but link, title and day all differ: another item under a used guid."""
    mine = of("", item.link, item.title, "")
    theirs = of("", release.link, release.title, "")
    if not (mine.link and theirs.link and item.published_at and release.published_at):
        return False
    return (
        mine.link != theirs.link
        and mine.words != theirs.words
        and item.published_at.date() != release.published_at.date()
    )


def _age(one: Decision) -> tuple[bool, datetime]:
    """Oldest first; items without a date before all others."""
    at = one.item.published_at
    return (at is not None, at or _NEVER)


def _span(length: timedelta) -> str:
    hours = round(length.total_seconds() / 3600)
    return f"{hours // 24} days" if hours % 24 == 0 and hours > 24 else f"{hours} hours"


class _Index:
    """Known releases by each of their rungs."""

    def __init__(self, known: Iterable[Release]) -> None:
        self.releases = sorted(known, key=lambda one: one.id)
        self._strong: dict[str, Release] = {}
        self._path: dict[str, list[tuple[Release, str]]] = {}
        self._words: dict[str, Release] = {}
        for one in self.releases:
            date = one.published_at.date().isoformat() if one.published_at else ""
            rung = of(one.guid, one.link, one.title, date)
            for key in (one.identity, rung.guid, rung.link):
                if key:
                    self._strong[key] = one
            if rung.path:
                self._path.setdefault(rung.path, []).append((one, rung.words))
            if rung.words:
                self._words[rung.words] = one

    def strong(self, rung: Rungs) -> Release | None:
        """By guid; by link; by title and date if it has neither; by path and title (another host)."""
        for key in (rung.guid, rung.link):
            if key and key in self._strong:
                return self._strong[key]
        if not rung.guid and not rung.link:
            return self._strong.get(rung.text)
        return next((one for one, words in self._path.get(rung.path, []) if words == rung.words), None)

    def weak(self, item: Item) -> Release | None:
        """By path alone, or by title alone: good enough only when the whole feed shifted."""
        rung = of(item.guid, item.link, item.title, "")
        if self._path.get(rung.path):
            return self._path[rung.path][0][0]
        return self._words.get(rung.words)
