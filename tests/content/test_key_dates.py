"""Each anniversary of the shipped campaigns finds a posting time in every year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bfbot.planning.occurrences import occurrences
from bfbot.planning.rotation import candidates
from tests.content.test_as_posted import library

ANNIVERSARIES = [one.id for one in library().messages.values() if one.when is not None and one.when.day]
ZONE = "Europe/London"


@pytest.mark.parametrize("year", range(2026, 2031))
@pytest.mark.parametrize("message_id", ANNIVERSARIES)
def test_it_is_planned_on_its_day_or_as_near_as_a_posting_time_is(message_id: str, year: int) -> None:
    message = library().messages[message_id]
    assert message.when is not None
    assert message.when.day is not None
    day = datetime(year, message.when.month, message.when.day, tzinfo=UTC)
    if message.valid_until is not None and message.valid_until.year != year:
        return
    slots = [one for one in library().slots.values() if one.campaign == message.campaign]
    here = [one for slot in slots for one in occurrences(slot, ZONE, day, day + timedelta(days=1))]
    for one in here:
        turn = [found.id for found in candidates(library().messages.values(), one.slot, one.moment, ZONE, [])]
        assert message_id in turn
        assert set(turn[: turn.index(message_id)]) <= set(ANNIVERSARIES)
    around = timedelta(days=message.when.around)
    near = [
        one for slot in slots for one in occurrences(slot, ZONE, day - around, day + around + timedelta(days=1))
    ]
    taking = [
        one for one in near if message in candidates(library().messages.values(), one.slot, one.moment, ZONE, [])
    ]
    assert taking, "no posting time at all"


def test_there_are_the_four_days_of_the_campaigns() -> None:
    days = {(one.when.month, one.when.day) for one in library().messages.values() if one.when is not None}
    assert days == {(11, 16), (11, 20), (10, 18), (11, None)}


def test_politicians_names_stay_out() -> None:
    people = library().spokespeople.values()
    assert people
    for one in people:
        assert (one.name, one.handles, one.party, one.candidate) == ("", (), "", False)
