"""From a feed to the real desk: a release waits there for a person."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.config import config, read
from bfbot.domain.post import Origin
from bfbot.domain.release import ReleaseState
from bfbot.domain.states import PostState
from bfbot.ledger import posts, releases
from bfbot.news.poll import due_feeds, poll
from tests.servers.feeds import FeedServer, entry, rss

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

SCHEDULES = """
campaigns:
  - id: bright
    name: Bright
    owner: LGA
    hashtag: GettingTheBest
    link: https://www.example.org/bright
    contact: desk@example.org
    pillars: [{id: outcomes, name: Outcomes}]
accounts:
  - {id: practice, platform: rehearsal, campaigns: [bright], label: Practice channel}
feeds:
  - id: news
    url: "URL"
    campaigns: [bright]
    accounts: [practice]
    every: 5 min
    template: release
    publish: draft
"""
MESSAGES = """
templates:
  - {id: release, campaign: bright, text: "New from {owner}: {title} {link} {hashtag}"}
"""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    """A feed server, and a workspace whose one feed it serves."""
    with FeedServer() as one:
        for folder, text in (
            ("schedules", SCHEDULES.replace("URL", one.url("/feed.xml"))),
            ("messages", MESSAGES),
        ):
            (tmp_path / folder).mkdir()
            (tmp_path / folder / "all.yaml").write_text(text)
        monkeypatch.setenv("BFBOT_HOME", str(tmp_path))
        settings = read({"BFBOT_HOME": str(tmp_path), "BFBOT_PRIVATE_HOSTS": one.host})
        for module in ("bfbot.news.poll", "bfbot.library.loading"):
            monkeypatch.setattr(f"{module}.config", lambda: settings)
        yield one
    assert config().home != tmp_path


@pytest.mark.django_db
def test_a_release_waits_for_a_person(server: FeedServer) -> None:
    old, new = entry("Old news"), entry("Councils <b>ask</b> for more", link="https://news.example/n")
    server.publish("/feed.xml", rss([old]))
    assert due_feeds(NOW) == ["news"]
    assert poll("news", NOW).first
    assert due_feeds(NOW) == []
    server.publish("/feed.xml", rss([new, old]))
    result = poll("news", NOW + timedelta(minutes=5))
    post = posts.get(result.posts[0])
    assert (post.origin, post.author, post.release) == (Origin.RELEASE, "feed:news", result.new[0])
    assert post.state is PostState.IN_REVIEW, post.note
    assert "New from LGA: Councils ask for more https://news.example/n" in post.text
    assert releases.get(result.new[0]).state is ReleaseState.DRAFTED


@pytest.mark.django_db
def test_what_a_publisher_writes_is_never_filled_in(server: FeedServer) -> None:
    server.publish("/feed.xml", rss([entry("Old news")]))
    poll("news", NOW)
    server.publish("/feed.xml", rss([entry("Look: {fact:secret} {owner}"), entry("Old news")]))
    post = posts.get(poll("news", NOW + timedelta(minutes=5)).posts[0])
    assert post.state is PostState.DRAFT
    assert "{fact:secret}" in post.note
