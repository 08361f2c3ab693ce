"""Structured logs: one JSON object a line on stderr, without secrets."""

from __future__ import annotations

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime

_OWN = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_CREDENTIALS = re.compile(
    r"(?i)(authorization|token|secret|password|key)([\"']?\s*[:=]\s*[\"']?)(bearer\s+|oauth\s+)?[^\s\"',&]+"
)


class JsonLines(logging.Formatter):
    """Time, level, where, what, and whatever `extra` was given; `secrets` are blotted out wherever they stand."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        super().__init__()
        self._secrets = sorted((one for one in secrets if len(one) >= 6), key=len, reverse=True)

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
        return self._blotted(json.dumps(entry, ensure_ascii=False, default=str))

    def _blotted(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, "•••")
        return _CREDENTIALS.sub(r"\1\2•••", line)


def set_up(level: str, secrets: Iterable[str] = ()) -> None:
    """Once a process. Libraries speak from warning on; they know nothing that a team needs to read."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines(secrets))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    logging.getLogger("bfbot").setLevel(level.upper())
