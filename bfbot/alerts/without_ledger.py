"""The one alert that the ledger cannot remember: that it takes nothing any more."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from bfbot.alerts.sender import send
from bfbot.alerts.wording import Message
from bfbot.config import config

log = logging.getLogger(__name__)

LASTING = timedelta(minutes=1)
"""A database that was busy for a moment is no alert."""

AGAIN = timedelta(hours=1)


class Cry:
    """Told once it lasts, and each hour while it goes on. Remembers in this process only."""

    def __init__(self, sender: Callable[[Sequence[str], Message], bool] = send) -> None:
        self._sender = sender
        self._since: datetime | None = None
        self._told: datetime | None = None

    def works(self) -> None:
        self._since = self._told = None

    def fails(self, why: str, now: datetime) -> bool:
        """`why` is a sentence for people. Whether somebody was told just now."""
        self._since = min(self._since or now, now)
        if now - self._since < LASTING or (self._told is not None and now - self._told < AGAIN):
            return False
        self._told = now
        body = f"bfbot cannot write to its database, so nothing goes out. {why}"
        log.error("alert", extra={"alert": body, "about": "database"})
        return bool(config().alert_urls) and self._sender(
            config().alert_urls, Message("bfbot: the database refuses", body)
        )
