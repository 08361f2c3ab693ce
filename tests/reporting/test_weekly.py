"""The report from the ledger: drafted once on Monday morning, commented, exported."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.config import config
from bfbot.domain.hold import Scope
from bfbot.domain.person import Role
from bfbot.domain.snapshot import PostFigures
from bfbot.domain.states import SOUGHT, DeliveryState, PostState
from bfbot.domain.week import Week
from bfbot.errors import NotAllowed, UsageError
from bfbot.ledger import audit, holds, models, people, reports
from bfbot.measuring.measure import measure_due
from bfbot.reporting import drawing
from bfbot.reporting.weekly import chart_names, chart_svg, comment, draft_due, export, weekly_report
from tests.measuring.desk import CAMPAIGN, MONDAY, PRACTICE_ONLY, REVISION, Network, answering, publish

pytestmark = pytest.mark.django_db
WEEK = Week(2026, 47)
SEVEN = WEEK.closes + timedelta(hours=7)


@pytest.fixture
def measured() -> list[models.Delivery]:
    """Three posts on the practice channel, with their figures at the week's close."""
    posts = [publish("practice", MONDAY + timedelta(days=day, hours=9), text=f"Post {day}") for day in range(3)]
    figures = {f"{one.pk}-0": PostFigures(impressions=100 * (1 + at), reactions=5) for at, one in enumerate(posts)}
    network = Network(figures)
    for day in (3, 4, 5):
        measure_due(MONDAY + timedelta(days=day, hours=9), revision=PRACTICE_ONLY, connect=answering(network))
    measure_due(WEEK.closes, revision=PRACTICE_ONLY, connect=answering(network))
    return posts


def test_the_report_is_gathered_from_the_ledger(measured: list[models.Delivery]) -> None:
    missed = publish("practice", MONDAY + timedelta(days=4), state=DeliveryState.MISSED)
    models.Delivery.objects.filter(pk=missed.pk).update(reason="not_approved")
    publish("practice", WEEK.closes + timedelta(days=1), state=DeliveryState.PLANNED)
    hold = holds.add(Scope.EVERYTHING, "", "Mourning", "Duty approver", MONDAY + timedelta(days=2))
    holds.lift(hold.id, "Duty approver", MONDAY + timedelta(days=3))
    report = weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=PRACTICE_ONLY)
    (row,) = report.channels
    assert report.sample
    assert (row.channel.label, row.posts, row.impressions.value, row.followers) == (
        "Practice channel",
        3,
        600,
        120,
    )
    assert [one.outcome for one in report.unsent] == ["not_approved"]
    assert [(one.reason, one.ended_at) for one in report.pauses] == [("Mourning", MONDAY + timedelta(days=3))]
    assert [one.approved for one in report.ahead] == [0, 1, 0, 0, 0, 0, 0]
    assert [one.sent.text for one in report.ranking.best] == ["Post 0", "Post 1", "Post 2"]
    assert report.goals[0].reached.value == 600


def test_a_draft_is_not_planned_and_nobody_is_told_to_approve_it() -> None:
    waits, drafted = (
        publish("practice", WEEK.closes + timedelta(days=day), state=DeliveryState.PLANNED) for day in (1, 2)
    )
    models.Post.objects.filter(pk=waits.post_id).update(state=PostState.IN_REVIEW)
    models.Post.objects.filter(pk=drafted.post_id).update(state=PostState.DRAFT)
    report = weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=PRACTICE_ONLY)
    assert [one.waiting for one in report.ahead] == [0, 1, 0, 0, 0, 0, 0]


def test_what_a_restore_put_in_doubt_is_not_called_unsent_before_its_time() -> None:
    sought = publish("practice", MONDAY + timedelta(days=5), state=DeliveryState.UNKNOWN)
    models.Delivery.objects.filter(pk=sought.pk).update(reason=SOUGHT)
    for day, told in ((3, []), (6, ["unknown"])):
        report = weekly_report(CAMPAIGN.id, WEEK, MONDAY + timedelta(days=day), revision=PRACTICE_ONLY)
        assert [one.outcome for one in report.unsent] == told


def test_practice_and_real_channels_are_kept_apart(measured: list[models.Delivery]) -> None:
    publish("lga-mastodon", MONDAY + timedelta(hours=9), platform="mastodon")
    report = weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=REVISION)
    assert [one.channel.account for one in report.channels] == ["lga-mastodon"]
    assert report.left_out == ("Practice channel",)
    assert not report.sample
    assert report.channels[0].complete is False


def test_two_accounts_of_one_name_are_told_apart_and_a_removed_one_stays(
    measured: list[models.Delivery],
) -> None:
    other = replace(PRACTICE_ONLY.accounts["practice"], id="other")
    revision = replace(PRACTICE_ONLY, accounts={**PRACTICE_ONLY.accounts, "other": other})
    publish("removed", MONDAY + timedelta(hours=9))
    report = weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=revision)
    assert sorted(one.channel.label for one in report.channels) == [
        "Practice channel (other)",
        "Practice channel (practice)",
        "Practice channel (removed)",
    ]


def test_the_draft_is_made_once_on_monday_at_seven(measured: list[models.Delivery]) -> None:
    assert draft_due(SEVEN - timedelta(seconds=1), revision=PRACTICE_ONLY) == []
    assert draft_due(SEVEN, revision=PRACTICE_ONLY) == [CAMPAIGN.id]
    assert draft_due(SEVEN + timedelta(hours=1), revision=PRACTICE_ONLY) == []
    (stored,) = reports.listing()
    assert (stored.week, stored.sample, stored.made_at) == ("2026-W47", True, SEVEN)
    assert stored.numbers["channels"][0]["impressions"] == 600


def test_a_campaign_that_begins_this_week_is_not_gathered_each_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    publish("practice", WEEK.closes + timedelta(days=2))
    monkeypatch.setattr("bfbot.reporting.weekly.gather", None)
    assert draft_due(WEEK.closes + timedelta(days=3), revision=PRACTICE_ONLY) == []


def test_a_machine_that_was_off_on_monday_makes_it_when_it_wakes(measured: list[models.Delivery]) -> None:
    assert draft_due(SEVEN + timedelta(days=3), revision=PRACTICE_ONLY) == [CAMPAIGN.id]


@pytest.mark.parametrize(("scope", "of"), [(Scope.EVERYTHING, ""), (Scope.CAMPAIGN, CAMPAIGN.id)])
def test_a_pause_stops_the_drafts_and_none_is_lost(measured: list[models.Delivery], scope: Scope, of: str) -> None:
    hold = holds.add(scope, of, "Mourning", "Author", SEVEN - timedelta(hours=1))
    week_later = SEVEN + timedelta(days=7)
    assert draft_due(SEVEN, revision=PRACTICE_ONLY) == []
    assert draft_due(week_later, revision=PRACTICE_ONLY) == []
    holds.lift(hold.id, "Approver", week_later)
    assert set(draft_due(week_later + timedelta(hours=1), revision=PRACTICE_ONLY)) == {CAMPAIGN.id}
    assert [one.week for one in reports.listing()] == ["2026-W48", "2026-W47"]
    assert draft_due(week_later + timedelta(hours=2), revision=PRACTICE_ONLY) == []


def test_a_pause_of_another_campaign_or_account_stops_no_draft(measured: list[models.Delivery]) -> None:
    holds.add(Scope.CAMPAIGN, "another", "Mourning", "Author", SEVEN - timedelta(hours=1))
    holds.add(Scope.ACCOUNT, "practice", "Mourning", "Author", SEVEN - timedelta(hours=1))
    assert draft_due(SEVEN, revision=PRACTICE_ONLY) == [CAMPAIGN.id]


def test_seven_is_seven_on_the_campaigns_clock(measured: list[models.Delivery]) -> None:
    there = replace(PRACTICE_ONLY, campaigns={CAMPAIGN.id: replace(CAMPAIGN, zone="America/New_York")})
    noon = datetime(2026, 11, 23, 12, tzinfo=UTC)  # 07:00 in New York
    assert draft_due(noon - timedelta(seconds=1), revision=there) == []
    assert draft_due(noon, revision=there) == [CAMPAIGN.id]


def test_a_campaign_that_had_nothing_to_send_gets_no_draft() -> None:
    assert draft_due(SEVEN, revision=PRACTICE_ONLY) == []
    assert reports.listing() == []


def test_the_owners_comment_is_signed_and_recorded(measured: list[models.Delivery]) -> None:
    people.add("Head of communications", Role.APPROVER, MONDAY)
    people.add("Reader", Role.VIEWER, MONDAY)
    with pytest.raises(NotAllowed):
        comment(CAMPAIGN.id, WEEK, "Fine.", actor="Reader", now=SEVEN, revision=PRACTICE_ONLY)
    comment(CAMPAIGN.id, WEEK, " A good week. ", actor="Head of communications", now=SEVEN, revision=PRACTICE_ONLY)
    report = weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=PRACTICE_ONLY)
    assert (report.comment, report.commented_by) == ("A good week.", "Head of communications")
    (entry,) = audit.entries(action="report commented")
    assert entry.subject == f"report:{CAMPAIGN.id}:2026-W47"


def test_every_format_is_stamped_and_says_the_same(
    measured: list[models.Delivery], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def in_child(specs: list[str]) -> list[str]:
        drawn.append(len(specs))
        return ["<svg xmlns='http://www.w3.org/2000/svg'></svg>"] * len(specs)

    monkeypatch.setattr(drawing, "_in_child", in_child)
    monkeypatch.setattr(drawing, "config", lambda: replace(config(), home=tmp_path))
    report = weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=PRACTICE_ONLY)
    data = json.loads(export(report, "json"))
    rows = list(csv.DictReader(io.StringIO(export(report, "csv").decode("utf-8-sig"))))
    html = export(report, "html").decode()
    assert data["sample"] is True
    assert data["channels"][0]["impressions"] == 600
    assert {row["sample"] for row in rows} == {"SAMPLE"}
    assert [row["value"] for row in rows if (row["section"], row["measure"]) == ("channels", "impressions")] == [
        "600"
    ]
    assert "SAMPLE" in html
    assert html.count("data:image/svg+xml") == 3
    assert chart_names(report) == ("views", "themes", "pace")
    assert "<title>Views by channel over eight weeks</title>" in chart_svg(report, "views")
    assert len(drawn) == 1
    with pytest.raises(UsageError, match="no chart"):
        chart_svg(report, "../../secret-key")
    with pytest.raises(UsageError, match="no format"):
        export(report, "docx")


def test_a_report_whose_charts_cannot_be_drawn_still_goes_out(
    measured: list[models.Delivery], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drawing.sys, "executable", "/nowhere/python")
    monkeypatch.setattr(drawing, "_kept", lambda path: "")
    html = export(weekly_report(CAMPAIGN.id, WEEK, SEVEN, revision=PRACTICE_ONLY), "html").decode()
    assert html.count("The picture could not be drawn") == 3
    assert "600" in html


def test_an_unknown_campaign_is_named() -> None:
    with pytest.raises(UsageError, match="no campaign “nowhere”"):
        weekly_report("nowhere", WEEK, SEVEN, revision=REVISION)
