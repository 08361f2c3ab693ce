"""A small desk behind the pages: one campaign, two practice accounts, people of every role, real files."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client

from bfbot.config import config
from bfbot.desk import review, writing
from bfbot.domain.post import Post, Wording
from bfbot.ledger.models import User
from bfbot.web import throttle, verdicts
from tests.web.files import FILES
from tests.web.people import add_team

PASSWORD = "a long enough password"  # one hash is made and shared: argon2 is slow on purpose


@pytest.fixture(scope="session")
def password_hash() -> str:
    from django.contrib.auth.hashers import make_password

    return make_password(PASSWORD)


@pytest.fixture
def workspace() -> Iterator[Path]:
    """The tests' workspace with files in it; a real one, without SAMPLE."""
    home = config().home
    for folder in ("messages", "schedules"):
        shutil.rmtree(home / folder, ignore_errors=True)
    for name, text in FILES.items():
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (home / "SAMPLE").unlink(missing_ok=True)
    verdicts._known.clear()
    throttle.throttle.__init__()  # type: ignore[misc]  # every test begins without failures
    yield home
    (home / "SAMPLE").unlink(missing_ok=True)
    for folder in ("messages", "schedules"):
        shutil.rmtree(home / folder, ignore_errors=True)


@pytest.fixture
def team(db: None, workspace: Path, password_hash: str) -> dict[str, User]:
    return add_team(password_hash)


SignIn = Callable[[str], Client]


@pytest.fixture
def signed_in(team: dict[str, User]) -> SignIn:
    """A browser in which this person has signed in; "" is nobody."""

    def sign_in(name: str, *, strict: bool = False) -> Client:
        client = Client(enforce_csrf_checks=strict)
        if name:
            client.force_login(team[name])
        return client

    return sign_in


@pytest.fixture
def draft(team: dict[str, User]) -> Post:
    """By the author, for tomorrow."""
    now = datetime.now(UTC)
    return writing.write(
        campaign="futures",
        accounts=["practice"],
        wording=Wording(text="Children do best when help comes early."),
        at=now + timedelta(days=1),
        actor="author",
        now=now,
    )


@pytest.fixture
def waiting(draft: Post) -> Post:
    """The same, sent for approval."""
    return review.submit(draft.id, actor="author", now=datetime.now(UTC))


@pytest.fixture
def approved(waiting: Post) -> Post:
    """The same, approved."""
    return review.approve(waiting.id, actor="approver", now=datetime.now(UTC))
