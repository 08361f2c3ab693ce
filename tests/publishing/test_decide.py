"""The decisions, without a ledger."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.finding import Finding, Level
from bfbot.domain.hold import Hold, Scope
from bfbot.domain.post import Delivery
from bfbot.domain.proof import Proof, ProofPart
from bfbot.domain.sending import AccountStanding, Candidate, Claim
from bfbot.domain.states import DeliveryState
from bfbot.publishing.decide import PATIENCE, Miss, Send, Wait, at_claim, is_stale, missed
from tests.publishing.network import NOON

HOUR = timedelta(hours=1)
TICK = timedelta(microseconds=1)
FREE = AccountStanding("desk")


def delivery(**given: object) -> Delivery:
    made = Delivery(
        id=1,
        post_id=7,
        account="desk",
        platform="practice",
        state=DeliveryState.DUE,
        key="k",
        due_at=NOON,
        closes_at=NOON + HOUR,
        not_before=NOON,
        attempts=0,
        proof=Proof("desk", "practice", (ProofPart("Hello", 5),)),
    )
    return replace(made, **given)  # type: ignore[arg-type]  # fields by name


def candidate(**given: object) -> Candidate:
    return Candidate(delivery(**given), "campaign", automatic=False, approved_at=NOON - HOUR)


def hold(**given: object) -> Hold:
    made = Hold(1, Scope.EVERYTHING, "", "A crisis", "Author", NOON - HOUR)
    return replace(made, **given)  # type: ignore[arg-type]  # fields by name


def finding(level: Level) -> Finding:
    return Finding("facts", level, "The figure is out of date.", "Use the new one.")


@pytest.mark.parametrize(
    ("moment", "in_time"),
    [
        (NOON - TICK, False),
        (NOON, True),
        (NOON + HOUR - TICK, True),
        (NOON + HOUR, False),
        (NOON + 100 * HOUR, False),
    ],
)
def test_a_window_is_half_open(moment: datetime, in_time: bool) -> None:
    planned = candidate(state=DeliveryState.PLANNED)
    assert (missed(planned, (), moment) is None) == (in_time or moment < NOON)
    assert isinstance(at_claim(candidate(), FREE, (), (), moment), Send) == in_time


def reason(asked: Candidate, holds: tuple[Hold, ...], now: datetime) -> str:
    late = missed(asked, holds, now)
    return late.reason if late else ""


def test_why_a_post_was_missed() -> None:
    late = NOON + 2 * HOUR
    assert missed(candidate(), (), late) == Miss("too_late", "Not sent: its time was over before it could go out.")
    unapproved = replace(candidate(), approved_at=None)
    assert reason(unapproved, (), late) == "not_approved"
    assert missed(unapproved, (), NOON) is None
    assert reason(candidate(), (hold(),), late) == "paused"


def test_a_pause_that_ends_by_itself_releases_no_backlog() -> None:
    ended = hold(until=NOON + HOUR / 2)
    now = NOON + HOUR / 2
    assert reason(candidate(), (ended,), now) == "paused"
    before_it_fell_due = hold(until=NOON)
    assert missed(candidate(state=DeliveryState.PLANNED), (before_it_fell_due,), now) is None
    approved_after = replace(candidate(state=DeliveryState.PLANNED), approved_at=now)
    assert missed(approved_after, (ended,), now) is None
    of_this_post = hold(until=NOON + HOUR / 2, scope=Scope.POST, scope_id="7")
    assert missed(candidate(state=DeliveryState.PLANNED), (of_this_post,), now) is None


@pytest.mark.parametrize(
    ("level", "decision"),
    [(Level.REFUSE, Wait), (Level.HOLD, Wait), (Level.CONFIRM, Wait), (Level.WARN, Send)],
)
def test_findings_at_send(level: Level, decision: type) -> None:
    """A claim that an approver's word is for has been taken out before."""
    assert isinstance(at_claim(candidate(), FREE, (), (finding(level),), NOON), decision)


def held(*findings: Finding) -> str:
    waits = at_claim(candidate(), FREE, (), findings, NOON)
    assert isinstance(waits, Wait)
    return waits.held


def test_what_a_person_has_to_see_to_is_named_and_what_waits_as_it_is_meant_to_is_not() -> None:
    """The name is kept with the delivery: by it people are told once, and again when it is another."""
    refused, quiet = finding(Level.REFUSE), replace(finding(Level.HOLD), rule="quiet-time", meant=True)
    assert held(quiet) == ""
    assert len(held(refused)) == 12
    assert held(refused) == held(quiet, refused) == held(replace(refused, mend="Use another."), refused)
    assert held(refused) != held(replace(refused, message="The figure is blocked."))
    passing = replace(refused, about="gap")
    assert held(passing) == held(replace(passing, message="It would go out on 24 November."))
    for waits in (
        at_claim(candidate(), FREE, (hold(),), (refused,), NOON),
        at_claim(candidate(), AccountStanding("desk", stopped_reason="No key."), (), (refused,), NOON),
        at_claim(candidate(), AccountStanding("desk", next_at=NOON + TICK), (), (refused,), NOON),
    ):
        assert isinstance(waits, Wait)
        assert waits.held == ""
    unapproved = at_claim(replace(candidate(), approved_at=None), FREE, (), (), NOON)
    assert isinstance(unapproved, Wait)
    assert unapproved.held


def test_what_keeps_a_delivery_back_and_what_its_account() -> None:
    assert at_claim(candidate(), AccountStanding("desk", stopped_reason="No key."), (), (), NOON) == Wait(
        "desk is stopped: No key.", blocks=True
    )
    limited = AccountStanding("desk", next_at=NOON + TICK)
    assert at_claim(candidate(), limited, (), (), NOON) == Wait(blocks=True)
    assert at_claim(candidate(), limited, (), (), NOON + TICK) == Send()
    assert at_claim(candidate(), FREE, (hold(),), (), NOON) == Wait("Paused: A crisis")
    others = hold(scope=Scope.ACCOUNT, scope_id="other")
    assert at_claim(candidate(), FREE, (others,), (), NOON) == Send()
    assert at_claim(candidate(proof=None), FREE, (), (), NOON) != Send()


def test_a_post_that_waits_for_its_next_try_gives_way_in_the_end() -> None:
    later = NOON + TICK
    assert at_claim(candidate(not_before=later, attempts=1), FREE, (), (), NOON) == Wait(blocks=True)
    assert at_claim(candidate(not_before=later, attempts=PATIENCE), FREE, (), (), NOON) == Wait(blocks=False)


@given(
    offset=st.timedeltas(min_value=timedelta(days=-3), max_value=timedelta(days=3)),
    state=st.sampled_from([DeliveryState.PLANNED, DeliveryState.DUE]),
    approved=st.booleans(),
    held=st.booleans(),
)
def test_nothing_goes_out_unapproved_held_or_outside_its_window(
    offset: timedelta, state: DeliveryState, approved: bool, held: bool
) -> None:
    now = NOON + offset
    asked = replace(candidate(state=state), approved_at=NOON - HOUR if approved else None)
    holds = (hold(starts_at=NOON - timedelta(days=9)),) if held else ()
    if at_claim(asked, FREE, holds, (), now) == Send():
        assert approved
        assert not held
        assert NOON <= now < NOON + HOUR
    late = missed(asked, holds, now)
    assert (late is not None) == (now >= NOON + HOUR)


def test_an_old_claim_is_stale_and_so_is_one_from_the_future() -> None:
    claim = Claim(candidate(), "worker", NOON)
    assert not is_stale(claim, NOON + timedelta(seconds=30))
    assert is_stale(claim, NOON + timedelta(seconds=31))
    assert is_stale(claim, NOON - timedelta(seconds=31))
