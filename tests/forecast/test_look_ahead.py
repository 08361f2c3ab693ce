"""What would go out, what would be refused and why: each reason, with its words and its days."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bfbot.config import config
from bfbot.desk import pairs, review, standing, stops, writing
from bfbot.domain.post import Wording
from bfbot.errors import UsageError
from bfbot.forecast.look_ahead import look_ahead
from bfbot.forecast.outlook import Fate, Line, Outlook
from bfbot.forecast.play import RESTING
from bfbot.ledger import account_states
from bfbot.library import current_revision
from tests.workspace import APPROVER, AUTHOR, NOW, change, clear, small_workspace

pytestmark = pytest.mark.django_db
ELECTION = """\
periods:
  - {id: vote, name: Council vote, from: 2026-12-01, until: 2026-12-04 22:00, zone: Europe/London}
"""


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    yield small_workspace(config().home)
    clear(config().home)


def _sign_all(until: date) -> None:
    for message in current_revision(NOW).messages:
        standing.sign_message(message, actor=APPROVER, now=NOW, until=until)


def _by_day(found: Outlook, fate: Fate) -> set[date]:
    return {one.at.date() for one in found.lines if one.fate is fate}


def _written(text: str, at: datetime, account: str = "practice", campaign: str = "bright") -> int:
    post = writing.write(
        campaign=campaign, accounts=[account], wording=Wording(text), at=at, actor=AUTHOR, now=NOW
    )
    return review.submit(post.id, actor=AUTHOR, now=NOW).id


def _line(found: Outlook, post: int) -> Line:
    (line,) = [one for one in found.lines if one.post == post]
    return line


def test_posts_wait_for_approval_once_their_approval_for_repeat_has_lapsed(home: Path) -> None:
    _sign_all(date(2026, 11, 29))
    found = look_ahead(NOW, 2)
    assert max(_by_day(found, Fate.GOES_OUT)) == date(2026, 11, 29)
    assert min(_by_day(found, Fate.WAITS)) == date(2026, 11, 30)
    late = next(one for one in found.lines if one.fate is Fate.WAITS)
    assert [one.message for one in late.why] == ["It is approved for repeat until 29 November 2026 only."]
    assert {one.why for one in found.lines if one.fate is Fate.GOES_OUT} == {()}


def test_what_people_queued_is_part_of_it_approved_or_not(home: Path) -> None:
    night = datetime(2026, 11, 24, 23, 0, tzinfo=UTC)
    approved, waiting = (
        _written("Ring your council when you worry about a child.", night),
        _written("Come and meet foster carers at the town hall.", night + timedelta(days=1)),
    )
    review.approve(approved, actor=APPROVER, now=NOW)
    found = look_ahead(NOW, 1)
    assert _line(found, approved).fate is Fate.GOES_OUT, "a quiet time is for what goes out by itself"
    assert _line(found, approved).at == night
    assert (_line(found, waiting).fate, _line(found, waiting).why[0].message) == (
        Fate.WAITS,
        "Nobody has approved it yet.",
    )


def test_a_pause_stops_what_falls_into_it_and_nothing_after(home: Path) -> None:
    _sign_all(date(2026, 12, 31))
    until = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
    stops.pause(actor=APPROVER, now=NOW, reason="Mourning", until=until)
    found = look_ahead(NOW, 1)
    assert {one.at < until for one in found.lines if one.fate is Fate.STOPPED} == {True}
    assert {one.at >= until for one in found.lines if one.fate is Fate.GOES_OUT} == {True}
    stopped = next(one for one in found.lines if one.fate is Fate.STOPPED)
    assert stopped.why[0].rule == "hold"
    assert "Mourning" in stopped.why[0].message
    assert "until 12:00 on 26 November 2026" in stopped.why[0].message


def test_a_statistic_that_expires_takes_its_posts_out_from_the_next_day(home: Path) -> None:
    change(home, "as_of: 2026-03-31\n", "as_of: 2026-03-31\n    review_by: 2026-11-30\n    expires: 2026-12-02\n")
    found = look_ahead(NOW, 4)
    said = [one.at.date() for one in found.lines if one.message == "ten-years"]
    assert said
    assert max(said) <= date(2026, 12, 2)
    (refused,) = [one for one in found.passed_over if one.message == "ten-years"]
    assert refused.finding.rule == "fact-usable"
    assert "expired on 2 December 2026" in refused.finding.message
    assert date(2026, 12, 3) <= refused.first.date() <= date(2026, 12, 7)
    assert refused.times > 1
    review_due, ends = found.facts
    assert (review_due.what, review_due.day, ends.what, ends.day) == (
        "review",
        date(2026, 11, 30),
        "expires",
        date(2026, 12, 2),
    )
    assert ends.messages == ("ten-years",)
    assert ends.posts == len(said)
    assert look_ahead(NOW, 1).facts == (), "neither day has come within a week"


def test_an_election_leaves_posting_times_empty_and_says_why(home: Path) -> None:
    (home / "schedules" / "seasons.yaml").write_text(ELECTION)
    try:
        found = look_ahead(NOW, 3)
    finally:
        (home / "schedules" / "seasons.yaml").unlink()
    vote = {one.at.date() for one in found.empty if "Council vote" in one.why}
    assert vote == {date(2026, 12, day) for day in (1, 2, 3, 4)}
    assert not vote & {one.at.date() for one in found.lines}
    assert {one.finding.rule for one in found.passed_over if "Council vote" in one.finding.message} == {
        "season-sign-off"
    }
    assert {one.first.date() for one in found.passed_over if one.message == "doors"} == {date(2026, 12, 1)}


def test_themes_starve_where_nothing_is_said_about_them(home: Path) -> None:
    change(home, "kind: action, campaign: county", "kind: video, campaign: county")
    found = look_ahead(NOW, 2)
    themes = {one.id: one for one in found.themes}
    assert themes["places"].starves
    assert (themes["places"].messages, themes["places"].silence) == (1, 14)
    assert not themes["outcomes"].starves
    assert themes["outcomes"].posts == sum(one.theme == "outcomes" for one in found.lines)
    empty = [one for one in found.empty if one.campaign == "county"]
    assert [(one.slot, one.why) for one in empty] == [("county-noon", RESTING)] * 4


def test_a_stopped_account_and_a_picture_that_is_gone(home: Path) -> None:
    _sign_all(date(2026, 12, 31))
    account_states.stop("practice-county", "The network takes its key no more.", NOW)
    (home / "messages" / "pictures" / "park.png").rename(home / "messages" / "pictures" / "lost.png")
    found = look_ahead(NOW, 1)
    county = [one for one in found.lines if one.campaign == "county"]
    assert {one.fate for one in county} == {Fate.STOPPED}
    assert county[0].why[0].message == "practice-county is stopped: The network takes its key no more."
    (refused,) = [one for one in found.passed_over if one.message == "park"]
    assert refused.finding.message == "The picture “pictures/park.png” is not in messages/."
    assert "park" not in {one.message for one in found.lines}


def test_both_languages_are_one_turn(home: Path) -> None:
    change(
        home, "campaign: county, pillar: places,", "campaign: county, pillar: places, pair: pentref, language: en,"
    )
    with (home / "messages" / "all.yaml").open("a") as file:
        file.write(
            "  - {id: pentref, kind: action, campaign: county, pillar: places, language: cy, pair: villages,\n"
            '     text: "Ni ddylai taith bws hir sefyll rhwng plentyn a chymorth.", rest_days: 1}\n'
        )
    _sign_all(date(2026, 11, 25))
    found = look_ahead(NOW, 1)
    county = [(one.at.date(), one.message, one.fate) for one in found.lines if one.campaign == "county"]
    assert len(county) == 4
    assert {one[2] for one in county if one[0] == date(2026, 11, 24)} == {Fate.GOES_OUT}
    assert {one[2] for one in county if one[0] == date(2026, 11, 26)} == {Fate.WAITS}


def test_both_languages_in_the_queue_wait_for_approval_and_do_not_stop_each_other(home: Path) -> None:
    at = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
    english = _written("Ring your council when you worry about a child.", at)
    welsh = writing.write(
        campaign="bright",
        accounts=["practice"],
        wording=Wording("Ffoniwch eich cyngor pan fyddwch yn poeni am blentyn.", language="cy"),
        at=at,
        actor=AUTHOR,
        now=NOW,
    ).id
    pairs.pair(english, welsh, actor=AUTHOR, now=NOW)
    review.submit(welsh, actor=AUTHOR, now=NOW)
    found = look_ahead(NOW, 1)
    assert {_line(found, one).fate for one in (english, welsh)} == {Fate.WAITS}
    review.approve(english, actor=APPROVER, now=NOW)
    assert {_line(look_ahead(NOW, 1), one).fate for one in (english, welsh)} == {Fate.GOES_OUT}


def test_a_later_first_day_shows_the_end_of_the_same_play(home: Path) -> None:
    later = NOW + timedelta(days=10)
    whole, tail = look_ahead(NOW, 3), look_ahead(NOW, 1, from_time=later)
    until = later + timedelta(weeks=1)
    assert tail.lines == tuple(one for one in whole.lines if later <= one.at < until)
    assert tail.lines
    with pytest.raises(UsageError, match="begins today"):
        look_ahead(NOW, 1, from_time=NOW - timedelta(days=1))
    with pytest.raises(UsageError, match="weeks ahead"):
        look_ahead(NOW, 200)


def test_one_campaign_alone_shows_nothing_of_the_other(home: Path) -> None:
    found = look_ahead(NOW, 1, campaigns=["county"])
    assert {one.campaign for one in found.lines} == {"county"}
    assert {one.campaign for one in found.themes} == {"county"}
    assert [one.at for one in found.lines] == [
        one.at for one in look_ahead(NOW, 1).lines if one.campaign == "county"
    ]
