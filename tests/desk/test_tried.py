"""What was tried is told in words, each request for itself, looks that found the same together."""

from __future__ import annotations

from datetime import timedelta

from bfbot.desk.tried import WORDS, told
from bfbot.domain.sending import Action, Outcome, Try
from tests.workspace import NOW


def tries(*what: tuple[Action, Outcome]) -> list[Try]:
    return [Try(0, action, NOW + timedelta(minutes=n), outcome) for n, (action, outcome) in enumerate(what)]


def test_every_outcome_that_can_be_on_record_has_words() -> None:
    looks = {Outcome.FOUND, Outcome.ABSENT, Outcome.UNREADABLE, Outcome.NOT_MADE}
    never_of_a_request = {Outcome.UNREADABLE, Outcome.DELETED}
    wanted = {(Action.FIND, one) for one in looks}
    wanted |= {(Action.PUBLISH, one) for one in Outcome if one not in never_of_a_request}
    wanted |= {(Action.DELETE, one) for one in (Outcome.OPEN, Outcome.DELETED, Outcome.UNKNOWN)}
    assert set(WORDS) == wanted


def test_looks_that_found_the_same_are_one_line_and_requests_are_not() -> None:
    send, absent, found = (
        (Action.PUBLISH, Outcome.UNKNOWN),
        (Action.FIND, Outcome.ABSENT),
        (Action.FIND, Outcome.FOUND),
    )
    lines = told(tries(send, send, absent, absent, absent, found))
    assert [one.count for one in lines] == [1, 1, 3, 1]
    assert lines[2].until - lines[2].since == timedelta(minutes=2)
    assert lines[0].words == "sent; no answer that tells what came of it"


def test_a_look_that_failed_otherwise_is_told_for_itself() -> None:
    one, other = (Try(0, Action.FIND, NOW, Outcome.UNREADABLE, why) for why in ("500", "Cut."))
    assert [line.detail for line in told([one, other])] == ["500", "Cut."]
    another_part = Try(1, Action.FIND, NOW, Outcome.UNREADABLE, "500")
    assert len(told([one, another_part])) == 2
