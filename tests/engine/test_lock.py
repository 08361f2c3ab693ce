"""One bfbot a workspace."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bfbot.engine.lock import WorkspaceLock
from bfbot.errors import ConfigurationError


def test_a_second_one_is_refused_by_the_number_of_the_first(tmp_path: Path) -> None:
    first, second = WorkspaceLock(tmp_path / "var"), WorkspaceLock(tmp_path / "var")
    first.take()
    with pytest.raises(ConfigurationError, match=str(os.getpid())):
        second.take()
    first.release()
    second.take()
    second.release()


def test_another_workspace_is_another_matter(tmp_path: Path) -> None:
    first, second = WorkspaceLock(tmp_path / "one"), WorkspaceLock(tmp_path / "two")
    first.take()
    second.take()
    first.release()
    second.release()
