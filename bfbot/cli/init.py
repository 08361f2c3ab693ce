"""`init`: a workspace in a new or empty folder."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import click

from bfbot.errors import UsageError

_IGNORED = "var/\n.env\n"
_EMPTY = {"accounts.yaml": "accounts: []\n", "feeds.yaml": "feeds: []\n", "slots.yaml": "slots: []\n"}


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--empty", is_flag=True, help="Campaigns and statistics, but no accounts, feeds or posting times.")
@click.option("--sample", is_flag=True, help="The sample workspace of `make up`, with demo people and a past.")
def init(folder: Path, empty: bool, sample: bool) -> None:
    """Make a workspace from the shipped campaigns, with the practice channel as its only account."""
    if empty and sample:
        raise UsageError("A workspace is either empty or the sample.")
    if sample:
        from bfbot.sample.files import lay_out

        lay_out(folder.resolve())
        return
    home = folder.resolve()
    _still_free(home)
    try:
        _lay_out(home, empty)
        _make_database(home)
    except BaseException:
        for path in home.iterdir():  # half a workspace would be in the way of the next try
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        raise
    click.echo(f"{folder} is ready. Next: cd {folder} && bfbot up")


def _still_free(home: Path) -> None:
    """Make the folder where it is not there; raises UsageError where it is in use."""
    home.mkdir(parents=True, exist_ok=True)
    if any(home.iterdir()):
        raise UsageError(f"{home} is not empty.", mend="Choose a new folder.")


def _lay_out(home: Path, empty: bool) -> None:
    from bfbot.library.shipped import shipped_folder

    shipped = shipped_folder()
    for part in ("messages", "schedules"):
        shutil.copytree(shipped / part, home / part)
    if empty:
        for name, text in _EMPTY.items():
            (home / "schedules" / name).write_text(text)
    settings = home / ".env"
    settings.write_text((shipped / "config.example.env").read_text())
    settings.chmod(0o600)
    (home / ".gitignore").write_text(_IGNORED)


def _make_database(home: Path) -> None:
    os.environ["BFBOT_HOME"] = str(home)
    import django

    from bfbot.config import config

    config.cache_clear()
    django.setup()
    from bfbot.engine import database
    from bfbot.engine.units import utc_now
    from bfbot.library import current_revision
    from bfbot.platforms.registry import known

    database.prepare(utc_now())
    current_revision(utc_now(), platforms=known())
