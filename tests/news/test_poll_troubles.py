"""What a publisher answers instead of news, and where a feed may lie: an error is never no news."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.config import read
from bfbot.errors import FeedFailed
from bfbot.ledger import releases
from bfbot.news import listing
from bfbot.news.poll import due_feeds
from tests.news.newsroom import MINUTE, PATH, Newsroom
from tests.servers.feeds import entry, rss

pytestmark = pytest.mark.django_db


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
    newsroom.first("One")
    before = releases.memory("news")
    newsroom.server.answer(PATH, body, status=status, headers={"ETag": '"other"'})
    for failures in (1, 2):
        with pytest.raises(FeedFailed, match=said):
            newsroom.poll()
        after = releases.memory("news")
        assert (after.etag, after.failures) == (before.etag, failures)
        assert after.next_poll_at == newsroom.now + 5 * MINUTE * 2**failures
    assert [one.feed for one in listing.feeds(newsroom.now) if one.last_error] == ["news"]
    assert newsroom.drafted == []
    newsroom.publish("Two", "One")
    newsroom.poll()
    assert newsroom.titles() == ["Two"]
    assert not [one for one in listing.feeds(newsroom.now) if one.last_error or one.disabled_reason]


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
    newsroom.first("One")
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
