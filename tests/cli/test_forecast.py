"""`bfbot forecast` at a terminal and for scripts."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from bfbot.cli import forecast
from bfbot.config import config
from bfbot.errors import UsageError
from tests.workspace import NOW, change, clear, small_workspace


@pytest.fixture
def home(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(forecast, "begin", lambda: NOW)
    yield small_workspace(config().home)
    clear(config().home)


def _run(*words: str) -> str:
    return CliRunner().invoke(forecast.forecast, words, catch_exceptions=False).output


@pytest.mark.django_db
def test_a_table_for_people_says_where_when_and_why(home: Path) -> None:
    change(home, "A long bus ride should never stand between a child and support.", "The gap is {fact:gap}.")
    told = _run("--weeks", "1")
    assert "Look ahead from 23 November 2026 to 30 November 2026" in told
    assert "Mon 23 Nov 2026 18:00  practice  waits for approval" in told
    assert "expired on 31 December 2025" in told
    assert "posting times with nothing to say" in told.splitlines()[1]
    assert "an estimate" in told


@pytest.mark.django_db
def test_json_has_everything_with_offsets(home: Path) -> None:
    found = json.loads(_run("--weeks", "2", "--json"))
    assert found["counts"] == {"goes out": 0, "waits for approval": len(found["posts"]), "stopped": 0}
    first = found["posts"][0]
    assert datetime.fromisoformat(first["at"]).utcoffset() is not None
    assert (first["campaign"], first["account"], first["outcome"]) == ("bright", "practice", "waits for approval")
    assert first["why"][0]["why"] == "Nobody has approved it yet."
    assert {"empty", "refused", "themes", "statistics", "costs"} <= set(found)
    assert found["costs"][0]["estimate"] is True
    assert found["costs"][0]["prices_of"] == "2026-08-13"


@pytest.mark.django_db
def test_a_first_day_and_a_campaign(home: Path) -> None:
    found = json.loads(_run("--weeks", "1", "--from", "2026-12-07", "--campaign", "county", "--json"))
    assert found["from"] == "2026-12-07T00:00:00+00:00"
    assert [one["at"][:10] for one in found["posts"]] == ["2026-12-08", "2026-12-10"]
    assert _run("--from", "2026-11-23", "--weeks", "1") == _run("--weeks", "1"), "today is from now on"
    with pytest.raises(UsageError, match="no campaign"):
        _run("--campaign", "nowhere")
