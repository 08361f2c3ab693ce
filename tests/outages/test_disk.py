"""The disk takes nothing for an hour: nothing goes out unrecorded, nothing is lost, and people hear of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection  # noqa: F401  # named in the condition of the skip

from bfbot.config import config
from bfbot.domain.states import DeliveryState
from bfbot.ledger import releases
from bfbot.news import poll
from tests.filed import database_in, full_disk
from tests.outages.world import HOUR, MINUTE, World
from tests.servers.feeds import FeedServer, entry, rss
from tests.workspace import NOW, PRACTICE, change

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.sqlite,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server's disk is its own"),
]
FEED = """feeds:
  - {{id: news, url: "{url}", campaigns: [bright], accounts: [practice], every: 5 min, template: release}}
slots:"""


@pytest.fixture(autouse=True)
def database_in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_in(tmp_path):
        yield


@pytest.fixture
def server(world: World, monkeypatch: pytest.MonkeyPatch) -> Iterator[FeedServer]:
    with FeedServer() as made:
        change(config().home, "slots:", FEED.format(url=made.url("/feed.xml")))
        monkeypatch.setattr(poll, "config", made.config)
        made.publish("/feed.xml", rss([entry("Councils open their doors")]))
        yield made


def test_an_hour_in_which_nothing_can_be_written_down(world: World, server: FeedServer) -> None:
    """From 17:30 to 18:30; a posting time is at 18:00, and a release appears, with an ETag, at 17:30."""
    net = world.nets[PRACTICE]
    world.clock.now = NOW + 8 * HOUR
    world.until(NOW + 8 * HOUR + 30 * MINUTE)
    told, before = len(world.told), releases.memory("news")
    server.publish("/feed.xml", rss([entry("A library reopens"), entry("Councils open their doors")]))
    with full_disk():
        for _ in range(30):
            world.clock.now += 2 * MINUTE
            world.beat(approving=False)
    assert net.asked == [], "what cannot be written down is not sent"
    said = [message.body for _, message in world.told[told:]]
    assert len(said) in {1, 2}, "told once, and again after an hour"
    assert "cannot write to its database" in said[0]
    assert world.told[told][0] - NOW - 8 * HOUR - 30 * MINUTE <= 5 * MINUTE
    assert releases.memory("news") == before, "least of all the ETag of a reading that was not recorded"
    back = world.clock.now
    world.until(back + HOUR)
    (one,) = world.deliveries(PRACTICE)
    assert one.state is DeliveryState.PUBLISHED
    assert [at - back for at, _ in net.came] == [timedelta()], "in its window of two hours, and once"
    assert {one.title for one in releases.listing()} == {"A library reopens", "Councils open their doors"}
