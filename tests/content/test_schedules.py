"""The shipped week: the practice channel alone, several posting times a day, quiet nights, goals for years."""

from __future__ import annotations

from datetime import date, time

import pytest

from tests.content.shipped import KINDS, SEVEN, listed


def test_two_campaigns_with_their_owners() -> None:
    campaigns = {one["id"]: one for one in listed("schedules", "campaigns")}
    assert {one["owner"] for one in campaigns.values()} == {"LGA", "CCN"}
    bright = campaigns["bright-futures"]
    assert [one["id"] for one in bright["pillars"]] == list(SEVEN)
    assert (bright["hashtag"], bright["link"]) == ("GettingTheBest", "https://www.local.gov.uk/bright-futures")


@pytest.mark.parametrize("day", [date(2026, 11, 21), date(2027, 8, 31), date(2029, 6, 1)])
def test_goals_on_any_day(day: date) -> None:
    for campaign in listed("schedules", "campaigns"):
        assert [one for one in campaign["goals"] if one["from"] <= day <= one["until"] and one["target"] > 0]


def test_only_the_practice_channel() -> None:
    accounts = {one["id"]: one for one in listed("schedules", "accounts")}
    assert set(accounts) == {"practice-lga", "practice-ccn"}
    assert {one["platform"] for one in accounts.values()} == {"rehearsal"}
    assert not listed("schedules", "feeds")


def test_posting_times_go_to_the_campaigns_own_account_by_day() -> None:
    own = {"bright-futures": ["practice-lga"], "county-children": ["practice-ccn"]}
    slots = listed("schedules", "slots")
    for slot in slots:
        assert slot["accounts"] == own[slot["campaign"]]
        assert set(slot["kinds"]) <= set(KINDS)
        assert len(slot["kinds"]) > 1
        assert time(7) <= time.fromisoformat(slot["at"]) <= time(21)
    weekday = [one for one in slots if one["campaign"] == "bright-futures" and one["days"] == "mon-fri"]
    assert len(weekday) >= 3
    assert {kind for one in slots for kind in one["kinds"]} == set(KINDS)


def test_nights_are_quiet() -> None:
    (nights,) = listed("schedules", "quiet_times")
    assert (nights["from"], nights["until"]) == ("21:00", "07:00")
    assert set(nights["campaigns"]) == {"bright-futures", "county-children"}
