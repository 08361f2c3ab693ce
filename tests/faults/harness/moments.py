"""The time, shared by all processes of a run: real time moved ahead; and the machine's clock may be wrong."""

from __future__ import annotations

import os
import struct
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

NAME = "moments"
LONDON = ZoneInfo("Europe/London")
_FORM = struct.Struct("dd")


class Moments:
    """Kept in a file of a few bytes, read anew each time."""

    def __init__(self, home: Path) -> None:
        self._path = home / NAME
        if not self._path.exists():
            self.reset()

    def reset(self, begin: datetime | None = None) -> None:
        """It is now, or then."""
        self._write((begin - datetime.now(UTC)).total_seconds() if begin else 0, 0)

    def on(self, seconds: float) -> None:
        """Time passes, for everybody."""
        if seconds:
            ahead, wrong = self._read()
            self._write(ahead + seconds, wrong)

    def put_wrong(self, seconds: float) -> None:
        """The clock of the machine on which bfbot runs is moved; the networks' are right."""
        ahead, _ = self._read()
        self._write(ahead, seconds)

    def world(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self._read()[0])

    def machine(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=sum(self._read()))

    def _read(self) -> tuple[float, float]:
        ahead, wrong = _FORM.unpack(self._path.read_bytes())
        return ahead, wrong

    def _write(self, ahead: float, wrong: float) -> None:
        new = self._path.with_suffix(f".{os.getpid()}")
        new.write_bytes(_FORM.pack(ahead, wrong))
        new.replace(self._path)


def clock_changes(after: datetime) -> tuple[datetime, datetime]:
    """The next two moments at which London's clocks change, one of each kind."""
    hours = (after.replace(minute=0, second=0, microsecond=0) + timedelta(hours=one) for one in range(1, 24 * 400))
    found = (one for one in hours if _offset(one) != _offset(one - timedelta(hours=1)))
    return next(found), next(found)


def _offset(moment: datetime) -> timedelta | None:
    return moment.astimezone(LONDON).utcoffset()
