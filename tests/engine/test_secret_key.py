"""The workspace's own key: one for all processes from the first moment, and never half of one."""

from __future__ import annotations

import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from bfbot.config import read
from bfbot.errors import ConfigurationError


def key(home: Path) -> str:
    return read({"BFBOT_HOME": str(home)}).secret_key()


def test_all_who_begin_at_once_have_the_same_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    start, real = Barrier(8), secrets.token_urlsafe
    # Long enough that the others look while one writes.
    monkeypatch.setattr(secrets, "token_urlsafe", lambda size: [time.sleep(0.02), real(size)][1])

    def begin(home: Path) -> str:
        start.wait()
        return key(home)

    with ThreadPoolExecutor(8) as pool:
        for number in range(3):
            home = tmp_path / str(number)
            (found,) = set(pool.map(begin, [home] * 8))
            assert len(found) == 64
            assert [one.name for one in (home / "var").iterdir()] == ["secret-key"]
            assert (home / "var/secret-key").stat().st_mode & 0o777 == 0o600


def test_a_key_that_was_cut_short_is_told_and_never_used(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    (tmp_path / "var/secret-key").touch()
    with pytest.raises(ConfigurationError, match="cut short"):
        key(tmp_path)
