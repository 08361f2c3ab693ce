"""Every test of planning has a small workspace of its own, and three people."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bfbot.config import config
from tests.workspace import clear, small_workspace


@pytest.fixture
def home(db: None) -> Iterator[Path]:
    """The workspace; a test that commits for real asks for `transactional_db` before it."""
    yield small_workspace(config().home)
    clear(config().home)
