"""The world of the flow tests: a Mastodon server that others wrote, and a workspace that looks at all of it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import requests

from tests.cli.desk import Desk
from tests.servers.feeds import FeedServer
from tests.simulators.server import Simulator
from tests.simulators.x import KEYS

TOKEN = "a-token-of-the-mock"
SETTINGS = {
    "DESK_MASTODON_TOKEN": TOKEN,
    "DESK_X_CONSUMER_KEY": KEYS["consumer_key"],
    "DESK_X_CONSUMER_SECRET": KEYS["consumer_secret"],
    "DESK_X_ACCESS_TOKEN": KEYS["access_token"],
    "DESK_X_ACCESS_TOKEN_SECRET": KEYS["access_token_secret"],
}
ACCOUNTS = """\
accounts:
  - id: desk-mastodon
    platform: mastodon
    campaigns: [bright-futures]
    base_url: "{mastodon}"
    secrets: {{access_token: env:DESK_MASTODON_TOKEN}}
  - id: desk-x
    platform: x
    campaigns: [bright-futures]
    base_url: "{x}"
    secrets:
      consumer_key: env:DESK_X_CONSUMER_KEY
      consumer_secret: env:DESK_X_CONSUMER_SECRET
      access_token: env:DESK_X_ACCESS_TOKEN
      access_token_secret: env:DESK_X_ACCESS_TOKEN_SECRET
"""
FEEDS = """\
feeds:
  - id: town-news
    url: "{url}"
    campaigns: [bright-futures]
    accounts: [desk-mastodon, desk-x]
    every: 2 s
    template: release
    publish: draft
    window: 24 h
    max_age: 3 days
"""
SLOTS = """\
slots:
  - id: noon
    campaign: bright-futures
    days: daily
    at: "12:00"
    kinds: [action, ask]
    accounts: [desk-x]
    window: 2 h
"""


class MastodonMock:
    """mastodon-mock on loopback with one account; `statuses` reads what anyone can read there."""

    def __init__(self, url: str) -> None:
        self.url = url

    def statuses(self) -> list[dict[str, Any]]:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        me = requests.get(f"{self.url}/api/v1/accounts/verify_credentials", headers=headers, timeout=60).json()
        listed = requests.get(f"{self.url}/api/v1/accounts/{me['id']}/statuses", headers=headers, timeout=60)
        return list(listed.json())


@contextmanager
def mastodon_mock() -> Iterator[MastodonMock]:
    """Skips where it is not installed."""
    uvicorn = pytest.importorskip("uvicorn", reason="mastodon-mock needs uvicorn: pip install mastodon-mock")
    pytest.importorskip("mastodon_mock", reason="mastodon-mock is not installed")
    from mastodon_mock.app import create_app
    from mastodon_mock.config import DatabaseConfig, MastodonMockConfig, SeedAccount, SeedConfig

    seed = SeedConfig(accounts=[SeedAccount(username="desk", access_token=TOKEN)])
    app = create_app(MastodonMockConfig(database=DatabaseConfig(path=":memory:"), seed=seed))
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "mastodon-mock did not start"
        time.sleep(0.02)
    yield MastodonMock(f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}")
    server.should_exit = True
    thread.join(5)


def look_at(desk: Desk, mastodon: str, x: Simulator, feed: FeedServer | None = None) -> None:
    """Write the team's schedules: two real accounts, a feed, a posting time a day."""
    desk.write("schedules/accounts.yaml", ACCOUNTS.format(mastodon=mastodon, x=x.base_url))
    desk.write("schedules/feeds.yaml", FEEDS.format(url=feed.url("/feed.xml")) if feed else "feeds: []\n")
    desk.write("schedules/slots.yaml", SLOTS if feed else "slots: []\n")
    desk.write("schedules/quiet-times.yaml", "quiet_times: []\n")
    hosts = [mastodon.removeprefix("http://"), x.address, *([feed.host] if feed else [])]
    desk.settings |= SETTINGS | {"BFBOT_PRIVATE_HOSTS": ",".join(hosts)}
