"""What one look proves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bfbot.domain.limits import Limits
from bfbot.domain.sending import Action, Doubt, Outcome, Try, clock_went_back
from bfbot.publishing.settle import (
    KEY_MARGIN,
    SETTLE,
    AskPerson,
    Live,
    LookAgain,
    Looks,
    NotLive,
    NotWanted,
    SameKey,
    settle,
)
from tests.publishing.network import KEYED, LIMITS, NAMED, NOON

DOUBT = Doubt(NOON, NOON)
CLOSES = NOON + timedelta(hours=12)
SOON = NOON + SETTLE / 2
SETTLED = NOON + SETTLE


def after(
    looked: Outcome,
    now: object = SETTLED,
    limits: Limits = LIMITS,
    doubt: Doubt | None = DOUBT,
    looks: Looks = Looks(1, NOON),  # noqa: B008 - frozen
) -> object:
    return settle(doubt, looked, looks, limits, CLOSES, "seed", now)  # type: ignore[arg-type]  # a datetime


def test_without_a_doubtful_request_it_is_not_live() -> None:
    assert after(Outcome.NOT_MADE, doubt=None) == NotLive()


def test_what_is_listed_is_live() -> None:
    assert after(Outcome.FOUND, SOON) == Live()


def test_an_empty_list_proves_something_only_after_a_while() -> None:
    for limits in (LIMITS, KEYED):
        assert after(Outcome.ABSENT, SOON, limits) == LookAgain(SETTLED)
        assert after(Outcome.ABSENT, SETTLED, limits) == NotLive()
    late = replace(DOUBT, last=SETTLED)
    assert after(Outcome.ABSENT, SETTLED, doubt=late) == LookAgain(SETTLED + SETTLE)


def test_one_empty_list_proves_nothing_however_late() -> None:
    late = SETTLED + timedelta(hours=2)
    assert after(Outcome.ABSENT, late, looks=Looks()) == LookAgain(late + SETTLE)
    assert after(Outcome.ABSENT, late, looks=Looks(1, late - SETTLE / 2)) == LookAgain(late + SETTLE / 2)
    assert after(Outcome.ABSENT, late, looks=Looks(1, late - SETTLE)) == NotLive()


def test_words_that_the_network_has_and_does_not_list_are_not_tried_again() -> None:
    assert after(Outcome.ABSENT, doubt=replace(DOUBT, duplicate=True)) == NotWanted()


def test_a_key_is_used_only_while_it_is_remembered() -> None:
    assert after(Outcome.UNREADABLE, SETTLED, KEYED) == SameKey()
    assert after(Outcome.NOT_MADE, SOON, KEYED) == SameKey()
    forgotten = NOON + timedelta(hours=1) - KEY_MARGIN
    assert after(Outcome.UNREADABLE, forgotten - timedelta(seconds=1), KEYED) == SameKey()
    assert isinstance(after(Outcome.UNREADABLE, forgotten, KEYED), LookAgain)
    assert after(Outcome.NOT_MADE, forgotten, KEYED) == AskPerson()


def test_a_key_whose_age_nobody_knows_is_not_used() -> None:
    """The clock was moved since the first request: the network counts by its own."""
    moved = Looks(1, NOON, clock_moved=True)
    assert after(Outcome.NOT_MADE, SOON, KEYED, looks=moved) == AskPerson()
    assert isinstance(after(Outcome.UNREADABLE, SETTLED, KEYED, looks=moved), LookAgain)
    assert after(Outcome.NOT_MADE, SOON, NAMED, looks=moved) == SameKey()


def test_times_that_contradict_their_order_tell_of_a_moved_clock() -> None:
    def tried(*minutes: float) -> bool:
        tries = [Try(0, Action.FIND, NOON + timedelta(minutes=one), Outcome.UNREADABLE) for one in minutes]
        return clock_went_back(tries, NOON + timedelta(minutes=60))

    assert not tried()
    assert not tried(0, 10, 59.99, 60.05)
    assert tried(120)
    assert tried(0, 120, 1, 2)


def test_a_key_does_not_carry_a_post_out_of_its_window() -> None:
    remembered = replace(KEYED, key_lasts_seconds=10**6)
    assert after(Outcome.NOT_MADE, CLOSES - timedelta(seconds=1), remembered) == SameKey()
    assert after(Outcome.NOT_MADE, CLOSES, remembered) == AskPerson()


def test_a_post_that_bears_our_name_for_it_is_sent_again_as_long_as_its_window_lasts() -> None:
    """What was taken already is there under that name: a second request is answered with it."""
    last = CLOSES - timedelta(seconds=1)
    assert after(Outcome.NOT_MADE, SOON, NAMED) == SameKey()
    assert after(Outcome.NOT_MADE, last, NAMED) == SameKey()
    assert after(Outcome.UNREADABLE, last, NAMED) == SameKey()
    assert after(Outcome.NOT_MADE, CLOSES, NAMED) == AskPerson()
    assert isinstance(after(Outcome.UNREADABLE, CLOSES, NAMED), LookAgain)


def test_a_look_comes_before_a_second_request_whatever_the_name_is_worth() -> None:
    assert after(Outcome.FOUND, SOON, NAMED) == Live()
    assert after(Outcome.ABSENT, SOON, NAMED) == LookAgain(SETTLED)
    assert isinstance(after(Outcome.UNREADABLE, SOON, NAMED), LookAgain)


def test_with_neither_list_nor_key_a_person_is_asked() -> None:
    assert after(Outcome.NOT_MADE) == AskPerson()


def test_a_list_that_cannot_be_read_is_read_again_later() -> None:
    decision = after(Outcome.UNREADABLE)
    assert isinstance(decision, LookAgain)
    assert decision.at > SETTLED
    soon = after(Outcome.UNREADABLE, SOON)
    assert isinstance(soon, LookAgain)
    assert SOON < soon.at <= SETTLED
