"""Feeds' memory and their releases, as domain objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q

from bfbot.domain.release import FeedMemory, Release, ReleaseState
from bfbot.errors import ContentRefused
from bfbot.ledger import models


def get(release_id: int) -> Release:
    """Raises ContentRefused when there is no such release."""
    row = models.Release.objects.filter(pk=release_id).first()
    if row is None:
        raise ContentRefused(f"There is no release {release_id}.", mend="See `bfbot news list`.")
    return to_domain(row)


def listing(
    *, feed: str | None = None, states: Iterable[ReleaseState] | None = None, most: int | None = 200
) -> list[Release]:
    """Newest first seen first."""
    wanted = Q()
    if feed is not None:
        wanted &= Q(feed=feed)
    if states is not None:
        wanted &= Q(state__in=[str(state) for state in states])
    return [
        to_domain(row) for row in models.Release.objects.filter(wanted).order_by("-first_seen_at", "-pk")[:most]
    ]


def known_to(feed: str, identities: Iterable[str], links: Iterable[str], recent: int = 1000) -> list[Release]:
    """What an item of this feed may be: the latest releases, and older ones with such an identity or link."""
    rows = models.Release.objects.filter(feed=feed)
    latest = {row.pk: row for row in rows.order_by("-last_seen_at", "-pk")[:recent]}
    for wanted in _chunks(list(identities)):
        latest.update({row.pk: row for row in rows.filter(identity__in=wanted)})
    for wanted in _chunks([one for one in links if one]):
        latest.update({row.pk: row for row in rows.filter(link__in=wanted)})
    return [to_domain(row) for row in latest.values()]


def posts_of(release_ids: Iterable[int]) -> dict[int, list[int]]:
    """Post ids by release id."""
    found: dict[int, list[int]] = {}
    for wanted in _chunks(list(release_ids)):
        pairs = models.Post.objects.filter(release_id__in=wanted).order_by("pk").values_list("release_id", "pk")
        for release_id, post_id in pairs:
            found.setdefault(int(release_id or 0), []).append(post_id)
    return found


def add(
    feed: str,
    identity: str,
    *,
    guid: str,
    link: str,
    title: str,
    summary: str,
    published_at: datetime | None,
    content_digest: str,
    state: ReleaseState,
    why: str,
    now: datetime,
) -> Release:
    """Raises IntegrityError when the feed has a release of this identity."""
    return to_domain(
        models.Release.objects.create(
            feed=feed,
            identity=identity,
            guid=guid,
            link=link,
            title=title,
            summary=summary,
            published_at=published_at,
            content_digest=content_digest,
            state=state,
            why=why,
            first_seen_at=now,
            last_seen_at=now,
        )
    )


def seen_again(release_ids: Iterable[int], now: datetime) -> None:
    for wanted in _chunks(list(release_ids)):
        models.Release.objects.filter(pk__in=wanted).update(last_seen_at=now)


def change(release_id: int, **fields: object) -> None:
    """Set some of: state, why, title, summary, link, guid, content_digest."""
    models.Release.objects.filter(pk=release_id).update(**fields)


def set_state(release_id: int, state: ReleaseState) -> None:
    change(release_id, state=state)


def memory(feed: str, *, lock: bool = False) -> FeedMemory:
    """What is remembered of a feed; an empty memory when it was never read. `lock` needs a transaction."""
    rows = models.FeedState.objects.filter(pk=feed)
    row = (rows.select_for_update() if lock else rows).first()
    return _memory(row) if row else FeedMemory(feed)


def memories() -> Mapping[str, FeedMemory]:
    """Every feed that was ever read, by id."""
    return {row.feed: _memory(row) for row in models.FeedState.objects.order_by("feed")}


def remember(feed: str, **fields: object) -> None:
    """Set some of the columns of FeedState, and make the row if there is none."""
    models.FeedState.objects.update_or_create(feed=feed, defaults=fields)


def prime_again(feeds: Iterable[str] | None = None) -> int:
    """The next reading marks everything as seen, as the first did: after a restored backup nothing floods."""
    rows = models.FeedState.objects.all() if feeds is None else models.FeedState.objects.filter(pk__in=list(feeds))
    return rows.update(primed_at=None, etag="", last_modified="", body_digest="")


def to_domain(row: models.Release) -> Release:
    return Release(
        id=row.pk,
        feed=row.feed,
        identity=row.identity,
        guid=row.guid,
        link=row.link,
        title=row.title,
        summary=row.summary,
        published_at=row.published_at,
        first_seen_at=row.first_seen_at,
        state=ReleaseState(row.state),
        content_digest=row.content_digest,
        why=row.why,
    )


def _memory(row: models.FeedState) -> FeedMemory:
    return FeedMemory(
        feed=row.feed,
        etag=row.etag,
        last_modified=row.last_modified,
        body_digest=row.body_digest,
        final_url=row.final_url,
        primed_at=row.primed_at,
        last_polled_at=row.last_polled_at,
        last_ok_at=row.last_ok_at,
        next_poll_at=row.next_poll_at,
        failures=row.failures,
        last_error=row.last_error,
        disabled_reason=row.disabled_reason,
    )


def _chunks(many: list[Any], size: int = 400) -> Iterable[list[Any]]:
    """SQLite takes a bounded number of values in one statement."""
    return (many[start : start + size] for start in range(0, len(many), size))
