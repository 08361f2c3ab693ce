"""The weekly report's numbers, worked out by hand from figures that the networks were told to give.

Last week is W, the one before it V. One post went out in V, two in W.

    figures as at a close      close of V            close of W
    X  early (V, on both)      400 seen, 10 likes    1,000 seen, 16 likes, 4 replies
    X  first (W, on both)                            2,000 seen, 30 likes, 5 replies, 15 reposts
    X  second (W, X alone)                           500 seen
    M  early                   3 favourites          5 favourites, 1 boost
    M  first                                         8 favourites, 2 boosts, 2 replies
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bfbot.domain.week import Week
from tests.cli.desk import Desk, new_desk
from tests.flow.world import SETTINGS, look_at
from tests.simulators.mastodon import TOKEN, MastodonSimulator
from tests.simulators.x import XSimulator

pytestmark = pytest.mark.slow

W = Week.of(datetime.now(UTC)).back(1)
V = W.back(1)
ON_X = 600 + 2000 + 500
"""Impressions that W brought on X: 1,000 - 400 of the early post, and all of the two new ones."""
INTERACTIONS_ON_X = (16 + 4 - 10) + (30 + 5 + 15) + 0
INTERACTIONS_ON_MASTODON = (5 + 1 - 3) + (8 + 2 + 2)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workspace behind which both weeks lie."""
    desk = new_desk(tmp_path_factory.mktemp("report") / "desk")
    with MastodonSimulator() as mastodon, XSimulator() as x:
        look_at(desk, mastodon.base_url, x)
        desk.settings |= SETTINGS | {"DESK_MASTODON_TOKEN": TOKEN}
        both = ("desk-mastodon", "desk-x")

        at(desk, V.opens + timedelta(days=2, hours=10), "publish", "An early word on family help.", *both)
        early_x, early_m = x.live[0]["id"], mastodon.live[0]["id"]
        x.metrics[early_x] = {"impression": 400, "like": 10}
        mastodon.metrics[early_m] = {"favourites": 3}
        at(desk, V.closes, "measure")

        at(desk, W.opens + timedelta(days=1, hours=9), "publish", "A first word on foster homes.", *both)
        at(desk, W.opens + timedelta(days=3, hours=9), "publish", "A second word on youth clubs.", "desk-x")
        x.metrics[early_x] = {"impression": 1000, "like": 16, "reply": 4}
        x.metrics[x.live[1]["id"]] = {"impression": 2000, "like": 30, "reply": 5, "repost": 15}
        x.metrics[x.live[2]["id"]] = {"impression": 500}
        mastodon.metrics[early_m] = {"favourites": 5, "reblogs": 1}
        mastodon.metrics[mastodon.live[1]["id"]] = {"favourites": 8, "reblogs": 2, "replies": 2}
        at(desk, W.closes, "measure")
        assert (len(x.ledger), len(mastodon.ledger)) == (3, 2)
    return desk


def at(desk: Desk, moment: datetime, what: str, *more: str) -> None:
    script = Path(__file__).with_name("past.py")
    done = subprocess.run(
        [sys.executable, str(script), what, moment.isoformat(), *more],
        env=desk.environment({}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def report(desk: Desk) -> Any:
    return desk.well("report", "weekly", "--week", W, "--format", "json").json


def test_it_says_of_which_week_and_when_it_was_measured(report: Any) -> None:
    assert report["campaign"] == "bright-futures"
    assert report["week"] == str(W)
    assert report["timezone"] == "Europe/London"
    assert datetime.fromisoformat(report["from"]) == W.opens
    assert datetime.fromisoformat(report["to"]) == W.closes
    assert datetime.fromisoformat(report["snapshot_at"]) == W.closes
    assert report["sample"] is False
    assert report["press"] is None


def test_each_channel_has_its_weeks_gain(report: Any) -> None:
    channels = {one["account"]: one for one in report["channels"]}
    x, mastodon = channels["desk-x"], channels["desk-mastodon"]
    assert (x["platform"], x["posts"], x["impressions"], x["engagements"]) == ("x", 2, ON_X, INTERACTIONS_ON_X)
    assert x["engagement_rate"] == round(60 / 3100, 4) == round(INTERACTIONS_ON_X / ON_X, 4)
    assert (x["clicks"], x["reach"], x["reach_window"]) == (None, None, None)
    assert (mastodon["posts"], mastodon["engagements"]) == (1, INTERACTIONS_ON_MASTODON)
    assert INTERACTIONS_ON_MASTODON == 15
    # Mastodon counts no impressions: unknown, and so is the rate.
    assert (mastodon["impressions"], mastodon["engagement_rate"]) == (None, None)
    assert report["accounts_complete"] == {"known": 2, "of": 2}


def test_the_week_is_set_beside_the_one_before(report: Any) -> None:
    measures = {one["measure"]: one for one in report["measures"]}
    assert (measures["posts"]["week"], measures["posts"]["last_week"]) == (3, 2)
    assert (measures["impressions"]["week"], measures["impressions"]["last_week"]) == (ON_X, 400)
    assert (measures["engagements"]["week"], measures["engagements"]["last_week"]) == (60 + 15, 10 + 3)


def test_csv_and_html_say_the_same(desk: Desk, tmp_path: Path) -> None:
    text = desk.well("report", "weekly", "--week", W, "--format", "csv").out
    cells = {cell.replace(",", "") for row in csv.reader(io.StringIO(text)) for cell in row}
    assert {str(ON_X), str(INTERACTIONS_ON_X), str(INTERACTIONS_ON_MASTODON)} <= cells
    out = tmp_path / "report.html"
    done = desk.well("report", "weekly", "--week", W, "--format", "html", "--out", out)
    assert done.out == ""
    page = out.read_text()
    assert f"{ON_X:,}" in page
    assert "data:image/svg+xml;base64," in page
    assert "SAMPLE" not in page
