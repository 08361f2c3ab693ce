"""A workspace of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Desk, new_desk
from tests.engine.networks import X_SETTINGS
from tests.simulators.mastodon import TOKEN


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return new_desk(tmp_path / "desk", TOWN_ENTRY=TOKEN, **X_SETTINGS)
