"""The shipped campaigns: in good form, and read fast enough to be looked at by every command."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bfbot.domain.wording import resolve
from bfbot.library import read_library

ROOT = Path(__file__).parents[2]
NETWORKS = {
    "rehearsal": (),
    "mastodon": ("access_token",),
    "x": ("consumer_key", "consumer_secret", "access_token", "access_token_secret"),
}


@pytest.mark.parametrize("year", [2026, 2029])
def test_the_shipped_set_has_no_errors(year: int) -> None:
    revision, faults = read_library(ROOT, now=datetime(year, 11, 21, 23, 0, tzinfo=UTC), platforms=NETWORKS)
    assert [str(fault) for fault in faults if fault.level == "error"] == []
    assert revision is not None
    assert {"bright-futures", "county-children"} <= set(revision.campaigns)


def test_every_shipped_text_can_be_worded() -> None:
    revision, _ = read_library(ROOT, now=datetime(2026, 11, 21, tzinfo=UTC), platforms=NETWORKS)
    assert revision is not None
    for message in revision.messages.values():
        campaign = revision.campaigns[message.campaign]
        for text in (message.text, *message.variants.values()):
            link = message.link or campaign.link
            assert all(resolve(text, facts=revision.facts, campaign=campaign, link=link, extras={})), message.id


def test_the_shipped_set_is_read_within_a_second() -> None:
    started = time.process_time()
    read_library(ROOT, now=datetime(2026, 11, 21, tzinfo=UTC), platforms=NETWORKS)
    assert time.process_time() - started < 1
