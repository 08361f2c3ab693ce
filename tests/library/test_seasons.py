"""Periods, clashes, people of politics and days of the year in the team's files, and what is wrong with them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from bfbot.domain.revision import Revision
from bfbot.domain.season import Clash, Spokesperson
from bfbot.domain.yearly import Yearly
from bfbot.library import check
from bfbot.library.loading import read_library
from tests.library.forms import MESSAGES, PLATFORMS, SCHEDULES, make
from tests.workspace import NOW

PERIODS = """\
periods:
  - {id: local, name: Local elections, from: 2027-03-23, until: 2027-05-06 22:00, zone: Europe/London,
     campaigns: [bright], areas: [Kent], applies_to: [own-channels], explanation: "We say less for now."}
  - {id: days, name: By-election, from: 2027-03-28, until: 2027-10-31, zone: Europe/London}
"""
SEASONS = (
    PERIODS
    + """\
clashes:
  - {id: fostering, name: Fostering Fortnight, campaigns: [bright], from: 2027-05-10, until: 2027-05-23}
"""
)
PEOPLE = """\
spokespeople:
  - {id: leader, role: Leader of the council, party: A party, handles: ["@the-leader"],
     candidate: {from: 2027-03-23, until: 2027-05-06}}
  - {id: chair, role: Chair of the board}
"""


def read(home: Path, schedules: str = "", messages: str = "") -> Revision:
    make(home, SCHEDULES + schedules, MESSAGES + messages)
    revision, faults = read_library(home, now=NOW, platforms=PLATFORMS)
    assert revision is not None, faults
    return revision


def faults(home: Path, schedules: str = "", messages: str = "") -> list[str]:
    make(home, SCHEDULES + schedules, MESSAGES + messages)
    return [str(one) for one in check(home, NOW, PLATFORMS) if one.level == "error"]


def test_a_period_has_two_moments_and_a_scope(tmp_path: Path) -> None:
    found = read(tmp_path, PERIODS).periods
    local, days = found["local"], found["days"]
    assert local.starts_at == datetime(2027, 3, 23, 0, 0, tzinfo=UTC)
    assert local.ends_at == datetime(2027, 5, 6, 21, 0, tzinfo=UTC)  # 22:00 in summer
    assert (local.campaigns, local.areas, local.applies_to) == (("bright",), ("Kent",), ("own-channels",))
    assert days.starts_at == datetime(2027, 3, 28, 0, 0, tzinfo=UTC)
    assert days.ends_at == datetime(2027, 11, 1, 0, 0, tzinfo=UTC)  # the last day in full, 25 hours of it
    assert days.own_channels
    assert days.is_about("anything")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "{id: p, name: P, from: 2027-05-06, until: 2027-03-23, zone: Europe/London}",
            "ends (2027-03-23) before it begins (2027-05-06).",
        ),
        (
            "{id: p, name: P, from: 2027-05-06 10:00, until: 2027-05-06 10:00, zone: Europe/London}",
            "ends (2027-05-06 10:00) before it begins",
        ),
        ("{id: p, name: P, from: 2027-03-23, until: 2027-05-06}", "“zone” is missing."),
        ("{id: p, name: P, from: 2027-03-23, until: 2027-05-06, zone: Europe/Camelot}", "no time zone"),
        ("{id: p, name: P, from: next spring, until: 2027-05-06, zone: Europe/London}", "is no date and no time"),
        ("{id: p, name: P, from: 2027-03-28 01:30, until: 2027-05-06, zone: Europe/London}", "does not exist"),
        ("{id: p, name: P, from: 2027-03-23, until: 2027-10-31 01:30, zone: Europe/London}", "happens twice"),
        (
            "{id: p, name: P, from: 2027-03-23, until: 2027-05-06, zone: UTC, campaigns: [brigth]}",
            "Did you mean “bright”?",
        ),
        ("{id: p, name: P, from: 2027-03-23, until: 2027-05-06, zone: UTC, applies_to: []}", "is empty"),
    ],
)
def test_a_faulty_period_is_told_with_its_line(tmp_path: Path, line: str, words: str) -> None:
    (found,) = faults(tmp_path, f"periods:\n  - {line}\n")
    number = SCHEDULES.count("\n") + 2
    assert found.startswith(f"schedules/all.yaml:{number}: ")
    assert words in found


def test_one_day_is_a_period(tmp_path: Path) -> None:
    line = "  - {id: p, name: P, from: 2027-05-06, until: 2027-05-06, zone: Europe/London}"
    assert faults(tmp_path, f"periods:\n{line}\n") == []


def test_people_of_politics(tmp_path: Path) -> None:
    leader, chair = read(tmp_path, messages=PEOPLE).spokespeople.values()
    assert leader == Spokesperson(
        "leader",
        "Leader of the council",
        "",
        "A party",
        ("the-leader",),
        True,
        date(2027, 3, 23),
        date(2027, 5, 6),
    )
    assert chair == Spokesperson("chair", "Chair of the board")
    backwards = PEOPLE.replace("2027-05-06", "2027-01-01")
    assert "ends on 2027-01-01 before" in faults(tmp_path, messages=backwards)[0]
    assert "is no handle" in faults(tmp_path, messages=PEOPLE.replace('"@the-leader"', '"https://x.example/a"'))[0]


def test_a_clash_has_days_and_campaigns(tmp_path: Path) -> None:
    (clash,) = read(tmp_path, SEASONS).clashes.values()
    assert clash == Clash("fostering", "Fostering Fortnight", ("bright",), date(2027, 5, 10), date(2027, 5, 23))
    assert "before it begins" in faults(tmp_path, SEASONS.replace("2027-05-23", "2027-05-01"))[0]


def test_a_message_about_a_day_of_the_year(tmp_path: Path) -> None:
    def about(when: str) -> str:
        return f"  - {{id: day, kind: event, campaign: bright, pillar: outcomes, text: A day, when: {when}}}\n"

    assert read(tmp_path, messages=about("{month: 11, day: 16}")).messages["day"].when == Yearly(11, 16)
    assert read(tmp_path, messages=about("{month: 11}")).messages["day"].when == Yearly(11)
    assert read(tmp_path, messages=about("{month: 2, day: 29, around: 2}")).messages["day"].when == Yearly(
        2, 29, 2
    )
    assert "No year has that day." in faults(tmp_path, messages=about("{month: 2, day: 30}"))[0]
    assert faults(tmp_path, messages=about("{month: 13}"))


@pytest.mark.parametrize(
    ("line", "days", "nation", "hours"),
    [
        ("days: bank-holidays", set(), "england", (time(0), time(0))),
        ("days: bank_holidays, nation: wales", set(), "wales", (time(0), time(0))),
        ('days: "sat,sun,bank-holidays", from: "18:00", until: "09:00"', {5, 6}, "england", (time(18), time(9))),
        ("days: sat-sun", {5, 6}, "", (time(0), time(0))),
    ],
)
def test_quiet_days(tmp_path: Path, line: str, days: set[int], nation: str, hours: tuple[time, time]) -> None:
    found = read(tmp_path, f"  - {{id: off, campaigns: [bright], {line}}}\n").quiet_times["off"]
    assert (found.days, found.bank_holidays, (found.starts, found.ends)) == (days, nation, hours)


def test_the_campaign_s_nation_is_the_default(tmp_path: Path) -> None:
    make(
        tmp_path,
        SCHEDULES.replace("    name: Bright\n", "    name: Bright\n    nation: scotland\n")
        + "  - {id: off, campaigns: [bright], days: bank-holidays}\n",
        MESSAGES,
    )
    revision, _ = read_library(tmp_path, now=NOW, platforms=PLATFORMS)
    assert revision is not None
    assert revision.quiet_times["off"].bank_holidays == "scotland"


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('days: daily, from: "21:00"', "“until” is missing."),
        ('days: daily, from: "21:00", until: "21:00"', "begins and ends at the same time"),
        ("days: bank-holidays, nation: cornwall", "“nation” has a value that is not known."),
        ("days: bank", "names no days"),
    ],
)
def test_faulty_quiet_days(tmp_path: Path, line: str, words: str) -> None:
    (found,) = faults(tmp_path, f"  - {{id: off, campaigns: [bright], {line}}}\n")
    assert words in found
