"""The harness's judge finds what it is there to find, and nothing else."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.faults.harness.judge import Pause, Tally, judge
from tests.faults.harness.orders import Window, Written
from tests.faults.harness.resent import judge_resent

NOON = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
WRITTEN = Written(1, 1, ("One.", "Two."), NOON, NOON + timedelta(hours=1), may_go_out=True)
ONE = {"wrote": "One.", "machine": NOON, "began": 10.0}
TWO = {**ONE, "wrote": "Two."}


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


def judged(
    ledger: Path,
    *live: dict[str, Any],
    state: str = "published",
    written: Written = WRITTEN,
    pauses: tuple[Pause, ...] = (),
    windows: tuple[Window, ...] = (),
) -> Tally:
    with closing(sqlite3.connect(ledger)) as kept, kept:
        kept.execute("CREATE TABLE ledger_delivery AS SELECT 1 AS id, ? AS state", [state])
        kept.execute("CREATE TABLE ledger_attempt (id)")
    return judge(ledger, [written], live, pauses, windows, keyed=False)


def test_what_went_right_breaks_nothing(ledger: Path) -> None:
    tally = judged(ledger, ONE, TWO)
    assert (tally.approved, tally.published, tally.broken, tally.why) == (1, 1, 0, [])


def test_twice_live_is_a_duplicate(ledger: Path) -> None:
    assert judged(ledger, ONE, TWO, TWO).duplicates == 1


@pytest.mark.parametrize(
    ("state", "live"),
    [("due", [ONE]), ("published", [ONE]), ("published", []), ("missed", [ONE, TWO]), ("failed", [ONE, TWO])],
)
def test_what_bfbot_says_and_is_not_so_is_lost(ledger: Path, state: str, live: list[dict[str, Any]]) -> None:
    assert judged(ledger, *live, state=state).lost == 1


@pytest.mark.parametrize("state", ["missed", "failed", "unknown", "withdrawn"])
def test_half_a_thread_that_ended_is_not_lost(ledger: Path, state: str) -> None:
    assert judged(ledger, ONE, state=state).broken == 0


@pytest.mark.parametrize(("hours", "broken"), [(-1, 1), (0.5, 0), (2, 1), (5, 0)])
def test_only_its_windows_count(ledger: Path, hours: float, broken: int) -> None:
    later = Window(1, NOON + timedelta(hours=5), NOON + timedelta(hours=6))
    entry = {**ONE, "machine": NOON + timedelta(hours=hours)}
    assert judged(ledger, entry, TWO, windows=(later,)).out_of_window == broken


@pytest.mark.parametrize(("on_their_way", "broken"), [(frozenset(), 2), (frozenset({1}), 0), (frozenset({2}), 2)])
def test_after_a_pause_only_what_it_named_may_come(
    ledger: Path, on_their_way: frozenset[int], broken: int
) -> None:
    assert judged(ledger, ONE, TWO, pauses=(Pause(9.0, 11.0, on_their_way),)).after_hold == broken


def test_what_nobody_approved_or_wrote_is_seen(ledger: Path) -> None:
    tally = judged(ledger, ONE, {**ONE, "wrote": "Other."}, written=replace(WRITTEN, may_go_out=False))
    assert tally.unapproved == 2


def attempts(*told: tuple[str, str], found_out: int | None = None) -> list[dict[str, Any]]:
    """A moment each; what became of a request was found out by the looks right behind it, or at `found_out`."""
    made = []
    for number, (action, outcome) in enumerate(told):
        looks = next((at for at, one in enumerate(told[number + 1 :]) if one[0] != "find"), len(told) - number - 1)
        ended = number + looks if found_out is None else found_out
        times = {"started_at": f"{number:02}", "ended_at": f"{ended:02}"}
        told_of = {"delivery_id": 1, "part": 0, "action": action, "outcome": outcome, "worker": "worker"}
        made.append({"id": number, **told_of, **times})
    return made


PUBLISHED, LOST, LOOK = ("publish", "published"), ("publish", "unknown"), ("find", "absent")
ABSENT, SETTLED, UNREADABLE = ("publish", "absent"), ("publish", "settled"), ("find", "unreadable")


@pytest.mark.parametrize(
    ("told", "keyed", "blind"),
    [
        ([LOST, PUBLISHED], True, 0),
        ([LOST, PUBLISHED], False, 1),
        ([LOST, ("publish", "rate_limited"), PUBLISHED], False, 2),
        ([ABSENT, LOOK, LOOK, PUBLISHED], False, 0),
        ([ABSENT, LOOK, UNREADABLE, PUBLISHED], False, 1),
        ([ABSENT, LOOK, LOOK, ABSENT, LOOK, PUBLISHED], False, 1),
        ([SETTLED, PUBLISHED], False, 0),
        ([LOST, SETTLED, PUBLISHED], False, 2),
        ([LOST, ABSENT, LOOK, LOOK, PUBLISHED], False, 2),
        ([("publish", "unavailable"), PUBLISHED], False, 0),
    ],
)
def test_a_request_made_again_needs_a_ground(told: list[tuple[str, str]], keyed: bool, blind: int) -> None:
    assert len(judge_resent(attempts(*told), keyed=keyed).blind) == blind


SLOWED = ("publish", "rate_limited")
FOUND_OUT_LATE = (ABSENT, SLOWED, SLOWED, LOOK, LOOK, SLOWED, PUBLISHED)


@pytest.mark.parametrize(("keyed", "blind"), [(True, 0), (False, 2)])
def test_what_was_found_out_later_was_in_doubt_before(keyed: bool, blind: int) -> None:
    """Seed 342931: sent again under its key in a storm, before two looks told that the first one never came."""
    assert len(judge_resent(attempts(*FOUND_OUT_LATE, found_out=4), keyed=keyed).blind) == blind


def test_looks_are_asked_for_behind_a_request_that_was_slowed_down_too() -> None:
    told = judge_resent(attempts(ABSENT, LOOK, SLOWED, PUBLISHED), keyed=False)
    assert len(told.blind) == 2


def test_how_doubts_ended_is_counted() -> None:
    told = judge_resent(attempts(LOST, PUBLISHED, ABSENT, LOOK, LOOK, ("publish", "found")), keyed=True)
    assert (told.by_key, told.by_read_back) == (1, 2)
