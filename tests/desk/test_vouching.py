"""What was judged at the approval is not judged again, unless anything that it rests on has changed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.config import config
from bfbot.desk import judging, rulebook
from bfbot.desk.judging import check_at_send
from bfbot.domain.finding import Finding, Level
from bfbot.ledger import models, posts
from bfbot.rules.base import Case
from bfbot.rules.steady import STEADY
from tests.desk.steps import approved
from tests.workspace import NOW, clear, small_workspace

pytestmark = pytest.mark.django_db
SOON = NOW + timedelta(minutes=5)


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    yield small_workspace(config().home)
    clear(config().home)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The rules that were asked, each time."""
    seen: list[set[str]] = []

    def judge(case: Case, rules: tuple[object, ...]) -> tuple[Finding, ...]:
        seen.append({one.id for one in rules})  # type: ignore[attr-defined]  # they are Rules
        return ()

    monkeypatch.setattr(judging, "judge", judge)
    return seen


def test_words_are_judged_once_and_the_moment_every_time(home: Path, asked: list[set[str]]) -> None:
    delivery = posts.get(approved(at=SOON).id).deliveries[0]
    assert delivery.vouched
    asked.clear()
    check_at_send(delivery, SOON)
    assert not asked[0] & STEADY
    assert asked[0] >= {"window", "hold", "quiet-time", "approval", "pair-together"}


def test_a_change_of_the_files_has_them_judged_again(home: Path, asked: list[set[str]]) -> None:
    delivery = posts.get(approved(at=SOON).id).deliveries[0]
    asked.clear()
    with (home / "messages" / "asks.yaml").open("a") as file:
        file.write("\n# a word\n")
    check_at_send(delivery, SOON + timedelta(minutes=1))
    assert asked[0] >= STEADY


def test_an_upgrade_has_them_judged_again(
    home: Path, asked: list[set[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    delivery = posts.get(approved(at=SOON).id).deliveries[0]
    asked.clear()
    monkeypatch.setattr(judging, "edition", lambda: "another")
    check_at_send(delivery, SOON)
    assert asked[0] >= STEADY
    assert len(rulebook.edition()) == 64


def test_what_words_were_stopped_for_is_asked_again(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stamp is given for what passes at send, not for what passed an approver."""
    from bfbot.desk import vouching

    held = Finding("facts", Level.HOLD, "Wait.", "Ask.")
    monkeypatch.setattr(vouching, "judge", lambda case, rules: (held,))
    assert posts.get(approved(at=SOON).id).deliveries[0].vouched == ""


def test_a_stamp_made_up_by_hand_helps_nobody(home: Path, asked: list[set[str]]) -> None:
    post = approved(at=SOON)
    models.Delivery.objects.filter(post_id=post.id).update(vouched="0" * 64)
    asked.clear()
    check_at_send(posts.get(post.id).deliveries[0], SOON)
    assert asked[0] >= STEADY
