"""Planned posts that a restore put in doubt: told once an account, and each by itself when its time is near."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bfbot.alerts.decide import APPROVE_BEFORE, to_notice, troubles
from bfbot.alerts.seen import Kind, Seen, Trouble
from bfbot.alerts.wording import line, message
from bfbot.domain.states import SOUGHT, UNTRACED, DeliveryState
from bfbot.domain.watching import Known, Stuck

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
ONE = Stuck(
    delivery=7,
    post=3,
    account="town",
    state=DeliveryState.UNKNOWN,
    reason=UNTRACED,
    error="No connection.",
    due_at=LATER,
    doubt_since=NOW - timedelta(hours=1),
    text="Ask a carer",
)


def told(*those: Stuck, now: datetime = NOW) -> list[Trouble]:
    return troubles(Seen(stuck=those), now)


def queue(size: int, **fields: object) -> list[Stuck]:
    many = (replace(ONE, delivery=n, post=n, due_at=LATER + timedelta(hours=n)) for n in range(size))
    return [replace(one, **fields) for one in many]  # type: ignore[arg-type]  # by name


def test_while_bfbot_finds_out_nobody_is_told_however_long_it_was_not_running() -> None:
    assert told(*queue(300, reason=SOUGHT)) == []
    assert told(*queue(300, reason=SOUGHT), now=NOW + timedelta(days=1)) == []
    assert told(replace(ONE, reason=SOUGHT), now=LATER - timedelta(minutes=1)) == []
    assert [one.kind for one in told(replace(ONE, reason=SOUGHT), now=LATER)] == [Kind.UNKNOWN]


def test_a_whole_queue_is_one_message_and_is_told_once() -> None:
    (one,) = told(*queue(300))
    assert (one.kind, one.path) == (Kind.EARLY, "/queue?show=stuck")
    said = line(one, "Europe/London")
    assert "300 posts planned on town may be out already" in said
    assert "the first is Wed 25 Nov 09:00. No connection." in said
    assert "may be out already" in message([one], address="https://d", zone="Europe/London", name="n").title
    known = {one.key: Known(one.key, one.fingerprint, NOW, NOW, None)}
    assert to_notice(told(*queue(120)), known, NOW + timedelta(hours=1)) == [], "fewer of them are no news"


def test_one_an_account_each_with_its_own_count() -> None:
    both = told(*queue(2), *queue(1, account="village"))
    assert [(one.account, one.of) for one in both] == [("town", "2 posts"), ("village", "1 post")]


def test_each_is_told_by_itself_half_an_hour_before_its_time() -> None:
    near, far = ONE, replace(ONE, delivery=8, post=4, due_at=LATER + timedelta(days=1))
    early = LATER - APPROVE_BEFORE
    assert [one.kind for one in told(near, far, now=early - timedelta(seconds=1))] == [Kind.EARLY]
    assert [(one.kind, one.post) for one in told(near, far, now=early)] == [(Kind.UNKNOWN, 3), (Kind.EARLY, None)]
