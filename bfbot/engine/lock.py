"""One bfbot a workspace: an OS lock, which proves at the same time that earlier workers are dead."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import IO

from bfbot.errors import ConfigurationError


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

    def release(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None
