"""Polls over real HTTP: releases, drafts and validators are recorded together or not at all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bfbot.domain.hold import Scope
from bfbot.domain.release import ReleaseState
from bfbot.errors import ContentRefused, UsageError
from bfbot.ledger import audit, holds, releases
from bfbot.news import listing
from bfbot.news.poll import due_feeds, poll
from tests.news.newsroom import MINUTE, NOW, PATH, Newsroom
from tests.servers.feeds import entry, rss

pytestmark = pytest.mark.django_db


def test_the_first_reading_marks_all_as_seen_and_posts_none(newsroom: Newsroom) -> None:
    result = newsroom.first("One", "Two", "Three")
    assert (result.first, result.noted, result.new, newsroom.drafted) == (True, 3, (), [])
    assert {one.state for one in releases.listing()} == {ReleaseState.SEEN}
    memory = releases.memory("news")
    assert memory.etag
    assert memory.primed_at == memory.last_ok_at == newsroom.now
    assert memory.next_poll_at == newsroom.now + 5 * MINUTE


def test_a_release_becomes_a_draft_once(newsroom: Newsroom) -> None:
    newsroom.first("One")
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
    newsroom.first("One")
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
    newsroom.first("One")
    newsroom.publish("Two", "One")
    newsroom.refusal = ContentRefused("The account is gone.")
    assert newsroom.poll().posts == ()
    (waiting,) = releases.listing(states=[ReleaseState.NEW])
    assert "The account is gone." in waiting.why
    newsroom.refusal = None
    result = newsroom.poll()
    assert (result.unchanged, len(result.posts)) == (True, 1)
    assert newsroom.drafted[0][1].auto_after is None  # what waited goes to a person


def test_a_restored_backup_does_not_flood(newsroom: Newsroom) -> None:
    newsroom.first("One")
    releases.prime_again()
    newsroom.publish("Three", "Two", "One")
    assert newsroom.poll().noted == 2
    assert newsroom.drafted == []


def test_nothing_is_read_in_a_pause_and_after_it_news_goes_to_people(newsroom: Newsroom) -> None:
    newsroom.first("One")
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
    newsroom.first("Old")
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


def test_a_clock_that_was_set_back_stops_no_feed(newsroom: Newsroom) -> None:
    newsroom.first("One")
    assert due_feeds(newsroom.now) == []
    assert due_feeds(newsroom.now - timedelta(days=365)) == ["news"]


def test_an_unknown_feed_is_a_wrong_call(newsroom: Newsroom) -> None:
    with pytest.raises(UsageError, match="no feed"):
        poll("other", NOW)
