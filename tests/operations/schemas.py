"""The schema of each release as it was laid down on that day, kept as SQL beside this file.

Migrations can be changed by mistake after their release; what lies in a team's workspace cannot. So an old
workspace is laid down from here, and not by today's migrations. `python -m tests.operations.schemas` writes the
schema of a new migration.
"""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import bfbot.ledger.migrations

KEPT = Path(__file__).parent / "released"
NAMES = sorted(path.stem for path in Path(bfbot.ledger.migrations.__file__).parent.glob("[0-9]*.py"))

_EACH_IN_TURN = """
import sqlite3, sys
import django
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

django.setup()
target, place, *names = sys.argv[1:]
others = [app for app, _ in MigrationLoader(None).graph.leaf_nodes() if app != "ledger"]
for name in names:
    for app in ["ledger", *others]:
        call_command("migrate", app, *([name] if app == "ledger" else []), verbosity=0)
    with sqlite3.connect(f"{place}/{name}.sqlite3") as copy, sqlite3.connect(target) as laid:
        laid.backup(copy)
"""


def lay_down(name: str, database: Path) -> None:
    """An empty database as a bfbot of that schema made it, at a path where none is yet."""
    with closing(sqlite3.connect(database)) as new:
        new.executescript((KEPT / f"{name}.sql").read_text(encoding="utf-8"))
        new.execute("PRAGMA journal_mode = WAL")


def by_todays_migrations(names: Iterable[str], place: Path) -> dict[str, str]:
    """What today's migrations lay down, each name's schema as SQL. `place` is an empty folder."""
    target = place / "var/bfbot.sqlite3"
    target.parent.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("BFBOT_")}
    subprocess.run(
        [sys.executable, "-c", _EACH_IN_TURN, str(target), str(place), *names],
        env={**kept, "BFBOT_HOME": str(place), "DJANGO_SETTINGS_MODULE": "bfbot.ledger.settings"},
        check=True,
        timeout=120,
    )
    return {name: _as_sql(place / f"{name}.sqlite3") for name in names}


def tables_of_ours(sql: str) -> list[str]:
    """The statements that make the ledger's own tables, indexes and triggers, in the order of their words."""
    with closing(sqlite3.connect(":memory:")) as read:
        read.executescript(sql)
        made = read.execute("SELECT sql FROM sqlite_master WHERE tbl_name LIKE 'ledger_%' AND sql IS NOT NULL")
        return sorted(row[0] for row in made)


def _as_sql(database: Path) -> str:
    """Every table, index and trigger, and of rows only which migrations were run."""
    with closing(sqlite3.connect(database)) as read:
        made = read.execute(
            "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' "
            "ORDER BY type = 'trigger', type = 'index', name"
        )
        lines = [f"{row[0]};" for row in made]
        run = read.execute("SELECT app, name FROM django_migrations ORDER BY id")
        into = "INSERT INTO django_migrations (app, name, applied) VALUES"
        lines += [f"{into} ('{app}', '{name}', '2026-11-22 00:00:00');" for app, name in run]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        KEPT.mkdir(exist_ok=True)
        for each, sql in by_todays_migrations(NAMES, Path(folder)).items():
            if not (KEPT / f"{each}.sql").exists():
                (KEPT / f"{each}.sql").write_text(sql, encoding="utf-8")
                print(f"{each}: written")
