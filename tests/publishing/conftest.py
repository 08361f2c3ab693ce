"""Every test of the publisher speaks to a network in memory, and rules find nothing unless it says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bfbot.config import config
from bfbot.platforms.base import Platform
from bfbot.publishing import claim, door
from tests.publishing.network import Clock, Listing, Network
from tests.publishing.newspaper import Newspaper
from tests.workspace import clear, small_workspace


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    """A small workspace with a team."""
    yield small_workspace(config().home)
    clear(config().home)


@pytest.fixture
def joined(monkeypatch: pytest.MonkeyPatch) -> Callable[[Platform], None]:
    """Every account leads to this network, and the rules let everything pass."""

    def join(platform: Platform) -> None:
        monkeypatch.setattr(door, "platform_of", lambda account_id, now: platform)
        monkeypatch.setattr(claim, "check_at_send", lambda delivery, now, known: ())

    return join


@pytest.fixture
def network(joined: Callable[[Platform], None]) -> Network:
    """One that can neither be read back nor knows keys."""
    made = Network()
    joined(made)
    return made


@pytest.fixture
def listing(joined: Callable[[Platform], None]) -> Listing:
    made = Listing()
    joined(made)
    return made


@pytest.fixture
def paper(joined: Callable[[Platform], None]) -> Newspaper:
    made = Newspaper()
    joined(made)
    return made
