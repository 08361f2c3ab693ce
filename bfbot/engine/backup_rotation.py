"""Which daily backups are kept: the newest of each of seven days, and of each of four weeks. Pure."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable
from datetime import UTC, datetime

DAYS, WEEKS = 7, 4
_NAME = re.compile(r"bfbot-(\d{8}T\d{6}Z)\.tar", re.ASCII)


def name_of(moment: datetime) -> str:
    """The file name of a backup made at `moment` (aware)."""
    return f"bfbot-{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}.tar"


def taken_at(name: str) -> datetime | None:
    """The moment in a backup's file name (UTC, to the second); None for any other file."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        return datetime.strptime(match[1], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None


def superfluous(names: Iterable[str]) -> list[str]:
    """Those that no rule keeps. Files with other names are nobody's to remove."""
    dated = {name: moment for name in names if (moment := taken_at(name)) is not None}
    newest_first = sorted(dated, key=lambda name: dated[name], reverse=True)
    days: dict[Hashable, str] = {}
    weeks: dict[Hashable, str] = {}
    for name in newest_first:
        days.setdefault(dated[name].date(), name)
        weeks.setdefault(dated[name].isocalendar()[:2], name)
    kept = {*list(days.values())[:DAYS], *list(weeks.values())[:WEEKS]}
    return [name for name in newest_first if name not in kept]
