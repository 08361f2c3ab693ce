"""Structured logs without secrets: one JSON object a line on stderr; in a terminal, a line to read."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

from bfbot.ledger.names import WITHHELD, allowed

_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_CREDENTIALS = re.compile(
    r"(?i)(authorization|token|secret|password|key)([\"']?\s*[:=]\s*\\?[\"']?)(bearer\s+|oauth\s+)?[^\s\"'\\,&]+"
)
_SHORTEST = 6
"""What is shorter is no secret worth the name, and would blot out half of every line."""


class JsonLines(logging.Formatter):
    """Time, level, where, what, and whatever `extra` was given; secrets are blotted out wherever they stand."""

    def __init__(self) -> None:
        super().__init__()
        self._hidden: tuple[str, ...] = ()

    def hide(self, secrets: Iterable[str]) -> None:
        """From now on these are blotted out too, in the form in which JSON writes them."""
        written = {json.dumps(one, ensure_ascii=False)[1:-1] for one in secrets if len(one) >= _SHORTEST}
        self._hidden = tuple(sorted({*self._hidden, *written}, key=len, reverse=True))

    def format(self, record: logging.LogRecord) -> str:
        entry: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "what": record.getMessage(),
        }
        entry.update({name: value for name, value in record.__dict__.items() if name not in _OWN})
        if record.exc_info:
            entry["trace"] = self.formatException(record.exc_info)
        line = self._blotted(json.dumps(entry, ensure_ascii=False, default=str))
        return line if allowed(line) else json.dumps({**dict(list(entry.items())[:3]), "what": WITHHELD})

    def _blotted(self, line: str) -> str:
        for secret in self._hidden:
            line = line.replace(secret, "•••")
        return _CREDENTIALS.sub(r"\1\2•••", line)


class ReadableLines(JsonLines):
    """For somebody who watches: local time, what, and the rest as name=value."""

    def format(self, record: logging.LogRecord) -> str:
        entry = json.loads(super().format(record))
        at = datetime.fromisoformat(entry.pop("at")).astimezone()
        level, trace = entry.pop("level"), entry.pop("trace", "")
        entry.pop("from")
        loud = "" if level == "info" else f"{level}: "
        what = entry.pop("what")
        rest = "".join(f"  {name}={value}" for name, value in entry.items())
        return f"{at:%H:%M:%S}  {loud}{what}{rest}" + (f"\n{trace}" if trace else "")


_lines = ReadableLines() if sys.stderr.isatty() else JsonLines()


def set_up(level: str) -> None:
    """Once a process. Libraries speak from warning on; they know nothing that a team needs to read."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_lines)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    chosen = logging.getLevelNamesMapping()[level.upper()]
    root.setLevel(max(chosen, logging.WARNING))
    logging.getLogger("bfbot").setLevel(chosen)


def hide(secrets: Iterable[str]) -> None:
    """Never to be seen in a line of this process."""
    _lines.hide(secrets)
