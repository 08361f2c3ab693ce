"""The worked example: every figure here was added up by hand from the table of worked_example.py."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from html import unescape

import pytest

from bfbot.reporting.html import html_fragment
from bfbot.reporting.json_shape import shape
from bfbot.reporting.report import WeeklyReport, build
from bfbot.reporting.spreadsheet import to_csv
from tests.reporting.worked_example import FORMULA, MATERIAL


@pytest.fixture(scope="module")
def report() -> WeeklyReport:
    return build(MATERIAL)


def test_x_adds_what_is_known_and_says_of_how_many(report: WeeklyReport) -> None:
    x = report.channels[0]
    # 1, 2, 3 and 4 went out in the week; 5, 6 and 7 are older, but young enough to be measured: 7 posts.
    assert x.posts == 4
    # 1000 + 2000 + 500 + (3200 - 3000) + (1150 - 1200); 4 was not read, 7 has no start: 5 of 7.
    assert (x.impressions.value, x.impressions.known, x.impressions.of) == (3650, 5, 7)
    assert x.impressions.restated == -50
    # 40 + 50 + 30 + (95 - 90) + (24 - 24)
    assert (x.engagements.value, x.engagements.known) == (125, 5)
    # 12 + 20 + 5 + (31 - 30) + 0
    assert (x.clicks.value, x.clicks.known) == (38, 5)
    # 125 / 3650, never the average of five rates
    assert (x.rate.value, x.rate.known, x.rate.of) == (0.0342, 5, 7)
    assert (x.reach.figure, x.reach.window) == (2900, "7 days to 22 November")
    assert not x.complete


def test_mastodon_publishes_no_views_and_no_clicks(report: WeeklyReport) -> None:
    mastodon = report.channels[1]
    assert mastodon.posts == 2
    assert mastodon.impressions.value is None
    assert mastodon.clicks.value is None
    assert mastodon.rate.value is None
    # 14 + 6 + (22 - 20)
    assert (mastodon.engagements.value, mastodon.engagements.known, mastodon.engagements.of) == (22, 3, 3)
    assert mastodon.complete


def test_the_week_against_the_week_before(report: WeeklyReport) -> None:
    posts, views, interactions = (report.measure(name) for name in ("posts", "impressions", "engagements"))
    # 4 + 2 posts against 5, 6 and 10 of the week before; under 5 posts then, so no percentage.
    assert (posts.now.value, posts.change, posts.percent, posts.new) == (6, 3, None, False)
    # The week before: 3000 + 1200, and 7 is not known. Two incomplete figures are not compared.
    assert views.before is not None
    assert (views.before.value, views.before.known, views.before.of, views.change) == (4200, 2, 3, None)
    # 125 + 22 over 5 of 7 and 3 of 3
    assert (interactions.now.value, interactions.now.known, interactions.now.of) == (147, 8, 10)
    # W46: 3 posts, W45: 1 post, nothing before that: the median of 3 and 1
    assert (posts.median, posts.median_of) == (2, 2)


def test_the_goal_and_its_pace(report: WeeklyReport) -> None:
    (goal,) = report.goals
    # 1000 + 2000 + 500 + 3200 + 1150 + 5100: the last figures known, of 6 of X's 7 posts
    assert (goal.reached.value, goal.reached.known, goal.reached.of) == (12_950, 6, 7)
    assert goal.share == 0.0518
    # 30 + 31 + 22 of 365 days
    assert goal.expected_share == round(83 / 365, 4)
    assert goal.expected == 56_849.3


def test_themes(report: WeeklyReport) -> None:
    outcomes, support, health, none = report.themes
    # Five posts: 1 (on two channels), 2, 3, 4 and 5.
    assert [one.posts for one in report.themes] == [2, 2, 0, 1]
    assert (outcomes.posts_share, none.posts_share, none.id) == (0.4, 0.2, None)
    # 3000 of 3500 views; 40 + 50 + 14 of 140 interactions
    assert (outcomes.impressions_share, outcomes.engagements_share) == (0.8571, 0.7429)
    assert (support.impressions.value, support.engagements.value) == (500, 36)
    assert health.posts == 0
    assert none.impressions.value is None
    assert none.impressions_share is None


def test_ranking_at_equal_age(report: WeeklyReport) -> None:
    ranking = report.ranking
    # 24 / 400, 32 / 800, 30 / 1500
    assert [(one.sent.id, one.rate) for one in ranking.best] == [(3, 0.06), (1, 0.04), (2, 0.02)]
    assert ranking.weakest == ()
    assert (ranking.ranked, ranking.of, ranking.young, ranking.no_views) == (3, 6, 1, 2)


def test_json_has_the_shape_that_scripts_rely_on(report: WeeklyReport) -> None:
    data = shape(report)
    assert list(data)[:10] == [
        "campaign", "week", "from", "to", "timezone", "snapshot_at", "sample", "channels", "pillars", "top",
    ]  # fmt: skip
    assert data["press"] is None
    assert data["from"] == "2026-11-16T00:00:00+00:00"
    assert data["snapshot_at"] == "2026-11-23T00:04:00+00:00"
    assert list(data["channels"][0])[:9] == [
        "account", "platform", "posts", "impressions", "reach", "reach_window", "engagements",
        "engagement_rate", "clicks",
    ]  # fmt: skip
    assert data["channels"][1]["impressions"] is None
    assert data["channels"][1]["reach"] is None


def test_the_same_numbers_in_csv_json_and_html(report: WeeklyReport) -> None:
    data = shape(report)
    rows = list(csv.DictReader(io.StringIO(to_csv(report))))
    cells = {(row["section"], row["item"], row["measure"]): row["value"] for row in rows}
    text = unescape(re.sub(r"<[^>]+>", " ", html_fragment(report)))
    for channel in data["channels"]:
        for name in ("posts", "impressions", "engagements", "clicks", "engagement_rate"):
            said = channel[name]
            assert cells["channels", channel["account"], name] == ("" if said is None else str(said))
    for said in ("3,650 (5 of 7)", "147 (8 of 10)", "38 (5 of 7)", "3.42% (5 of 7)", "12,950 (6 of 7)", "6.00%"):
        assert said in text, said
    assert cells["goals", "impressions 2026-09-01 to 2027-08-31", "reached"] == "12950"
    assert data["goals"][0]["reached"] == 12_950


def test_page_one_speaks_the_teams_words(report: WeeklyReport) -> None:
    text = " ".join(unescape(re.sub(r"<[^>]+>", " ", html_fragment(report))).split())
    for said in (
        "6 posts went out, 3 more than the week before.",
        "Give 2 unsent posts a new time, or cancel.",
        "X: 2,900 people (7 days to 22 November). Mastodon: not available for this week.",
        "Channels cannot be added.",
        "1 not sent: too late; 1 not sent: not approved in time.",
        "by Duty approver: National mourning",
        "3 posts planned (Tue 2, Thu 1). 1 still to approve.",
        "We answer it on Tuesday. Head of communications, for LGA",
        "Restated: X now gives 50 fewer views",
        "Accounts complete: 1 of 2.",
    ):
        assert said in text, said
    for never in ("snapshot", "pillar", "delivery", "ledger", "rehearsal", "None"):
        assert never not in text.lower() if never != "None" else never not in text


def test_texts_run_nowhere(report: WeeklyReport) -> None:
    html = html_fragment(report)
    assert "<script" not in html
    assert " style=" not in html
    assert "&lt;script&gt;" in html
    cells = [cell for row in csv.reader(io.StringIO(to_csv(report))) for cell in row]
    assert f"'{FORMULA}" in cells
    assert not [cell for cell in cells if cell[:1] in "=+@" and cell]


@pytest.mark.parametrize("kind", ["html", "csv", "json"])
def test_practice_figures_are_stamped_in_every_format(kind: str) -> None:
    channels = [replace(one, practice=True) for one in MATERIAL.channels]
    sent = [
        replace(one, snapshots=tuple(replace(taken, practice=True) for taken in one.snapshots))
        for one in MATERIAL.sent
    ]
    report = build(replace(MATERIAL, channels=channels, sent=sent))
    if kind == "html":
        assert "SAMPLE" in html_fragment(report)
    elif kind == "csv":
        assert {row["sample"] for row in csv.DictReader(io.StringIO(to_csv(report)))} == {"SAMPLE"}
    else:
        assert shape(report)["sample"] is True
    assert report.measure("impressions").now.value == 3650


def test_practice_is_left_out_beside_real_channels() -> None:
    x, mastodon = MATERIAL.channels
    report = build(replace(MATERIAL, channels=[replace(x, practice=True), mastodon]))
    assert [one.channel.account for one in report.channels] == ["lga-mastodon"]
    assert report.left_out == ("X",)
    assert not report.sample
    assert report.measure("posts").now.value == 2
    assert report.measure("impressions").now.value is None
    assert "X is practice and is not part of this report." in html_fragment(report)
