"""What the backup plans for later, and somebody sent early since: it goes out once, and never before its time."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.cli.desk import APPROVER, AUTHOR, Desk
from tests.engine.networks import approved, join, state, texts
from tests.operations.archive import backup
from tests.simulators.mastodon import MastodonSimulator

pytestmark = pytest.mark.slow
LATER = ("--at", "2030-01-07T09:00")


def its_time_comes(desk: Desk, post: int) -> None:
    """All that is planned of this post is brought forward by as much as its moment is away."""
    ((due,),) = desk.rows(f"SELECT due_at FROM ledger_delivery WHERE post_id = {post}")
    ahead = datetime.fromisoformat(due).replace(tzinfo=UTC) - datetime.now(UTC)
    for table, key, columns in (
        ("ledger_delivery", "post_id", ("due_at", "closes_at", "not_before")),
        ("ledger_post", "id", ("scheduled_for", "first_planned_at")),
        ("ledger_approval", "post_id", ("from_time", "until")),
    ):
        shifted = ", ".join(
            f"{one} = strftime('%Y-%m-%d %H:%M:%f', {one}, '-{ahead.total_seconds():.3f} seconds')"
            for one in columns
        )
        desk.rows(f"UPDATE {table} SET {shifted} WHERE {key} = {post}")


def a_minute_goes_by(desk: Desk, post: int) -> None:
    """Everything that is on record of this post is a minute older, and the next look is due."""
    older = "strftime('%Y-%m-%d %H:%M:%f', started_at, '-61 seconds')"
    desk.rows(f"UPDATE ledger_attempt SET started_at = {older}")
    desk.rows(f"UPDATE ledger_delivery SET not_before = '2020-01-01 00:00:00' WHERE post_id = {post}")


def test_what_was_moved_forward_and_sent_after_the_backup_does_not_go_out_again(desk: Desk) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        join(desk, mastodon=network.base_url)
        post = approved(desk, "town", "Every council keeps a door open.", *LATER)
        kept = backup(desk)
        desk.well("queue", "edit", post, "--at", "now", "--by", AUTHOR)
        desk.well("queue", "approve", post, "--by", APPROVER)
        desk.well("once")
        assert (state(desk, post), len(texts(network))) == ("published", 1)

        said = desk.well("restore", kept).out
        desk.well("once")
        desk.well("resume", "--by", APPROVER)
        its_time_comes(desk, post)
        desk.well("once")

        assert len(texts(network)) == 1
        assert "1 planned for later will be looked for" in said
        assert state(desk, post) == "published"
        found = desk.rows(f"SELECT remote_id, url FROM ledger_part WHERE delivery_id = {post}")
        assert found == [(str(network.ledger[0]["id"]), f"{network.base_url}/@desk/{network.ledger[0]['id']}")]


def test_what_did_not_go_out_early_goes_out_once_at_its_own_time(desk: Desk) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        join(desk, mastodon=network.base_url)
        post = approved(desk, "town", "Every council keeps a door open.", *LATER)
        said = desk.well("restore", backup(desk)).out
        assert "1 planned for later will be looked for" in said
        desk.well("once")
        assert state(desk, post) == "unknown", "one look proves nothing"
        a_minute_goes_by(desk, post)
        desk.well("once")
        assert state(desk, post) == "planned"
        desk.well("resume", "--by", APPROVER)
        desk.well("once")
        assert texts(network) == [], "its time has not come"
        its_time_comes(desk, post)
        desk.well("once")
        assert len(texts(network)) == 1
        assert state(desk, post) == "published"
