"""A backup put back: nothing twice, nothing by itself."""

from __future__ import annotations

import pytest

from tests.cli.desk import APPROVER, Desk, until
from tests.engine.networks import approved, join, state, texts
from tests.operations.archive import backup
from tests.servers.feeds import FeedServer, entry, rss
from tests.simulators.mastodon import MastodonSimulator
from tests.simulators.x import XSimulator

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("network", ["mastodon that ignores keys", "x without keys"])
def test_what_went_out_after_the_backup_does_not_go_out_again(desk: Desk, network: str) -> None:
    with MastodonSimulator(honours_keys=False) as mastodon, XSimulator() as x:
        join(desk, mastodon=mastodon.base_url, x=x.base_url)
        account, there = ("town", mastodon) if "mastodon" in network else ("town-x", x)
        post = approved(desk, account, "Every council keeps a door open.")
        kept = backup(desk)
        desk.well("once")
        assert len(texts(there)) == 1
        assert state(desk, post) == "published"
        said = desk.well("restore", kept).out
        assert "1 will be looked for on the network" in said
        assert state(desk, post) == "unknown"
        with desk.start("worker"):
            until(lambda: state(desk, post) == "published")
            desk.well("resume", "--by", APPROVER)
        assert len(texts(there)) == 1
        ((remote_id,),) = desk.rows(f"SELECT remote_id FROM ledger_part WHERE delivery_id = {post}")
        assert remote_id in {str(one["id"]) for one in there.ledger}


def test_what_had_not_gone_out_waits_for_a_person(desk: Desk) -> None:
    post = approved(desk, "practice-lga", "Not out when the lights went out.")
    later = approved(desk, "practice-lga", "For another day.", "--at", "2030-01-07T09:00")
    kept = backup(desk)
    desk.well("restore", kept)
    (hold,) = desk.json("holds")
    assert "Restored from the backup" in hold["reason"]
    assert state(desk, later) == "planned"
    with desk.start("worker"):
        # The read-back proves nothing before a minute has passed: requests may still be on their way.
        until(lambda: desk.rows("SELECT 1 FROM ledger_attempt WHERE action = 'find'"))
        assert state(desk, post) == "unknown"
        desk.rows("UPDATE ledger_attempt SET started_at = '2020-01-01 00:00:00'")
        desk.rows(f"UPDATE ledger_delivery SET not_before = '2020-01-01 00:00:00' WHERE post_id = {post}")
        until(lambda: state(desk, post) == "due")
        desk.well("resume", "--by", APPROVER)
        assert state(desk, post) == "missed"
    assert desk.rows("SELECT 1 FROM ledger_practicepost") == []


def test_a_thread_waits_for_a_person_because_its_parts_prove_nothing_of_each_other(desk: Desk) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        join(desk, mastodon=network.base_url)
        post = approved(desk, "town", "First the door.\n\n---\n\nThen the room behind it.")
        kept = backup(desk)
        desk.well("once")
        assert len(texts(network)) == 2
        assert "1 wait for you to look" in desk.well("restore", kept).out
        desk.well("once")
        assert state(desk, post) == "unknown"
        settle = ("queue", "settle", post, "--account", "town", "--by", APPROVER)
        for part, entry in enumerate(network.ledger, 1):
            assert state(desk, post) == "unknown", "each part is asked for"
            desk.well(*settle, "--part", part, "--live", f"{network.base_url}/@desk/{entry['id']}")
        assert state(desk, post) == "published"
        desk.well("resume", "--by", APPROVER)
        desk.well("once")
        assert len(texts(network)) == 2


def test_a_cancellation_that_the_backup_does_not_know_is_not_undone_by_itself(desk: Desk) -> None:
    post = approved(desk, "practice-lga", "Cancelled after the backup.", "--at", "2030-01-07T09:00")
    kept = backup(desk)
    desk.well("queue", "withdraw", post, "--by", APPROVER)
    desk.well("restore", kept)
    assert state(desk, post) == "planned"
    assert desk.json("holds"), "everything is paused until somebody has looked"
    assert desk.json("audit")[0]["action"] == "restored"
    assert all(one["whole"] for one in desk.json("audit"))


def test_feeds_begin_anew_and_nobody_is_signed_in(desk: Desk) -> None:
    desk.rows(
        "INSERT INTO ledger_feedstate (feed, etag, last_modified, body_digest, final_url, primed_at, failures, "
        "last_error, disabled_reason) VALUES ('lga', 'tag', '', 'd', '', '2026-01-01 00:00:00', 0, '', '')"
    )
    desk.rows("INSERT INTO django_session VALUES ('key', 'data', '2030-01-01 00:00:00')")
    desk.well("restore", backup(desk))
    assert desk.rows("SELECT primed_at, etag FROM ledger_feedstate WHERE feed = 'lga'") == [(None, "")]
    assert desk.rows("SELECT * FROM django_session") == []


def test_a_feed_that_moved_on_since_the_backup_does_not_flood(desk: Desk) -> None:
    with FeedServer() as server:
        feed = f"""feeds:
  - {{id: town-news, url: '{server.url("/feed.xml")}', campaigns: [bright-futures], accounts: [practice-lga],
     every: 5 min, template: release, publish: draft, window: 24 h, max_age: 3 days}}
"""
        desk.write("schedules/feeds.yaml", feed)
        desk.settings["BFBOT_PRIVATE_HOSTS"] = server.host
        server.publish("/feed.xml", rss([entry("An old release")]))
        desk.well("news", "poll")
        kept = backup(desk)
        news = [entry(f"Release number {number}") for number in range(4)]
        server.publish("/feed.xml", rss(news))
        desk.well("news", "poll")
        posts = "SELECT count(*) FROM ledger_post WHERE origin = 'release'"
        assert desk.rows(posts) == [(4,)]
        desk.well("restore", kept)
        desk.well("news", "poll")
        assert desk.rows(posts) == [(0,)], "they were posted or decided about before"
        desk.well("resume", "--by", APPROVER)
        server.publish("/feed.xml", rss([entry("Later than all of it"), *news]))
        desk.well("news", "poll")
        assert desk.rows(posts) == [(1,)]
