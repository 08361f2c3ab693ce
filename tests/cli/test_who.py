"""Who does it, and what is told where there is nobody or nothing to do it with."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bfbot.cli.main import bfbot
from bfbot.config import config
from bfbot.desk import people
from bfbot.domain.person import Role
from bfbot.errors import BfbotError
from tests.workspace import BRIGHT, FEEDS, PRACTICE, SCHEDULES, clear, make, small_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("bfbot.engine.database.ensure_ready", lambda: None)
    monkeypatch.setattr("bfbot.engine.logs.set_up", lambda level: None)
    yield small_workspace(config().home)
    clear(config().home)


def told(*words: str, typed: str = "") -> str:
    """Everything that the command said, its error included."""
    done = CliRunner().invoke(bfbot, list(words), input=typed)
    assert done.exception is None or isinstance(done.exception, (BfbotError, SystemExit)), done.exception
    return f"{done.output}{done.exception or ''}"


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("pause", "--reason", "Mourning."), "--by"),
        (("resume",), "--by"),
        (("queue", "withdraw", "1"), "--by"),
        (("queue", "add", "--campaign", BRIGHT, "--account", PRACTICE, "--text", "Come in."), "--author"),
    ],
)
def test_a_command_asks_for_the_name_by_its_own_option(home: Path, words: tuple[str, ...], option: str) -> None:
    for name, role in (("Second author", Role.AUTHOR), ("Second approver", Role.APPROVER)):
        people.add_user(name, role, actor="tests", now=datetime.now(UTC))
    assert f"Say who you are with {option}. One of:" in told(*words)


def test_no_password_is_judged_for_somebody_who_is_not_there(home: Path) -> None:
    assert "Nobody here" in (said := told("user", "passwd", "Nobody here", typed="short\n"))
    assert "too short" not in said


def test_with_no_feed_to_read_it_says_so(home: Path) -> None:
    make(home, SCHEDULES.replace(FEEDS, ""))
    assert "No feed is watched" in told("news", "poll")
