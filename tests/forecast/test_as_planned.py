"""The look ahead says what the planner then does: in one go, day by day, and over clock changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.config import config
from bfbot.desk import standing
from bfbot.domain.campaign import Campaign, Pillar
from bfbot.domain.message import Kind, Message
from bfbot.domain.proof import Proof, ProofPart
from bfbot.domain.revision import Revision
from bfbot.domain.schedule import Account, QuietTime, Slot
from bfbot.domain.states import PostState
from bfbot.forecast.look_ahead import look_ahead
from bfbot.forecast.outlook import Fate
from bfbot.forecast.play import Play
from bfbot.forecast.situation import Situation
from bfbot.ledger import models, posts
from bfbot.planning.occurrences import occurrences
from bfbot.planning.plan import plan_ahead
from bfbot.rules.quiet import is_quiet
from tests.workspace import APPROVER, NOW, clear, small_workspace

PILLARS = ("outcomes", "funding")
DAY = timedelta(days=1)
WORDS = [
    "river",
    "bridge",
    "garden",
    "window",
    "letter",
    "candle",
    "harbour",
    "meadow",
    "engine",
    "ladder",
    "basket",
    "mirror",
]


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    yield small_workspace(config().home)
    clear(config().home)


@pytest.mark.django_db
@pytest.mark.parametrize("thursday", [date(2026, 10, 22), date(2027, 3, 25)])
def test_what_is_foreseen_is_what_the_planner_lays_down_over_a_clock_change(home: Path, thursday: date) -> None:
    start = datetime(thursday.year, thursday.month, thursday.day, tzinfo=UTC)
    week = timedelta(weeks=1)
    seen = look_ahead(start, 1)
    foreseen = [(one.at, one.account, one.message, one.text) for one in seen.lines]
    assert {one.key for one in seen.lines} | {one.key for one in seen.empty} == _all_keys(start, start + week)
    for day in range(7):
        plan_ahead(start + day * DAY)
    laid_down = [
        (one.scheduled_for, delivery.account, one.message, delivery.proof.text)
        for one in posts.listing()
        if one.scheduled_for < start + week
        for delivery in one.deliveries
        if delivery.proof
    ]
    assert len(foreseen) > 10
    assert sorted(map(str, foreseen)) == sorted(map(str, laid_down))


@pytest.mark.django_db
def test_what_is_planned_already_is_foreseen_once_and_the_rest_follows_from_it(home: Path) -> None:
    before = look_ahead(NOW, 3)
    plan_ahead(NOW)
    after = look_ahead(NOW, 3)
    assert [(one.at, one.account, one.message) for one in after.lines] == [
        (one.at, one.account, one.message) for one in before.lines
    ]
    assert sum(one.post is not None for one in after.lines) == models.Post.objects.count() == 13
    assert not any(one.post for one in before.lines)


@pytest.mark.django_db
def test_what_is_foreseen_to_go_out_is_what_the_planner_approves_under_a_signature(home: Path) -> None:
    for message in ("doors", "villages", "park"):
        standing.sign_message(message, actor=APPROVER, now=NOW, until=date(2026, 12, 31))
    foreseen = {(one.at, one.message): one.fate for one in look_ahead(NOW, 1).lines}
    plan_ahead(NOW)
    laid_down = {(one.scheduled_for, one.message): one.state for one in posts.listing()}
    approved = {key for key, state in laid_down.items() if state is PostState.APPROVED}
    assert 2 < len(approved) < len(laid_down)
    assert {key for key, fate in foreseen.items() if fate is Fate.GOES_OUT} == approved
    assert {key for key, fate in foreseen.items() if fate is Fate.WAITS} == set(laid_down) - approved


@pytest.mark.django_db
def test_nothing_is_stored(home: Path) -> None:
    look_ahead(NOW, 1)  # reads the files: that revision is no part of it
    media = config().var / "media"
    before = _rows(), sorted(media.rglob("*")) if media.exists() else []
    assert look_ahead(NOW, 4).lines
    assert (_rows(), sorted(media.rglob("*")) if media.exists() else []) == before


def _rows() -> dict[str, int]:
    tables = (models.Post, models.Delivery, models.Occurrence, models.Approval, models.AuditEntry, models.Attempt)
    return {one.__name__: one.objects.count() for one in tables}


def _all_keys(start: datetime, until: datetime) -> set[str]:
    from bfbot.library import current_revision

    revision = current_revision(start)
    return {
        one.key
        for slot in revision.slots.values()
        for one in occurrences(slot, revision.campaigns[slot.campaign].zone, start, until)
    }


def _message(number: int, *, rest: int) -> Message:
    text = f"A {WORDS[number % 12]} and a {WORDS[(number * 5 + 3) % 12]}, told {WORDS[number % 7]} by neighbours."
    return Message(f"m{number}", Kind.ASK, "bright", PILLARS[number % 2], text, rest_days=rest)


def _written(message: Message, accounts: tuple[str, ...]) -> dict[str, Proof]:
    part = ProofPart(message.text, len(message.text))
    return {one: Proof(one, "rehearsal", (part,)) for one in accounts}


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    zone = draw(st.sampled_from(["Europe/London", "America/New_York", "Australia/Lord_Howe", "UTC"]))
    slots = [
        Slot(
            id=f"s{number}",
            campaign="bright",
            days=draw(st.frozensets(st.integers(0, 6), min_size=1)),
            at=time(draw(st.integers(0, 23)), draw(st.sampled_from([0, 1, 30, 59]))),
            kinds=frozenset({"ask"}),
            accounts=("one",),
            window=timedelta(hours=2),
        )
        for number in range(draw(st.integers(1, 4)))
    ]
    library = [_message(number, rest=draw(st.integers(0, 9))) for number in range(draw(st.integers(0, 8)))]
    quiet = QuietTime("nights", ("bright",), frozenset(range(7)), time(22), time(draw(st.integers(0, 6))))
    changes = [date(2026, 3, 25), date(2026, 10, 22), date(2026, 4, 2), date(2026, 10, 1), date(2026, 10, 29)]
    start = datetime.combine(draw(st.sampled_from(changes)), time(draw(st.integers(0, 23))), ZoneInfo(zone))
    campaign = Campaign(
        "bright", "Bright", "LGA", "Bright", "", "", tuple(Pillar(one, one) for one in PILLARS), zone=zone
    )
    revision = Revision(
        number=1,
        digest="d",
        made_at=start.astimezone(UTC),
        campaigns={"bright": campaign},
        messages={one.id: one for one in library},
        accounts={"one": Account("one", "rehearsal", ("bright",))},
        slots={one.id: one for one in slots},
        quiet_times={"nights": quiet},
    )
    return Situation(start.astimezone(UTC), revision, timedelta(days=7), _written)


@settings(max_examples=25, deadline=None)
@given(known=situations(), cuts=st.lists(st.integers(1, 9 * 24 * 60), max_size=6))
def test_day_by_day_or_in_one_go_it_is_the_same_and_no_posting_time_is_lost_or_doubled(
    known: Situation, cuts: list[int]
) -> None:
    until = known.now + 9 * DAY
    whole = Play(known, until)
    whole.advance(until)
    pieces = Play(known, until)
    for cut in sorted({known.now + timedelta(minutes=one) for one in cuts} | {until}):
        pieces.advance(cut)
    assert (pieces.lines, pieces.empty) == (whole.lines, whole.empty)
    assert pieces.passed_over == whole.passed_over

    zone = known.revision.campaigns["bright"].zone
    expected = sorted(
        one.key
        for slot in known.revision.slots.values()
        for one in occurrences(slot, zone, known.now, until)
        if not is_quiet(known.revision.quiet_times.values(), "bright", one.moment, zone)
    )
    assert sorted([one.key for one in whole.lines] + [one.key for one in whole.empty]) == expected
    for message in known.revision.messages.values():
        said = [one.at.astimezone(ZoneInfo(zone)) for one in whole.lines if one.message == message.id]
        walls = [one.replace(tzinfo=None) for one in said]
        assert all(b - a >= timedelta(days=message.rest_days) for a, b in pairwise(walls))


@settings(max_examples=10, deadline=None)
@given(known=situations())
def test_a_posting_time_that_is_settled_already_stays_as_it_is(known: Situation) -> None:
    until = known.now + 4 * DAY
    first = Play(known, until)
    first.advance(until)
    keys = {one.key for one in (*first.lines, *first.empty)}
    again = Play(replace(known, taken=frozenset(keys)), until)
    again.advance(until)
    assert (again.lines, again.empty) == ([], [])
