"""A release: an item of a watched feed, cleaned, with an identity that survives edits."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ReleaseState(StrEnum):
    SEEN = "seen"  # there on the first reading, too old, or over the cap: noted, never posted
    NEW = "new"
    DRAFTED = "drafted"
    QUEUED = "queued"  # going out by itself after its cancel window
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Item:
    """One entry as parsed and cleaned: plain text, http(s) links only, `published_at` UTC or None (unknown)."""

    guid: str
    link: str
    title: str
    summary: str
    published_at: datetime | None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class Release:
    """An item bfbot knows. `identity` is the rung of the ladder it was recognised by, unique in its feed."""

    id: int
    feed: str
    identity: str
    guid: str
    link: str
    title: str
    summary: str
    published_at: datetime | None
    first_seen_at: datetime
    state: ReleaseState
    content_digest: str
    why: str = ""


@dataclass(frozen=True)
class FeedMemory:
    """What is remembered of a feed between two readings. Times are aware, UTC; None is "never".

    `etag`, `last_modified` and `body_digest` belong to the last reading whose items were recorded.
    `disabled_reason` is "" while the feed is read; `last_error` is "" when the last reading was good.
    """

    feed: str
    etag: str = ""
    last_modified: str = ""
    body_digest: str = ""
    final_url: str = ""
    primed_at: datetime | None = None
    last_polled_at: datetime | None = None
    last_ok_at: datetime | None = None
    next_poll_at: datetime | None = None
    failures: int = 0
    last_error: str = ""
    disabled_reason: str = ""
