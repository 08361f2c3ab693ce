"""The whole way, once, over real HTTP and with real processes: from feed and library to two networks and back."""

from __future__ import annotations

import signal
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from bfbot.domain.week import Week
from tests.cli.desk import APPROVER, AUTHOR, OURS, Desk, new_desk, until
from tests.cli.to_live import go_live, prepare
from tests.flow.world import MastodonMock, look_at, mastodon_mock
from tests.servers.feeds import FeedServer, entry, rss
from tests.simulators.server import HANG
from tests.simulators.x import XSimulator

pytestmark = pytest.mark.slow

BOTH = ("desk-mastodon", "desk-x")
RELEASE = "Family hubs open in every district"
ALT = "A card that asks: would this be good enough for my own child?"


def test_from_feed_and_library_to_two_networks_and_back(tmp_path: Path) -> None:
    desk, picture = new_desk(tmp_path / "desk"), tmp_path / "card.png"
    Image.new("RGB", (600, 400), "navy").save(picture)
    with FeedServer() as feed, XSimulator() as x, mastodon_mock() as mastodon:
        old = [entry("An old release"), entry("An older release")]
        feed.publish("/feed.xml", rss(old))
        look_at(desk, mastodon.url, x, feed)
        with desk.start() as running:
            the_first_reading_marks_everything_seen(desk)
            feed.publish("/feed.xml", rss([entry(RELEASE, published=datetime.now(UTC)), *old]))
            release = a_release_becomes_a_draft_that_waits_for_a_person(desk)
            prepare(desk, *BOTH)
            with_picture = write(desk, "Every child deserves a champion.", "--media", picture, "--alt", ALT, *OURS)
            approve(desk, with_picture)
            an_evergreen_post_is_planned_days_ahead_and_approved(desk)
            until(lambda: outcome(desk, with_picture) == dict.fromkeys(BOTH, "published"))
            approve(desk, release["id"])
            what_nobody_wrote_waits_until_two_people_let_the_accounts_go_live(desk, release["id"])
            everything_goes_out_once_on_both_networks(desk, mastodon, x, release["id"], with_picture)
            doubtful = a_post_that_the_network_has_and_bfbot_did_not_write_down(desk, x)
            running.stop(signal.SIGKILL)
        with desk.start() as running:
            until(lambda: outcome(desk, doubtful) == {"desk-x": "published"})
            assert published(x).count("Sent once, whatever happens.") == 1
            (link,) = [one["url"] for one in desk.post(doubtful)["deliveries"]]
            assert x.live[-1]["id"] in link
            the_figures_are_asked_for(desk, x, doubtful)
            running.stop()
        assert len(published(x)) == 3
        assert len(mastodon.statuses()) == 2
        assert all(one["whole"] for one in desk.json("audit"))


def the_first_reading_marks_everything_seen(desk: Desk) -> None:
    until(lambda: count(desk, "ledger_release") == 2)
    assert {one["state"] for one in desk.json("news", "list")} == {"seen"}
    assert desk.rows("SELECT id FROM ledger_post WHERE origin = 'release'") == []


def a_release_becomes_a_draft_that_waits_for_a_person(desk: Desk) -> dict[str, Any]:
    until(lambda: count(desk, "ledger_release") == 3)
    (release,) = [one for one in desk.json("news", "list") if one["title"] == RELEASE]
    assert release["state"] == "drafted"
    post: dict[str, Any] = desk.post(release["posts"][0])
    assert (post["origin"], post["state"], post["author"]) == ("release", "in_review", "feed:town-news")
    assert {one["state"] for one in post["deliveries"]} == {"planned"}
    return post


def an_evergreen_post_is_planned_days_ahead_and_approved(desk: Desk) -> None:
    until(lambda: count(desk, "ledger_post WHERE origin = 'library'"))
    planned = [one for one in desk.json("queue", "list") if one["origin"] == "library"][-1]
    assert planned["state"] == "in_review"
    assert datetime.fromisoformat(planned["scheduled_for"]).hour == 12
    assert planned["message"]
    approve(desk, planned["id"])
    assert desk.post(planned["id"])["state"] == "approved"


def what_nobody_wrote_waits_until_two_people_let_the_accounts_go_live(desk: Desk, release: int) -> None:
    why = f"SELECT state FROM ledger_delivery WHERE post_id = {release}"
    until(lambda: desk.rows(f"{why} AND error LIKE '%is muted%'") == [("due",)] * 2)
    for account in BOTH:
        go_live(desk, account)
    missed = dict(desk.rows(f"SELECT account, reason FROM ledger_delivery WHERE post_id = {release}"))
    assert missed == dict.fromkeys(BOTH, "muted"), "nothing comes in a burst"
    desk.well("queue", "retry", release, "--by", AUTHOR)


def everything_goes_out_once_on_both_networks(
    desk: Desk, mastodon: MastodonMock, x: XSimulator, release: int, with_picture: int
) -> None:
    both = dict.fromkeys(BOTH, "published")
    until(lambda: outcome(desk, release) == both)
    until(lambda: outcome(desk, with_picture) == both)
    statuses = mastodon.statuses()
    assert sum(RELEASE in one["content"] for one in statuses) == 1
    (shown,) = [one for one in statuses if "champion" in one["content"]]
    assert [one["description"] for one in shown["media_attachments"]] == [ALT]
    (news,) = [one for one in published(x) if RELEASE in one]
    assert "https://news.example/" in news
    assert news.endswith("#GettingTheBest")
    (posted,) = [one for one in x.live if "champion" in one["wrote"]]
    assert [one["alt"] for one in posted["media"]] == [ALT]
    links = {one["url"] for one in desk.post(with_picture)["deliveries"]}
    assert shown["url"] in links


def a_post_that_the_network_has_and_bfbot_did_not_write_down(desk: Desk, x: XSimulator) -> int:
    """bfbot waits for an answer that does not come: the moment at which other tools post again."""
    x.lose(HANG, "/2/tweets")
    post = write(desk, "Sent once, whatever happens.", accounts=("desk-x",))
    approve(desk, post)
    until(lambda: "Sent once, whatever happens." in published(x))
    assert outcome(desk, post) == {"desk-x": "sending"}
    return post


def the_figures_are_asked_for(desk: Desk, x: XSimulator, post: int) -> None:
    x.metrics[x.live[-1]["id"]] = {"impression": 250, "like": 7}
    assert desk.well("measure", post, "--json").json == {"posts": 1, "failed": {}}
    rows = desk.rows("SELECT occasion, impressions, reactions FROM ledger_snapshot WHERE impressions = 250")
    assert rows == [("asked", 250, 7)]
    week = Week.of(datetime.now(UTC))
    report = desk.well("report", "weekly", "--week", week, "--format", "json").json
    channels = {one["account"]: one for one in report["channels"]}
    assert (channels["desk-x"]["posts"], channels["desk-mastodon"]["posts"]) == (3, 2)
    assert channels["desk-x"]["impressions"] is None, "the week is not over: what it brought is unknown, not 0"


def write(desk: Desk, text: str, *more: object, accounts: tuple[str, ...] = BOTH) -> int:
    where = [word for one in accounts for word in ("--account", one)]
    words = ("--campaign", "bright-futures", *where, "--text", text, "--author", AUTHOR, *more, "--json")
    return int(desk.well("queue", "add", *words).json["id"])


def approve(desk: Desk, post: int) -> None:
    desk.well("queue", "approve", post, "--by", APPROVER, "--confirm", "Checked with the policy team.")


def outcome(desk: Desk, post: int) -> dict[str, str]:
    """The state of each of its deliveries; read past bfbot."""
    return dict(desk.rows(f"SELECT account, state FROM ledger_delivery WHERE post_id = {post}"))


def count(desk: Desk, rows: str) -> int:
    return int(desk.rows(f"SELECT count(*) FROM {rows}")[0][0])


def published(x: XSimulator) -> list[str]:
    """Every text that X ever took."""
    with x.lock:
        return [one["wrote"] for one in x.ledger]
