"""The soak's minute in CI: a whole `bfbot up` at 20 posts a second does not grow with what it sends.

The hour belongs to `make bench`. So short a run sees a leak of eight kilobytes a post, not of a hundred bytes.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.soak import soak

pytestmark = pytest.mark.slow

SECONDS, RATE = 60.0, 20.0
ALLOWED = 7.0
"""Megabytes after the warm-up: for 900 posts, and the last caches of a process that is just up."""


def test_a_minute_at_work_does_not_make_it_grow(tmp_path: Path) -> None:
    found = soak(tmp_path, SECONDS, RATE)
    print(found.drawn, f"grown by {found.grown:.1f} MB")
    assert found.posts == SECONDS * RATE, "all went out, however busy the machine is"
    assert found.grown < ALLOWED, found.drawn
