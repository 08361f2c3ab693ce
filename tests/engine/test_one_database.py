"""Two machines, one PostgreSQL database: the second bfbot is refused as a second one on this machine is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import Desk
from tests.postgres.cluster import cluster, missing

pytestmark = [pytest.mark.slow, pytest.mark.postgres, pytest.mark.skipif(bool(missing()), reason=missing())]


def test_the_second_is_refused_while_the_first_runs(tmp_path: Path) -> None:
    with cluster() as address:
        settings = {"BFBOT_DATABASE_URL": address, "BFBOT_SECRET_KEY": "one key for both of these workspaces"}
        first, second = Desk(tmp_path / "one", dict(settings)), Desk(tmp_path / "two", dict(settings))
        for desk in (first, second):
            desk.well("init", desk.home)
        with first.start("worker") as running:
            refused = second("once")
            assert (refused.code, refused.out) == (4, "")
            assert "Another bfbot runs on this database" in refused.err
            assert address not in refused.err
            assert running.stop() < 10
        second.well("once")
