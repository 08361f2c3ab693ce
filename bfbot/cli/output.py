"""How commands print: a table for people, JSON for scripts; times with offset."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import click

from bfbot.cli.legible import beneath
from bfbot.domain.unseen import made_visible


def print_json(data: object) -> None:
    """To stdout, UTF-8, in the order given; a list has a line for each of its items.

    What nobody sees is escaped as JSON escapes it: a script reads what is there, a terminal obeys nothing.
    """
    if isinstance(data, list) and data:
        # Without indents the quick encoder works: it matters for ten thousand posts.
        text = "[\n" + ",\n".join(json.dumps(one, ensure_ascii=False) for one in data) + "\n]"
    else:
        text = json.dumps(data, ensure_ascii=False, indent=2)
    click.echo(made_visible(text, lambda name: f"\\u{name[2:].lower()}"))


def print_table(columns: Sequence[str], rows: Iterable[Sequence[object]], empty: str) -> None:
    """A table that fits the terminal; `empty` to stderr when there is nothing."""
    filled = [[_cell(one) for one in row] for row in rows]
    if not filled:
        click.echo(empty, err=True)
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in filled:
        table.add_row(*(Text(cell) for cell in row))
    # In a pipe nothing is folded to a guessed width.
    Console(file=beneath(sys.stdout), width=None if sys.stdout.isatty() else 200).print(table)


def iso(moment: datetime | None, zone: str) -> str | None:
    """ISO 8601 with the offset of `zone`, to the second."""
    return moment.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds") if moment else None


def _cell(value: object) -> str:
    if value is None:
        return "–"
    if isinstance(value, datetime):
        return f"{value:%a %d %b %Y %H:%M}"
    return made_visible(str(value), "<{}>".format)
