"""Days of the calendar: bank holidays and weekends that are quiet, yearly days, days that belong to others."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.bank_holidays import NATIONS, bank_holidays
from bfbot.domain.finding import Level, Moment
from bfbot.domain.localtime import wall_to_utc
from bfbot.domain.schedule import QuietTime
from bfbot.domain.states import DeliveryState
from bfbot.domain.yearly import Yearly
from bfbot.rules.quiet import is_quiet
from bfbot.rules.settled import claims_of
from bfbot.rules.verdict import stopping
from tests.rules.cases import case, clash_case, found, message, neighbour, said, send_case
from tests.rules.team_files import LGA, NOW

ZONE = "Europe/London"
BANK = QuietTime("bank", (LGA.id,), frozenset(), time(0), time(0), "england")


def quiet(quiet_time: QuietTime, day: date, at: time = time(12)) -> bool:
    return is_quiet([quiet_time], LGA.id, wall_to_utc(day, at, ZONE), ZONE)


@pytest.mark.parametrize(
    ("day", "nations"),
    [
        (date(2027, 1, 2), set()),  # a Saturday: its substitute is a Monday
        (date(2027, 1, 4), {"scotland"}),
        (date(2026, 1, 2), {"scotland"}),
        (date(2026, 3, 17), {"northern-ireland"}),
        (date(2026, 4, 6), {"england", "wales", "northern-ireland"}),  # Easter Monday
        (date(2026, 7, 13), {"northern-ireland"}),
        (date(2026, 8, 3), {"scotland"}),
        (date(2026, 8, 31), {"england", "wales", "northern-ireland"}),
        (date(2026, 11, 30), {"scotland"}),
        (date(2026, 12, 25), set(NATIONS)),
        (date(2026, 12, 28), set(NATIONS)),  # for Boxing Day, a Saturday
        (date(2026, 12, 24), set()),
    ],
)
def test_each_nation_keeps_its_own_bank_holidays(day: date, nations: set[str]) -> None:
    weekday = {one for one in NATIONS if quiet(replace(BANK, bank_holidays=one), day)}
    assert weekday - {"scotland"} == nations - {"scotland"}
    assert ("scotland" in weekday) is ("scotland" in nations or day == date(2027, 1, 2))


def test_a_bank_holiday_is_quiet_from_midnight_to_midnight() -> None:
    day = date(2026, 12, 25)
    assert not quiet(BANK, date(2026, 12, 24), time(23, 59, 59))
    assert quiet(BANK, day, time(0))
    assert quiet(BANK, day, time(23, 59, 59))
    assert not quiet(BANK, date(2026, 12, 27), time(0))


def test_its_night_belongs_to_the_day_on_which_it_began() -> None:
    evening = replace(BANK, starts=time(18), ends=time(8))
    assert quiet(evening, date(2026, 12, 29), time(7, 59))
    assert not quiet(evening, date(2026, 12, 29), time(8))
    assert not quiet(evening, date(2026, 12, 25), time(17, 59))


def test_weekends_and_bank_holidays_together() -> None:
    both = replace(BANK, days=frozenset({5, 6}))
    days = [
        date(2026, 8, 29) + timedelta(days=one) for one in range(4)
    ]  # Saturday to Tuesday after a bank holiday
    assert [quiet(both, one) for one in days] == [True, True, True, False]


def test_the_package_is_imported_when_a_quiet_time_asks() -> None:
    code = "import sys, bfbot.rules.catalogue, bfbot.cli.main; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_holidays_of_a_year_are_worked_out_once() -> None:
    bank_holidays.cache_clear()
    for hour in range(24):
        quiet(BANK, date(2031, 5, 5), time(hour))
    assert bank_holidays.cache_info().misses == 1


@pytest.mark.parametrize(
    ("when", "day", "fits", "falls"),
    [
        (Yearly(11, 16), date(2026, 11, 16), True, True),
        (Yearly(11, 16), date(2026, 11, 17), False, False),
        (Yearly(11, 16, 2), date(2026, 11, 18), True, False),
        (Yearly(11, 16, 2), date(2026, 11, 19), False, False),
        (Yearly(1, 1, 1), date(2026, 12, 31), True, False),
        (Yearly(2, 29), date(2027, 2, 28), True, True),
        (Yearly(2, 29), date(2028, 2, 28), False, False),
        (Yearly(2, 29), date(2028, 2, 29), True, True),
        (Yearly(11), date(2026, 11, 1), True, False),
        (Yearly(11), date(2026, 12, 1), False, False),
        (Yearly(11, None, 1), date(2026, 12, 1), True, False),
    ],
)
def test_a_day_of_each_year(when: Yearly, day: date, fits: bool, falls: bool) -> None:
    assert (when.fits(day), when.falls_on(day)) == (fits, falls)


@given(st.integers(1, 12), st.integers(1, 28), st.dates(date(2020, 1, 1), date(2040, 12, 31)))
@settings(max_examples=60)
def test_the_day_itself_always_fits_and_comes_once_a_year(month: int, day: int, some: date) -> None:
    when = Yearly(month, day)
    assert when.falls_on(some.replace(month=month, day=day))
    year = [date(some.year, 1, 1) + timedelta(days=one) for one in range(365)]
    assert sum(when.falls_on(one) for one in year) <= 1


def test_a_post_about_a_day_is_refused_on_another_at_every_moment() -> None:
    words = "is about 24 November (or a day before or after); it would go out on 26 November 2026"
    about = message(when=Yearly(11, 24, 1))
    late = NOW + timedelta(days=3)
    for moment in (Moment.SUBMIT, Moment.APPROVE):
        assert words in said("key-date", case(moment=moment, now=late, message=about))
    assert stopping(found("key-date", send_case(now=late, message=about)), Moment.SEND)
    assert found("key-date", send_case(message=about)) == ()


@pytest.mark.parametrize(("minutes", "near"), [(-30, False), (-29, True), (0, True), (29, True), (30, False)])
def test_two_campaigns_on_one_account_keep_half_an_hour_apart(minutes: int, near: bool) -> None:
    asked = case(others_near=(neighbour(minutes),))
    assert bool(found("clash-account", asked)) is near
    if near:
        words = said("clash-account", asked)
        assert "County children" in words or "county-children has post 8 on lga-mastodon" in words


@pytest.mark.parametrize(
    ("minutes", "state", "near"),
    [
        (-29, DeliveryState.DUE, True),
        (-29, DeliveryState.PUBLISHED, True),
        (-29, DeliveryState.WITHDRAWN, False),
        (-30, DeliveryState.DUE, False),
        (0, DeliveryState.DUE, False),  # the one with the lower number goes first
        (5, DeliveryState.DUE, False),
    ],
)
def test_at_send_the_first_of_two_goes_out_and_the_other_asks(
    minutes: int, state: DeliveryState, near: bool
) -> None:
    other = neighbour(minutes)
    other = replace(other, deliveries=tuple(replace(one, state=state) for one in other.deliveries))
    found_at_send = found("clash-account", send_case(others_near=(other,)))
    assert bool(found_at_send) is near
    assert bool(stopping(found_at_send, Moment.SEND)) is near


def test_an_approver_may_say_that_both_stand_together_wherever_in_the_half_hour() -> None:
    asked = found("clash-account", case(others_near=(neighbour(5),), moment=Moment.APPROVE))
    assert [one.level for one in asked] == [Level.CONFIRM]
    assert claims_of(asked) == claims_of(found("clash-account", case(others_near=(neighbour(9),))))
    assert found("clash-account", case(others_near=(neighbour(5, campaign=LGA.id),))) == ()


@pytest.mark.parametrize(
    ("now", "level"),
    [
        (datetime(2026, 11, 22, 12, tzinfo=UTC), None),
        (datetime(2026, 11, 23, 12, tzinfo=UTC), Level.CONFIRM),
        (datetime(2026, 12, 6, 23, 59, tzinfo=UTC), Level.CONFIRM),
        (datetime(2026, 12, 7, 0, 0, tzinfo=UTC), None),
    ],
)
def test_days_of_another_campaign_want_a_word_of_an_approver(now: datetime, level: Level | None) -> None:
    from tests.rules.cases import delivery

    going = (delivery("lga-mastodon", due_at=now, closes_at=now + timedelta(hours=2)),)
    asked = clash_case((LGA.id,), now=now, deliveries=going)
    assert [one.level for one in found("clash-declared", asked)] == ([level] if level else [])


def test_a_clash_declared_after_the_approval_stops_the_sending() -> None:
    asked = clash_case((LGA.id,))
    sending = replace(send_case(), revision=asked.revision)
    assert "23 November 2026 belongs to Fostering Fortnight" in str(found("clash-declared", sending)[0])
    assert stopping(found("clash-declared", sending), Moment.SEND)
