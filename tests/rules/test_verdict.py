"""Which findings stop which step."""

from __future__ import annotations

import pytest

from bfbot.domain.finding import Finding, Level, Moment
from bfbot.rules.verdict import confirmations, holds, open_findings, refusals, stopping, warnings

FINDINGS = {level: Finding("rule", level, f"{level}.", "Mend it.") for level in Level}
EVERY = tuple(FINDINGS.values())


def test_each_level_has_its_name() -> None:
    assert refusals(EVERY) == (FINDINGS[Level.REFUSE],)
    assert confirmations(EVERY) == (FINDINGS[Level.CONFIRM],)
    assert holds(EVERY) == (FINDINGS[Level.HOLD],)
    assert warnings(EVERY) == (FINDINGS[Level.WARN],)


@pytest.mark.parametrize(
    ("moment", "confirmed", "levels"),
    [
        (Moment.SUBMIT, "", {Level.REFUSE}),
        (Moment.APPROVE, "", {Level.REFUSE, Level.CONFIRM}),
        (Moment.APPROVE, "  ", {Level.REFUSE, Level.CONFIRM}),
        (Moment.APPROVE, "Checked.", {Level.REFUSE}),
        (Moment.SEND, "", {Level.REFUSE, Level.CONFIRM, Level.HOLD}),
        (Moment.SEND, "Checked.", {Level.REFUSE, Level.HOLD}),
    ],
)
def test_what_stops_a_step(moment: Moment, confirmed: str, levels: set[Level]) -> None:
    assert {one.level for one in stopping(EVERY, moment, confirmed)} == levels


def test_open_findings_leave_out_what_is_settled() -> None:
    assert {one.level for one in open_findings(EVERY)} == {Level.REFUSE, Level.CONFIRM, Level.HOLD}
    assert {one.level for one in open_findings(EVERY, "Checked.")} == {Level.REFUSE, Level.HOLD}
