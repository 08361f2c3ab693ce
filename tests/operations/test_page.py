"""docs/operations.md knows every alert and every figure that there is, and none that there is not."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from bfbot.alerts import without_ledger
from bfbot.alerts.seen import Kind, Trouble
from bfbot.alerts.wording import line
from bfbot.config import config
from bfbot.engine import metrics
from tests.architecture.tree import ROOT
from tests.workspace import clear, small_workspace

PAGE = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SAID = {
    f"{kind} {how}": line(
        Trouble(kind, "key", "", "/", of="news", account="town", post=3, at=NOW, why=how, day=date(2026, 12, 1)),
        "Europe/London",
    )
    for kind in Kind
    for how in (("soon", "over") if kind is Kind.KEY else ("",))
}


def table(first_column: str) -> list[str]:
    """The first cell of each row of the table with that head."""
    after = PAGE.partition(f"| {first_column} |")[2]
    rows = after.partition("\n\n")[0].splitlines()[2:]
    return [row.split("|")[1].strip() for row in rows]


ROWS = table("the message says")


def of_row(cell: str, said: str) -> bool:
    return all(piece.strip() in said for piece in cell.split("…"))


@pytest.mark.parametrize("kind", SAID)
def test_every_alert_has_its_one_row(kind: str) -> None:
    assert len([cell for cell in ROWS if of_row(cell, SAID[kind])]) == 1, (SAID[kind], ROWS)


def test_no_row_is_of_an_alert_that_does_not_exist() -> None:
    beside = [cell for cell in ROWS if not any(of_row(cell, said) for said in SAID.values())]
    assert beside == ["cannot write to its database"]
    assert beside[0] in (ROOT / "bfbot/alerts/without_ledger.py").read_text(), without_ledger.__doc__


@pytest.mark.django_db
def test_every_figure_is_explained_and_no_other() -> None:
    small_workspace(config().home)
    try:
        there = {one.name for one in metrics.families(NOW)}
    finally:
        clear(config().home)
    assert set(re.findall(r"`(bfbot_[a-z_]+)`", PAGE)) == there


def test_backup_restore_upgrade_and_the_unit_have_their_parts() -> None:
    heads = set(re.findall(r"^## (.*)$", PAGE, re.MULTILINE))
    assert {"Alerts", "Watching it", "Backup", "Restore", "Upgrade", "As a service"} <= heads
    unit = PAGE.partition("```ini\n")[2].partition("```")[0]
    for needed in ("ExecStart=", "Restart=always", "KillSignal=SIGTERM", "TimeoutStopSec=", "[Install]"):
        assert needed in unit
