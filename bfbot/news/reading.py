"""One reading of a feed's address: the body, or "unchanged", or the reason why there is neither."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from bfbot.config import Config
from bfbot.domain.release import FeedMemory
from bfbot.domain.schedule import Feed
from bfbot.errors import FeedFailed
from bfbot.http import MEGABYTE, Fetched, FetchFailed, fetch

SECONDS = 20.0
LIMIT = 5 * MEGABYTE
LONGEST_WAIT = timedelta(days=1)


class Gone(FeedFailed):
    """The publisher says that the feed is gone for good (410)."""


class Busy(FeedFailed):
    """The publisher asks to come back at `retry_at` (aware, UTC)."""

    def __init__(self, message: str, retry_at: datetime, where: str = "") -> None:
        super().__init__(message, where=where)
        self.retry_at = retry_at


@dataclass(frozen=True)
class Reading:
    """`body` None means unchanged since the last recorded reading. `digest` covers address and body."""

    body: bytes | None = field(repr=False)
    etag: str
    last_modified: str
    digest: str
    final_url: str
    content_type: str = ""


def read(feed: Feed, memory: FeedMemory, config: Config, now: datetime) -> Reading:
    """Ask the feed's address for what is new. Raises FeedFailed (Gone, Busy) for any answer but 200 and 304."""
    if feed.url.startswith("file:"):
        return _changed(feed, memory, _file(feed, config), Fetched(200, b"", {}, feed.url))
    same = same_address(feed, memory)
    try:
        answer = fetch(
            feed.url,
            etag=memory.etag if same else "",
            last_modified=memory.last_modified if same else "",
            limit_bytes=LIMIT,
            seconds=SECONDS,
            config=config,
        )
    except FetchFailed as error:
        raise FeedFailed(error.message, where=error.where) from error
    if answer.status == 304 and same and memory.body_digest:
        return Reading(None, memory.etag, memory.last_modified, memory.body_digest, answer.final_url)
    if answer.status == 200:
        return _changed(feed, memory, answer.body, answer)
    raise _failure(answer, now)


def same_address(feed: Feed, memory: FeedMemory) -> bool:
    """Whether what is remembered came from the address that the team's files name now."""
    return memory.body_digest.startswith(_address(feed.url))


def _changed(feed: Feed, memory: FeedMemory, body: bytes, answer: Fetched) -> Reading:
    digest = _address(feed.url) + hashlib.sha256(body).hexdigest()[:48]
    return Reading(
        body=None if digest == memory.body_digest else body,
        etag=answer.header("etag")[:1000],
        last_modified=answer.header("last-modified")[:200],
        digest=digest,
        final_url=answer.final_url,
        content_type=answer.header("content-type"),
    )


def _address(url: str) -> str:
    """16 characters that stand for an address."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def _file(feed: Feed, config: Config) -> bytes:
    """The sample workspace's own feed. Elsewhere, and outside the workspace, files are no feeds."""
    path = (config.home / feed.url.removeprefix("file:")).resolve()
    if not config.sample or not path.is_relative_to(config.home):
        raise FeedFailed(
            "A file is a feed in the sample workspace alone.", mend="Give the feed's https address.", where=feed.id
        )
    try:
        with path.open("rb") as file:
            return file.read(LIMIT)
    except OSError as error:
        raise FeedFailed(f"{path.name} cannot be read: {error.strerror}.", where=feed.id) from error


def _failure(answer: Fetched, now: datetime) -> FeedFailed:
    """An answer that is not the feed, told apart by what it means for the next reading."""
    where = answer.final_url.partition("?")[0]
    if answer.status == 410:
        return Gone(
            "The publisher says that this feed is gone for good; it is no longer read.",
            mend="Give its new address in schedules/feeds.yaml, or remove it there.",
            where=where,
        )
    retry_at = _retry_at(answer.header("retry-after"), now)
    if retry_at is not None:
        return Busy(f"It answered {answer.status} and asks us to wait.", retry_at, where=where)
    return FeedFailed(f"It answered {answer.status} instead of the feed.", where=where)


def _retry_at(raw: str, now: datetime) -> datetime | None:
    """Retry-After as a moment, at most a day ahead; None when absent or unreadable."""
    if raw.isdecimal():
        return now + min(timedelta(seconds=int(raw[:9])), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(raw)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return min(max(moment.astimezone(UTC), now), now + LONGEST_WAIT)
