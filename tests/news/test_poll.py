"""Polls over real HTTP: releases, drafts and validators are recorded together or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.config import read
from bfbot.domain.campaign import Campaign
from bfbot.domain.hold import Scope
from bfbot.domain.message import ReleaseTemplate
from bfbot.domain.post import Origin, Wording
from bfbot.domain.release import Release, ReleaseState
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.errors import ContentRefused, FeedFailed, UsageError
from bfbot.ledger import audit, holds, posts, releases, revisions
from bfbot.news import listing
from bfbot.news.poll import PollResult, due_feeds, poll
from tests.servers.feeds import FeedServer, entry, rss

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
PATH = "/feed.xml"


@dataclass
class Newsroom:
    """A feed, its server, and a desk that notes what it was given."""

    server: FeedServer
    revision: Revision
    now: datetime = NOW
    drafted: list[tuple[Release, Feed]] = field(default_factory=list)
    refusal: Exception | None = None

    def publish(self, *titles: str) -> None:
        self.server.publish(PATH, rss([entry(title) for title in titles]))

    def poll(self, after: timedelta = 5 * MINUTE) -> PollResult:
        self.now += after
        return poll("news", self.now)

    def draft(self, release: Release, feed: Feed, revision: Revision, now: datetime) -> int:
        """As bfbot.desk.automatic.draft_from_release: a post in the ledger, and the release's state."""
        if self.refusal:
            raise self.refusal
        self.drafted.append((release, feed))
        releases.set_state(release.id, ReleaseState.DRAFTED)
        return posts.add(
            campaign="bright",
            origin=Origin.RELEASE,
            wording=Wording(release.title),
            author="feed:news",
            scheduled_for=now,
            window=feed.window,
            revision=revision.number,
            now=now,
            release=release.id,
        )

    def titles(self) -> list[str]:
        return [release.title for release, _ in self.drafted]


@pytest.fixture
def newsroom(monkeypatch: pytest.MonkeyPatch) -> Iterator[Newsroom]:
    with FeedServer() as server:
        campaign = Campaign("bright", "Bright", "LGA", "Best", "https://x.example", "a@x.example", ())
        feed = Feed(
            "news", server.url(PATH), ("bright",), ("practice",), 5 * MINUTE, "release", auto_after=15 * MINUTE
        )
        revision = revisions.store(
            Revision(
                0,
                "0" * 64,
                NOW,
                campaigns={"bright": campaign},
                feeds={"news": feed},
                templates={"release": ReleaseTemplate("release", "bright", "{title} {link}")},
            )
        )
        room = Newsroom(server, revision)
        monkeypatch.setattr("bfbot.news.poll.config", server.config)
        monkeypatch.setattr("bfbot.news.poll.draft_from_release", room.draft)
        for module in ("bfbot.news.poll", "bfbot.news.listing"):
            monkeypatch.setattr(f"{module}.current_revision", lambda now: room.revision)
        yield room


def _first(room: Newsroom, *titles: str) -> PollResult:
    room.publish(*titles)
    return room.poll()


def test_the_first_reading_marks_all_as_seen_and_posts_none(newsroom: Newsroom) -> None:
    result = _first(newsroom, "One", "Two", "Three")
    assert (result.first, result.noted, result.new, newsroom.drafted) == (True, 3, (), [])
    assert {one.state for one in releases.listing()} == {ReleaseState.SEEN}
    memory = releases.memory("news")
    assert memory.etag
    assert memory.primed_at == memory.last_ok_at == newsroom.now
    assert memory.next_poll_at == newsroom.now + 5 * MINUTE


def test_a_release_becomes_a_draft_once(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    newsroom.publish("Two", "One")
    result = newsroom.poll()
    assert newsroom.titles() == ["Two"]
    assert len(result.new) == len(result.posts) == 1
    release, feed = newsroom.drafted[0]
    assert release.link == "https://news.example/two"
    assert feed.auto_after == 15 * MINUTE
    (listed,) = listing.listing(states=[ReleaseState.DRAFTED])
    assert listed.as_json()["posts"] == list(result.posts)
    again = newsroom.poll()
    assert (again.unchanged, again.new) == (True, ())
    assert newsroom.server.asked[-1].headers["if-none-match"] == releases.memory("news").etag
    newsroom.server.answer(PATH, rss([entry("Two"), entry("One")]))  # no validators: told by the body's hash
    assert newsroom.poll().unchanged
    assert newsroom.titles() == ["Two"]


def test_a_failure_while_recording_keeps_the_old_etag_and_the_item_is_found_again(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    before = releases.memory("news")
    newsroom.publish("Two", "One")
    newsroom.refusal = RuntimeError("disk full")
    with pytest.raises(RuntimeError):
        newsroom.poll()
    after = releases.memory("news")
    assert (after.etag, after.body_digest, after.last_ok_at) == (
        before.etag,
        before.body_digest,
        before.last_ok_at,
    )
    assert (after.failures, "RuntimeError" in after.last_error) == (1, True)
    assert [one.title for one in releases.listing()] == ["One"]
    newsroom.refusal = None
    assert len(newsroom.poll().new) == 1
    assert newsroom.titles() == ["Two"]
    assert releases.memory("news").failures == 0


def test_what_the_desk_refuses_is_kept_and_tried_again(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    newsroom.publish("Two", "One")
    newsroom.refusal = ContentRefused("The account is gone.")
    assert newsroom.poll().posts == ()
    (waiting,) = releases.listing(states=[ReleaseState.NEW])
    assert "The account is gone." in waiting.why
    newsroom.refusal = None
    result = newsroom.poll()
    assert (result.unchanged, len(result.posts)) == (True, 1)
    assert newsroom.drafted[0][1].auto_after is None  # what waited goes to a person


@pytest.mark.parametrize(
    ("body", "status", "said"),
    [
        (b"<html><title>Error</title></html>", 200, "no feed"),
        (b"", 200, "empty"),
        (rss([]), 200, "empty"),
        (rss([entry("Two"), entry("One")])[:-40], 200, "cut short"),
        (rss([entry("Two")]), 500, "answered 500"),
        (rss([entry("Two")]), 404, "answered 404"),
        (b'<!DOCTYPE r [<!ENTITY a "b">]>' + rss([entry("Two")]), 200, "entities"),
    ],
)
def test_an_error_is_never_no_news(newsroom: Newsroom, body: bytes, status: int, said: str) -> None:
    _first(newsroom, "One")
    before = releases.memory("news")
    newsroom.server.answer(PATH, body, status=status, headers={"ETag": '"other"'})
    for failures in (1, 2):
        with pytest.raises(FeedFailed, match=said):
            newsroom.poll()
        after = releases.memory("news")
        assert (after.etag, after.failures) == (before.etag, failures)
        assert after.next_poll_at == newsroom.now + 5 * MINUTE * 2**failures
    assert [one.feed for one in listing.troubled(newsroom.now)] == ["news"]
    assert newsroom.drafted == []
    newsroom.publish("Two", "One")
    newsroom.poll()
    assert newsroom.titles() == ["Two"]
    assert listing.troubled(newsroom.now) == []


def test_a_publisher_that_asks_for_patience_gets_it(newsroom: Newsroom) -> None:
    newsroom.server.answer(PATH, status=429, headers={"Retry-After": "3600"})
    with pytest.raises(FeedFailed, match="wait"):
        newsroom.poll()
    assert releases.memory("news").next_poll_at == newsroom.now + 60 * MINUTE
    assert due_feeds(newsroom.now + 59 * MINUTE) == []
    assert due_feeds(newsroom.now + 60 * MINUTE) == ["news"]
    newsroom.server.answer(PATH, status=503, headers={"Retry-After": "Fri, 20 Nov 2099 12:00:00 GMT"})
    with pytest.raises(FeedFailed):
        newsroom.poll()
    assert releases.memory("news").next_poll_at == newsroom.now + timedelta(days=1)


def test_a_feed_that_is_gone_is_not_read_until_it_has_another_address(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    newsroom.server.answer(PATH, status=410)
    with pytest.raises(FeedFailed, match="gone for good"):
        newsroom.poll()
    assert due_feeds(newsroom.now + timedelta(days=30)) == []
    newsroom.server.publish("/new.xml", rss([entry("Two"), entry("One")]))
    feed = replace(newsroom.revision.feeds["news"], url=newsroom.server.url("/new.xml"))
    newsroom.revision = replace(newsroom.revision, feeds={"news": feed})
    assert due_feeds(newsroom.now + timedelta(days=30)) == ["news"]
    newsroom.poll()
    assert "if-none-match" not in newsroom.server.asked[-1].headers
    assert newsroom.titles() == ["Two"]
    assert newsroom.drafted[0][1].auto_after is None
    assert releases.memory("news").disabled_reason == ""


def test_a_restored_backup_does_not_flood(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    releases.prime_again()
    newsroom.publish("Three", "Two", "One")
    assert newsroom.poll().noted == 2
    assert newsroom.drafted == []


def test_nothing_is_read_in_a_pause_and_after_it_news_goes_to_people(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    hold = holds.add(Scope.EVERYTHING, "", "mourning", "ann", newsroom.now)
    assert due_feeds(newsroom.now + timedelta(hours=2)) == []
    assert holds.lift(hold.id, "ben", newsroom.now + 60 * MINUTE)
    newsroom.publish("Two", "One")
    newsroom.poll(timedelta(hours=2))
    assert newsroom.drafted[0][1].auto_after is None
    newsroom.publish("Three", "Two", "One")
    newsroom.poll()
    assert newsroom.drafted[1][1].auto_after is not None


def test_an_edited_or_withdrawn_release_stops_its_posts(newsroom: Newsroom) -> None:
    _first(newsroom, "Old")
    early, late = NOW - timedelta(hours=2), NOW - timedelta(hours=1)
    two, three = entry("Two", published=early), entry("Three", published=late)
    newsroom.server.publish(PATH, rss([three, two, entry("Old")]))
    post_two, post_three = newsroom.poll().posts
    edited = entry("Two, corrected", guid="tag:news.example:two", link="https://news.example/two", published=early)
    newsroom.server.publish(PATH, rss([edited, entry("Old")]))
    result = newsroom.poll()
    assert (len(result.edited), len(result.withdrawn), result.new) == (1, 1, ())
    stopped = {one.scope_id: one.reason for one in holds.standing(newsroom.now) if one.scope is Scope.POST}
    assert "edited" in stopped[str(post_two)]
    assert "no longer" in stopped[str(post_three)]
    assert "corrected" in releases.get(result.edited[0]).title
    assert len(audit.entries(action="paused")) == 2
    newsroom.server.answer(PATH, rss([edited, entry("Old")]) + b" ")
    assert newsroom.poll().edited == ()
    assert len(holds.standing(newsroom.now)) == 2


def test_a_file_is_a_feed_in_the_sample_workspace_alone(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "news.xml").write_bytes(rss([entry("One")]))
    monkeypatch.setattr("bfbot.news.poll.config", lambda: read({"BFBOT_HOME": str(tmp_path)}))
    use = _feed_at(newsroom)
    use("file:news.xml")
    with pytest.raises(FeedFailed, match="sample workspace alone"):
        newsroom.poll()
    (tmp_path / "SAMPLE").touch()
    assert newsroom.poll().first
    (tmp_path / "news.xml").write_bytes(rss([entry("Two"), entry("One")]))
    newsroom.poll()
    assert newsroom.titles() == ["Two"]
    use("file:../secrets.xml")
    with pytest.raises(FeedFailed, match="sample workspace alone"):
        newsroom.poll()
    use("file:missing.xml")
    with pytest.raises(FeedFailed, match="cannot be read"):
        newsroom.poll()


def _feed_at(newsroom: Newsroom) -> Callable[[str], None]:
    def use(url: str) -> None:
        feed = replace(newsroom.revision.feeds["news"], url=url)
        newsroom.revision = replace(newsroom.revision, feeds={"news": feed})

    return use


def test_a_clock_that_was_set_back_stops_no_feed(newsroom: Newsroom) -> None:
    _first(newsroom, "One")
    assert due_feeds(newsroom.now) == []
    assert due_feeds(newsroom.now - timedelta(days=365)) == ["news"]


def test_an_unknown_feed_is_a_wrong_call(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match="no feed"):
        poll("other", NOW)
