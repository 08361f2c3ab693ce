"""A world whose clock stands at Monday morning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

import pytest

from bfbot.alerts import tell as telling
from bfbot.alerts import without_ledger
from bfbot.config import config
from bfbot.engine import health_watch, units
from bfbot.engine.health import Pulse
from bfbot.planning import plan
from bfbot.publishing import door
from tests.outages.world import ADDRESS, DESK, Net, World
from tests.publishing.network import Clock
from tests.workspace import NOW, OTHER, PRACTICE, SCHEDULES, change, clear, small_workspace

FEED = SCHEDULES[SCHEDULES.index("feeds:\n") : SCHEDULES.index("slots:\n")]
"""Of the small workspace; tests of feeds put one of their own in its place."""


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    clock = Clock(NOW)
    made = World(clock, {account: Net(clock) for account in (PRACTICE, OTHER)})
    change(small_workspace(config().home), FEED, "")
    settings = replace(config(), alert_urls=(ADDRESS,), public_url=DESK)
    pulse = Pulse(lambda: made.machine)
    for module in (units, health_watch):
        monkeypatch.setattr(module, "pulse", pulse)
    for module in (telling, without_ledger):
        monkeypatch.setattr(module, "config", lambda: settings)
    monkeypatch.setattr(health_watch, "tell", partial(telling.tell, sender=made.send))
    for name in ("behind_since", "wait_for_the_first"):  # backups are of the real disk, and not played here
        monkeypatch.setattr(health_watch, name, lambda now: None)
    monkeypatch.setattr(health_watch, "_cry", without_ledger.Cry(made.send))
    monkeypatch.setattr(units, "utc_now", clock)
    monkeypatch.setattr(plan, "_tried", {})
    monkeypatch.setattr(door, "platform_of", lambda account, now: made.nets[account])
    yield made
    clear(config().home)
