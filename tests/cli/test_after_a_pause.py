"""`clear`, `missed` and `season`, in this process: what they print, and that they refuse as the desk does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bfbot.cli.main import bfbot
from bfbot.config import config
from bfbot.desk import review, stops, writing
from bfbot.domain.post import Post, Wording
from bfbot.domain.states import DeliveryState
from bfbot.errors import BfbotError
from bfbot.ledger import models, posts
from tests.workspace import APPROVER, AUTHOR, BRIGHT, PRACTICE, SECOND, clear, small_workspace

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr("bfbot.engine.database.ensure_ready", lambda: None)
    monkeypatch.setattr("bfbot.engine.logs.set_up", lambda level: None)
    yield small_workspace(config().home)
    clear(config().home)


def run(*words: object) -> Result:
    return CliRunner().invoke(bfbot, [str(one) for one in words])


def well(*words: object) -> str:
    done = run(*words)
    assert done.exit_code == 0, (done.output, done.exception)
    return done.stdout


def approved(text: str = "Family hubs are open to everybody this winter.") -> Post:
    now = datetime.now(UTC)
    post = writing.write(
        campaign=BRIGHT, accounts=[PRACTICE], wording=Wording(text), at=now, actor=AUTHOR, now=now
    )
    review.submit(post.id, actor=AUTHOR, now=now)
    return review.approve(post.id, actor=APPROVER, now=now)


def missed(text: str) -> Post:
    post = approved(text)
    models.Delivery.objects.filter(post_id=post.id).update(state=DeliveryState.MISSED, reason="paused")
    return post


def begin(home: Path) -> None:
    now = datetime.now(UTC)
    line = f"{{id: local, name: Local elections, from: {now:%Y-%m-%d}, until: 2099-05-06, zone: UTC}}"
    (home / "schedules" / "season.yaml").write_text(f"periods:\n  - {line}\n", encoding="utf-8")


def test_two_people_clear_one_post(home: Path) -> None:
    post = approved()
    stops.pause(actor=AUTHOR, now=datetime.now(UTC), reason="Mourning.")
    asked = run("clear", post.id, "--ask", "The helpline moved.", "--by", AUTHOR, "--json")
    assert asked.exit_code == 0
    assert json.loads(asked.stdout)["held"] is True
    assert isinstance(run("clear", post.id, "--by", AUTHOR).exception, BfbotError)
    assert json.loads(well("clear", post.id, "--by", APPROVER, "--json"))["held"] is False


def test_the_list_after_a_pause(home: Path) -> None:
    first, second, third = (missed(f"Family hub number {one} is open to everybody.") for one in range(3))
    listed = json.loads(well("missed", "list", "--json"))
    assert [(one["id"], one["in_a_pause"]) for one in listed] == [(one.id, True) for one in (first, second, third)]
    assert "Family hub number 0" in well("missed", "list")
    words = well(
        "missed", "again", first.id, third.id, "--at", "2095-01-07T09:00", "--apart", "30 min", "--by", AUTHOR
    )
    assert "2 posts: new times." in words
    assert posts.get(third.id).scheduled_for - posts.get(first.id).scheduled_for == timedelta(minutes=30)
    assert "1 post: cancelled." in well("missed", "cancel", "--all", "--by", AUTHOR)
    assert run("missed", "again", "--at", "2095-01-07T09:00", "--by", AUTHOR).exit_code != 0
    assert run("missed", "again", 1, "--at", "2095-01-07T09:00", "--apart", "soon", "--by", AUTHOR).exit_code != 0
    mixed = run("missed", "cancel", first.id, 4711, "--by", AUTHOR)
    assert mixed.exit_code != 0
    assert "There is no post 4711" in mixed.stderr


def test_what_a_period_affects_and_who_keeps_it(home: Path) -> None:
    post, lobbying = approved(), approved("Write to your MP about family hubs.")
    begin(home)
    (period,) = json.loads(well("season", "list", "--json"))
    assert (period["id"], period["state"], period["timezone"]) == ("local", "runs", "UTC")
    shown = {one["subject"]: one for one in json.loads(well("season", "show", "local", "--json"))["affects"]}
    assert shown[f"post:{post.id}"]["may_keep"] is True
    assert shown[f"post:{lobbying.id}"]["may_keep"] is False
    assert shown["message:doors"]["sort"] == "recurring"
    told = well("season", "show", "local")
    assert f"bfbot season keep local post:{post.id} --say WHY | bfbot queue edit {post.id}" in told
    assert f"  bfbot queue edit {lobbying.id} | bfbot queue withdraw {lobbying.id}" in told
    kept = well("season", "keep", "local", post.id, "message:doors", "--say", "A service.", "--by", SECOND)
    assert f"post:{post.id} is kept, by {SECOND}." in kept
    assert f"kept by {SECOND}: A service." in well("season", "show", "local")
    assert run("season", "keep", "local", lobbying.id, "--say", "Please.", "--by", SECOND).exit_code != 0
    assert "Local elections" in well("season", "list")


def test_the_explanation(home: Path) -> None:
    begin(home)
    made = json.loads(well("season", "explain", "local", "--campaign", BRIGHT, "--by", AUTHOR, "--json"))
    assert made["state"] == "in_review"
    assert "Until 6 May 2099 we post less" in made["text"]
