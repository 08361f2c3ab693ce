"""Windows, dates of evergreen posts, and holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.finding import Level, Moment
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.post import Origin
from bfbot.domain.sending import RESTORE
from tests.rules.cases import case, delivery, found, hold, message, said, send_case
from tests.rules.team_files import LGA, NOW

DUE, CLOSES = NOW + timedelta(hours=2), NOW + timedelta(hours=4)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("now", "words"),
    [(DUE - TICK, "too early"), (DUE, ""), (CLOSES - TICK, ""), (CLOSES, "too late"), (CLOSES + TICK, "too late")],
)
def test_the_window_is_half_open_at_send(now: datetime, words: str) -> None:
    findings = found("window", send_case(now=now))
    assert [one.level for one in findings] == ([Level.HOLD] if words else [])
    assert words in said("window", send_case(now=now))


@given(st.integers(-8 * 3600, 8 * 3600))
def test_nothing_passes_outside_the_window(seconds: int) -> None:
    now = DUE + timedelta(seconds=seconds)
    assert (found("window", send_case(now=now)) == ()) is (DUE <= now < CLOSES)


@pytest.mark.parametrize("moment", [Moment.SUBMIT, Moment.APPROVE])
def test_a_post_whose_time_is_over_is_refused(moment: Moment) -> None:
    over = (delivery("lga-x", due_at=NOW - timedelta(hours=2), closes_at=NOW),)
    findings = found("window", case(moment=moment, deliveries=over))
    assert [one.level for one in findings] == [Level.REFUSE]
    assert "until 09:00 on 23 November 2026" in str(findings[0])


def test_a_window_that_ends_before_it_begins() -> None:
    assert "before it begins" in said("window", case(deliveries=(delivery("lga-x", closes_at=DUE),)))


def test_times_are_told_on_the_campaigns_clock() -> None:
    summer = datetime.fromisoformat("2027-07-01T09:00+00:00")
    going = (delivery("lga-x", due_at=summer - timedelta(hours=2), closes_at=summer),)
    assert "10:00 on 1 July 2027" in said("window", case(now=summer, deliveries=going))


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        ({"valid_from": date(2026, 11, 23), "valid_until": date(2026, 11, 23)}, ""),
        ({"valid_from": date(2026, 11, 24)}, "is meant for 24 November 2026 and after"),
        ({"valid_until": date(2026, 11, 22)}, "was meant for 22 November 2026 and before"),
        ({}, ""),
    ],
)
def test_an_evergreen_post_keeps_to_its_dates_both_included(dates: dict[str, date], words: str) -> None:
    assert words in said("message-dates", case(message=message(**dates)))
    assert bool(found("message-dates", case(message=message(**dates)))) is bool(words)


def test_at_send_today_counts_and_not_the_plan() -> None:
    moved = send_case(now=NOW + timedelta(days=2), message=message(valid_until=date(2026, 11, 24)))
    assert found("message-dates", moved)


@pytest.mark.parametrize(
    ("standing", "held"),
    [
        (hold(), True),
        (hold(scope=Scope.CAMPAIGN, scope_id=LGA.id), True),
        (hold(scope=Scope.CAMPAIGN, scope_id="county-children"), False),
        (hold(scope=Scope.ACCOUNT, scope_id="lga-mastodon"), True),
        (hold(scope=Scope.ACCOUNT, scope_id="lga-x"), False),
        (hold(scope=Scope.POST, scope_id="7"), True),
        (hold(scope=Scope.POST, scope_id="8"), False),
        (hold(scope=Scope.FEED, scope_id="lga-news"), False),
        (hold(automatic_only=True), False),
        (hold(lifted_at=NOW), False),
        (hold(until=DUE), False),
        (hold(until=DUE + TICK), True),
        (hold(starts_at=DUE), True),
        (hold(starts_at=DUE + TICK), False),
    ],
)
def test_what_a_hold_stops(standing: Hold, held: bool) -> None:
    assert bool(found("hold", send_case(holds=(standing,)))) is held


def test_a_hold_is_told_with_its_reason_and_its_person() -> None:
    text = said("hold", send_case(holds=(hold(reason="Mourning", placed_by="Demo approver"),)))
    assert "Mourning" in text
    assert "Demo approver" in text
    assert "until a person lifts it" in text
    assert "Demo approver can say when" in text


def test_nobody_is_sent_to_ask_the_command_that_restored_a_backup() -> None:
    text = said("hold", send_case(holds=(hold(placed_by=RESTORE),)))
    assert "An approver resumes posting" in text
    assert "can say" not in text


def test_a_quiet_time_stops_automatic_posts() -> None:
    quiet = (hold(automatic_only=True, reason="Quiet time"),)
    assert found("hold", send_case(holds=quiet, origin=Origin.LIBRARY))
    assert not found("hold", send_case(holds=quiet, origin=Origin.PERSON))


def test_before_it_is_sent_a_hold_is_only_told() -> None:
    asked = case(holds=(hold(),))
    assert [one.level for one in found("hold", asked)] == [Level.WARN]
    assert found("hold", case(holds=(hold(until=NOW + timedelta(hours=1)),))) == ()


def test_every_delivery_is_looked_at() -> None:
    asked = case(accounts=("lga-mastodon", "lga-x"), holds=(hold(scope=Scope.ACCOUNT, scope_id="lga-x"),))
    assert [one.account for one in found("hold", asked)] == ["lga-x"]
    assert len(found("hold", replace(asked, holds=(hold(),)))) == 2
