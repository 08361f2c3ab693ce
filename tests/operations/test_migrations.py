"""A workspace of every schema there was comes up to date with its rows in it, and a copy is kept before."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.desk import Desk, new_desk
from tests.engine.networks import approved, state
from tests.operations.schemas import KEPT, NAMES, by_todays_migrations, lay_down, tables_of_ours

pytestmark = pytest.mark.slow

FIRST, NEWEST = NAMES[0], NAMES[-1]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """A workspace of the newest schema with something in every table that a day's work fills."""
    desk = new_desk(tmp_path_factory.mktemp("filled") / "desk")
    post = approved(desk, "practice-lga", "Out before the schema changed.")
    approved(desk, "practice-lga", "Still to go.", "--at", "2030-01-07T09:00")
    desk.well("once")
    assert state(desk, post) == "published"
    # Whatever the hour, no posting time comes into the week that is planned ahead while the tests look at it.
    desk.write("schedules/slots.yaml", "slots: []\n")
    desk.well("pause", "--reason", "A day of rest", "--by", "Bea")
    desk.well("once")
    return desk


def of_schema(name: str, filled: Desk, home: Path) -> Desk:
    """A workspace as a bfbot of that schema left it: laid down as on the day of its release, with those rows."""
    shutil.copytree(filled.home, home)
    database = home / "var/bfbot.sqlite3"
    database.unlink()
    lay_down(name, database)
    with closing(sqlite3.connect(database)) as old, old:
        old.execute("PRAGMA foreign_keys = OFF")
        old.execute("ATTACH ? AS now", [str(filled.home / "var/bfbot.sqlite3")])
        for table, had in columns(old, "main").items():
            shared = [one for one in had if one in columns(old, "now").get(table, [])]
            if table.startswith("ledger_") and shared:
                listed = ", ".join(f'"{one}"' for one in shared)
                old.execute(f"INSERT INTO main.{table} ({listed}) SELECT {listed} FROM now.{table}")
    return Desk(home)


def columns(database: sqlite3.Connection, schema: str) -> dict[str, list[str]]:
    tables = database.execute(f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'").fetchall()
    return {
        name: [row[1] for row in database.execute(f"PRAGMA {schema}.table_info('{name}')")] for (name,) in tables
    }


def counts(desk: Desk) -> dict[str, int]:
    tables = [name for (name,) in desk.rows("SELECT name FROM sqlite_master WHERE name LIKE 'ledger_%'")]
    listed = desk.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {
        name: desk.rows(f"SELECT count(*) FROM {name}")[0][0]
        for name in tables
        if (name,) in listed and name not in {"ledger_alert", "ledger_probe"}
    }


@pytest.mark.parametrize("schema", NAMES[:-1])
def test_every_row_of_an_older_schema_comes_along(schema: str, filled: Desk, tmp_path: Path) -> None:
    desk = of_schema(schema, filled, tmp_path / "old")
    before = counts(desk)
    assert before["ledger_post"] == counts(filled)["ledger_post"] > 1
    behind = desk("queue", "list")
    assert behind.code == 4
    assert "bfbot up" in behind.err
    desk.well("once")
    after = counts(desk)
    assert {name: after[name] for name in before if name != "ledger_occurrence"} == {
        name: count for name, count in before.items() if name != "ledger_occurrence"
    }
    assert desk.well("audit").code == 0, "the record of decisions is whole"
    assert ("ledger", NEWEST) in desk.rows("SELECT app, name FROM django_migrations")
    assert list((desk.home / "var/backups").glob("before-migration-*"))
    assert desk.rows("PRAGMA foreign_key_check") == []


def test_the_copy_that_was_kept_before_can_be_restored(filled: Desk, tmp_path: Path) -> None:
    desk = of_schema(FIRST, filled, tmp_path / "old")
    before = counts(desk)["ledger_post"]
    desk.well("once")
    (copy,) = (desk.home / "var/backups").glob("before-migration-*")
    desk.well("restore", copy)
    assert counts(desk)["ledger_post"] == before
    assert "Restored from the backup" in desk.json("holds")[-1]["reason"]
    assert desk.well("audit").code == 0


def test_the_models_have_no_change_that_no_migration_knows(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "django", "makemigrations", "--check", "--dry-run", "ledger"],
        env=Desk(tmp_path).environment({"DJANGO_SETTINGS_MODULE": "bfbot.ledger.settings"}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stdout


def test_a_migration_stays_as_it_was_released(tmp_path: Path) -> None:
    """A new migration is kept by `python -m tests.operations.schemas`; an old one that differs was changed."""
    assert sorted(path.stem for path in KEPT.glob("*.sql")) == NAMES
    for name, sql in by_todays_migrations(NAMES, tmp_path).items():
        kept = (KEPT / f"{name}.sql").read_text(encoding="utf-8")
        assert tables_of_ours(sql) == tables_of_ours(kept), name
