"""A newsroom of its own for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bfbot.domain.campaign import Campaign
from bfbot.domain.message import ReleaseTemplate
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Feed
from bfbot.ledger import revisions
from tests.news.newsroom import MINUTE, NOW, PATH, Newsroom
from tests.servers.feeds import FeedServer


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
