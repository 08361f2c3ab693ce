"""Read one feed and record what came of it: releases, drafts and validators together, or none of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction

from bfbot.config import config
from bfbot.desk.automatic import draft_from_release
from bfbot.domain.release import FeedMemory, Release, ReleaseState
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.errors import BfbotError, FeedFailed, UsageError
from bfbot.ledger import releases
from bfbot.library import current_revision
from bfbot.news.decide import Decision, Decisions, Verdict, decide
from bfbot.news.identity import rungs
from bfbot.news.parse import Parsed, parse
from bfbot.news.reading import LONGEST_WAIT, Busy, Gone, Reading, read, same_address
from bfbot.news.stopping import pauses, stop_posts_of

LONGEST_PAUSE = timedelta(hours=6)


@dataclass(frozen=True)
class PollResult:
    """One good reading. `new` and `edited` are release ids, `posts` the drafts that were made."""

    feed: str
    new: tuple[int, ...] = ()
    posts: tuple[int, ...] = ()
    edited: tuple[int, ...] = ()
    withdrawn: tuple[int, ...] = ()
    noted: int = 0  # seen for the first time, and not to be posted
    unchanged: bool = False
    first: bool = False
    warnings: tuple[str, ...] = ()


def due_feeds(now: datetime) -> list[str]:
    """Ids of the feeds to read now (aware), the longest waiting first; none that is paused or disabled."""
    memories = releases.memories()
    due = []
    for feed in current_revision(now).feeds.values():
        memory = memories.get(feed.id, FeedMemory(feed.id))
        moved = bool(memory.body_digest) and not same_address(feed, memory)
        if (memory.disabled_reason and not moved) or pauses(feed, now, now):
            continue
        # A moment further ahead than any pause was written before the clock was set back.
        furthest = now + LONGEST_WAIT + feed.every
        if memory.next_poll_at is None or not now < memory.next_poll_at <= furthest:
            due.append((memory.next_poll_at or datetime.min.replace(tzinfo=now.tzinfo), feed.id))
    return [feed_id for _, feed_id in sorted(due)]


def poll(feed_id: str, now: datetime) -> PollResult:
    """Read the feed now, disabled or not. Raises FeedFailed (recorded, with the next moment to try)."""
    revision = current_revision(now)
    feed = revision.feeds.get(feed_id)
    if feed is None:
        raise UsageError(f"There is no feed “{feed_id}”.", mend="See schedules/feeds.yaml.")
    memory = releases.memory(feed_id)
    try:
        reading = read(feed, memory, config(), now)
        parsed = None
        if reading.body is not None:
            parsed = parse(reading.body, now=now, content_type=reading.content_type, base=reading.final_url)
        with transaction.atomic():
            return _record(feed, revision, reading, parsed, now)
    except Exception as error:
        if isinstance(error, FeedFailed):
            error.where = error.where or feed.id
        _record_failure(feed, memory, error, now)
        raise


def _record(feed: Feed, revision: Revision, reading: Reading, parsed: Parsed | None, now: datetime) -> PollResult:
    """Everything a good reading changes, in the caller's transaction. The memory is read again, under a lock."""
    memory = releases.memory(feed.id, lock=True)
    result = PollResult(feed.id, unchanged=True)
    if parsed is not None:
        result = _record_items(feed, revision, memory, parsed, now)
    later = _draft_what_is_left(feed, revision, result, now)
    releases.remember(
        feed.id,
        etag=reading.etag,
        last_modified=reading.last_modified,
        body_digest=reading.digest,
        final_url=reading.final_url,
        primed_at=memory.primed_at or now,
        last_polled_at=now,
        last_ok_at=now,
        next_poll_at=now + feed.every,
        failures=0,
        last_error="",
        disabled_reason="",
    )
    return replace(result, posts=result.posts + later)


def _record_items(feed: Feed, revision: Revision, memory: FeedMemory, parsed: Parsed, now: datetime) -> PollResult:
    keys = [key for one in rungs(parsed.items) for key in (one.guid, one.link, one.text) if key]
    known = releases.known_to(feed.id, keys, [one.link for one in parsed.items])
    moved = bool(memory.body_digest) and not same_address(feed, memory)
    paused = pauses(feed, memory.last_ok_at or now, now)
    reason = "the feed's address was changed" if moved else "there was a pause" if paused else ""
    decided = decide(parsed.items, known, feed, memory, now, for_a_person=reason)
    new, posts = [], []
    for one in decided.items:
        if one.release is not None:
            continue
        release = _add(feed, one, now)
        if one.verdict is Verdict.NEW:
            new.append(release.id)
            posts.append(_draft(release, feed, revision, now, for_a_person=one.for_a_person))
    releases.seen_again([one.release.id for one in decided.items if one.release], now)
    edited = tuple(_note_edit(one, now) for one in decided.of(Verdict.EDITED))
    for gone in decided.withdrawn:
        stop_posts_of(gone, "the release is no longer in the feed", now)
    return PollResult(
        feed=feed.id,
        new=tuple(new),
        posts=tuple(one for one in posts if one is not None),
        edited=tuple(one for one in edited if one is not None),
        withdrawn=tuple(one.id for one in decided.withdrawn),
        noted=sum(one.release is None for one in decided.items) - len(new),
        first=memory.primed_at is None,
        warnings=_warnings(parsed, decided),
    )


def _add(feed: Feed, one: Decision, now: datetime) -> Release:
    return releases.add(
        feed.id,
        one.identity,
        guid=one.item.guid,
        link=one.item.link,
        title=one.item.title,
        summary=one.item.summary,
        published_at=one.item.published_at,
        content_digest=one.digest,
        state=one.state,
        why=one.why,
        now=now,
    )


def _draft(release: Release, feed: Feed, revision: Revision, now: datetime, *, for_a_person: bool) -> int | None:
    """The post of a release; None when the desk refuses, which is noted and tried again at the next reading."""
    try:
        with transaction.atomic():
            return draft_from_release(
                release, replace(feed, auto_after=None) if for_a_person else feed, revision, now
            )
    except BfbotError as refusal:
        releases.change(release.id, why=f"no draft could be made: {refusal}")
        return None


def _draft_what_is_left(feed: Feed, revision: Revision, result: PollResult, now: datetime) -> tuple[int, ...]:
    """Releases of earlier readings that the desk refused: tried again while they are young, for a person."""
    waiting = releases.listing(feed=feed.id, states=[ReleaseState.NEW], most=feed.cap_per_poll)
    young = [one for one in waiting if one.id not in result.new and one.first_seen_at >= now - feed.max_age]
    made = [_draft(one, feed, revision, now, for_a_person=True) for one in young]
    return tuple(one for one in made if one is not None)


def _note_edit(one: Decision, now: datetime) -> int | None:
    """Keep the new wording; its posts stop until a person has looked. The id, if it has ever been posted."""
    assert one.release is not None
    releases.change(one.release.id, title=one.item.title, summary=one.item.summary, content_digest=one.digest)
    if one.release.state is ReleaseState.SEEN:
        return None
    stop_posts_of(one.release, "the release was edited at its source", now)
    return one.release.id


def _warnings(parsed: Parsed, decided: Decisions) -> tuple[str, ...]:
    items = [
        f"{one.item.title[:60] or one.identity}: {warning}"
        for one in decided.of(Verdict.NEW)
        for warning in one.item.warnings
    ]
    return tuple(filter(None, (*parsed.warnings, decided.note, *items)))


def _record_failure(feed: Feed, memory: FeedMemory, error: Exception, now: datetime) -> None:
    """Only the failure: validators stay, so that the next good reading finds everything."""
    failures = memory.failures + 1
    pause = min(feed.every * 2 ** min(failures, 8), max(LONGEST_PAUSE, feed.every))
    next_at = now + pause
    if isinstance(error, Busy):
        next_at = max(error.retry_at, now + feed.every)
    told = isinstance(error, BfbotError)
    fields: dict[str, object] = {
        "last_polled_at": now,
        "next_poll_at": next_at,
        "failures": failures,
        "last_error": str(error) if told else f"bfbot could not record the reading ({type(error).__name__}).",
    }
    if isinstance(error, Gone):
        fields["disabled_reason"] = error.message
    releases.remember(feed.id, **fields)
