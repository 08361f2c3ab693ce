"""The disk fills up before a request is on record, or before its answer is: nothing unrecorded, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError, connection

from bfbot.domain.states import DeliveryState
from bfbot.ledger import deliveries
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import adopt_orphans, rescue
from bfbot.publishing.release import release_due
from tests.filed import database_in, full_disk
from tests.publishing.network import NOON, Clock, Listing, approved

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.sqlite,
    pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a server's disk is its own"),
]


@pytest.fixture(autouse=True)
def database_in_a_file(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    with database_in(tmp_path):
        yield


def start_again(clock: Clock) -> None:
    """As a new process does, and a minute later once more."""
    connection.close()
    adopt_orphans(clock())
    for _ in range(3):
        rescue(clock, "worker")
        release_due(clock())
        drain("desk", clock, "worker")
        clock.on(seconds=61)


def test_nothing_is_sent_that_cannot_be_written_down(listing: Listing, clock: Clock) -> None:
    post = approved("One")
    release_due(NOON)
    with full_disk(), pytest.raises(OperationalError):
        drain("desk", clock, "worker")
    assert listing.asked == []
    start_again(clock)
    assert (listing.texts, deliveries.get(post.id).state) == (["One"], DeliveryState.PUBLISHED)


def test_what_was_sent_and_could_not_be_written_down_is_read_back(listing: Listing, clock: Clock) -> None:
    post = approved("One", "Two")
    release_due(NOON)
    full = full_disk()
    listing.before = full.__enter__
    try:
        with pytest.raises(OperationalError):
            drain("desk", clock, "worker")
    finally:
        full.__exit__(None, None, None)
        listing.before = lambda: None
    assert listing.texts == ["One"]
    start_again(clock)
    assert (listing.texts, deliveries.get(post.id).state) == (["One", "Two"], DeliveryState.PUBLISHED)
