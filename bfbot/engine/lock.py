"""One bfbot a workspace: an OS lock, which proves at the same time that earlier workers are dead."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from django.db import connection

from bfbot.config import config
from bfbot.errors import ConfigurationError

_DATABASE_LOCK = 0x62666F7431
"""Any number that no other program's advisory locks on this database use."""


class WorkspaceLock:
    """Held until the process ends, however it ends; never left behind by a kill."""

    def __init__(self, var: Path) -> None:
        self._path = var / "running"
        self._file: IO[str] | None = None

    def take(self) -> None:
        """Raises ConfigurationError naming the process that holds it."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        file = self._path.open("a+")
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            file.close()
            raise ConfigurationError(
                f"bfbot already runs on this workspace (process {holder}).",
                mend="Use that one, or stop it first; two would share one queue.",
                where=str(self._path.parent.parent),
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        self._file = file

    def take_database(self) -> None:
        """On PostgreSQL another machine may have the same database: its session lock says so.

        It is held by this thread's connection, which nobody closes. Raises ConfigurationError when it is taken.
        """
        if not config().database_url:
            return
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_lock(%s)", [_DATABASE_LOCK])
            (free,) = cursor.fetchone() or (False,)
        if not free:
            raise ConfigurationError(
                "Another bfbot runs on this database, perhaps on another machine.",
                mend="Use that one, or stop it first; two would share one queue.",
                where="BFBOT_DATABASE_URL",
            )

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
