"""Imports run down the house, and what decides never looks at a clock."""

from __future__ import annotations

import pytest
from importlinter.cli import lint_imports

from tests.architecture.tree import ROOT, calls, contracts, pure_files, short

CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today", "timezone.now", "utc_now")
CLOCKS += ("time.time", "time.time_ns", "time.monotonic", "time.sleep", "time.localtime", "time.gmtime")


def test_the_contracts_of_import_linter_are_kept(monkeypatch, capsys):
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0, capsys.readouterr().out


def test_every_folder_is_a_floor_of_the_house():
    layers = next(one["layers"] for one in contracts() if one["type"] == "layers")
    floors = {name.strip() for layer in layers for name in layer.split("|")}
    there = {f"bfbot.{path.parent.name}" for path in (ROOT / "bfbot").glob("*/__init__.py")}
    assert there <= floors, "a folder that no contract watches"


def test_every_rule_and_word_is_among_the_pure():
    folders = {path.parent.name for path in pure_files()}
    assert {"domain", "rules"} <= folders
    assert len(pure_files()) > 50


@pytest.mark.parametrize("path", pure_files(), ids=short)
def test_what_decides_looks_at_no_clock(path):
    looks = [f"{short(path)}:{line}: {name}()" for line, name in calls(path) if name.endswith(CLOCKS)]
    assert not looks, "the moment is an argument here"
