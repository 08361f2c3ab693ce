"""Rules about words know nothing that moves; what they found before is asked again when anything changes."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bfbot.domain.hold import Hold, Scope
from bfbot.domain.link import LinkSeen, LinkState
from bfbot.domain.post import Origin, Post, Wording
from bfbot.domain.states import DeliveryState, PostState
from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES, by_id
from bfbot.rules.steady import STEADY, stamp, still
from tests.rules.cases import send_case
from tests.rules.examples import EXAMPLES
from tests.rules.team_files import NOW

HOUR = timedelta(hours=1)


@pytest.mark.parametrize("rule_id", sorted(STEADY))
def test_a_rule_about_words_finds_the_same_without_all_that_moves(rule_id: str) -> None:
    _, wrong, right = EXAMPLES[rule_id]
    for given in (wrong, right):
        case = replace(given, queued=())  # at send, the only moment of a stamp, no rule looks at the queue
        assert judge(still(case), (by_id(rule_id),)) == judge(case, (by_id(rule_id),))


def test_most_rules_are_about_words_and_those_about_the_moment_are_not() -> None:
    moving = {one.id for one in RULES} - STEADY
    assert moving >= {"window", "hold", "quiet-time", "approval", "variants", "message-dates"}
    assert len(STEADY) > len(moving)


def another(value: Any) -> Any:
    """A value of the same type that is not this one."""
    match value:
        case Wording():
            return replace(value, text=value.text + " more")
        case Origin() | PostState() | DeliveryState():
            return next(one for one in type(value) if one != value)
        case bool() | None:
            return 1
        case int():
            return value + 1
        case str():
            return value + "x"
        case datetime():
            return value + timedelta(days=3)
        case timedelta():
            return value + HOUR
        case tuple():
            return ()
    raise TypeError(type(value))


CASE = send_case()
APPROVAL = CASE.approval
assert APPROVAL is not None


@pytest.mark.parametrize("name", [one.name for one in fields(Post)])
def test_whatever_a_rule_may_see_of_a_post_is_in_its_stamp(name: str) -> None:
    changed = replace(CASE, post=replace(CASE.post, **{name: another(getattr(CASE.post, name))}))
    assert still(changed) == still(CASE) or stamp(changed, "") != stamp(CASE, ""), name


@pytest.mark.parametrize("name", [one.name for one in fields(CASE.deliveries[0]) if one.name != "proof"])
def test_whatever_a_rule_may_see_of_where_it_goes_is_in_its_stamp(name: str) -> None:
    one = CASE.deliveries[0]
    if name in {"published_at", "deleted_at"}:
        return  # set when it has gone out, and never asked again
    changed = replace(CASE, deliveries=(replace(one, **{name: another(getattr(one, name))}),))
    assert still(changed) == still(CASE) or stamp(changed, "") != stamp(CASE, ""), name


def test_words_day_library_and_rules_are_in_the_stamp() -> None:
    account = CASE.deliveries[0].account
    known = stamp(CASE, "these rules")
    others = [
        replace(CASE, revision=replace(CASE.revision, digest="other files")),
        replace(CASE, now=CASE.now + timedelta(days=1)),
        replace(CASE, approval=replace(APPROVAL, confirmed="Looked it up.")),
        replace(CASE, approval=replace(APPROVAL, confirmed="Looked it up.", settled=("0" * 12,))),
        replace(CASE, proofs={account: replace(CASE.proofs[account], language="cy")}),
    ]
    assert known not in {stamp(one, "these rules") for one in others}
    assert stamp(CASE, "other rules") != known


def test_what_moves_between_an_approval_and_its_post_leaves_the_stamp_as_it_is() -> None:
    hold = Hold(1, Scope.EVERYTHING, "", "Storm", "Author", NOW)
    seen = {"https://a.example": LinkSeen("https://a.example", LinkState.THERE, NOW)}
    known = stamp(CASE, "")
    for moved in (
        replace(CASE, now=CASE.now + timedelta(minutes=3)),
        replace(CASE, holds=(hold,)),
        replace(CASE, links_seen=seen),
        replace(CASE, queued=(CASE.post,)),
        replace(CASE, deliveries=(replace(CASE.deliveries[0], attempts=2, error="late"),)),
    ):
        assert stamp(moved, "") == known
        assert still(moved) == still(CASE)


def test_a_post_approved_days_ahead_is_vouched_for_on_its_day() -> None:
    """What counts is the day on which it goes out, and that is known ahead."""
    moment = CASE.deliveries[0].due_at + timedelta(days=4)
    ahead = replace(CASE, deliveries=(replace(CASE.deliveries[0], due_at=moment, closes_at=moment + 2 * HOUR),))
    on_its_day = replace(ahead, now=moment)
    assert ahead.now.date() != on_its_day.now.date()
    assert stamp(ahead, "") == stamp(on_its_day, "")
    a_day_late = replace(ahead, now=moment + timedelta(days=1))
    assert stamp(a_day_late, "") != stamp(ahead, "")
