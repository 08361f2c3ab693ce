"""Clips are prepared beside everything else: whoever needs one is told to come back, and nobody waits unasked.

One thread of the process has them encoded, one after the other. It is started by whoever asks first, and what is
lost with the process is begun again by the next who asks: all that it works from is the file in messages/.
"""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from bfbot.config import config
from bfbot.errors import BfbotError, ContentRefused
from bfbot.media import clip_work, clips

log = logging.getLogger(__name__)

_lock = threading.Lock()
_waiting: dict[tuple[Path, Path], None] = {}  # (file, store) in their order; the first is in work
_running: list[threading.Thread] = []


class BeingPrepared(ContentRefused):
    """Nothing is wrong with it: it is there in a while. `done` is in per cent."""

    def __init__(self, message: str, *, mend: str = "", where: str = "", done: int = 0) -> None:
        super().__init__(message, mend=mend, where=where)
        self.done = done


def ready(path: Path, *, root: Path | None = None) -> clips.Clip:
    """The clip of this file; it is never waited for.

    Raises BeingPrepared where it is not there yet, and has it prepared; else what `clips.store` raises.
    """
    base = root or config().var / "media"
    clip = clips.found(path, root=base)
    if clip is not None:
        return clip
    first = _begin(path, base)
    done = clip_work.done(base / "clips") if first else 0
    how_far = f"{done} per cent done" if first else "others come before it"
    raise BeingPrepared(
        f"The clip {path.name} is being prepared: {how_far}.",
        mend="Nothing needs to be done. Try again in a minute.",
        done=done,
    )


def wait(path: Path, patience: float, *, root: Path | None = None) -> clips.Clip:
    """As `ready`, after at most `patience` seconds."""
    ends = time.monotonic() + patience
    while True:
        try:
            return ready(path, root=root)
        except BeingPrepared:
            if time.monotonic() > ends:
                raise
        # Short sleeps, not a timed wait: those hang where the clock of the machine is simulated.
        time.sleep(0.05)


def finish() -> None:
    """Wait for all that this process has begun."""
    for thread in list(_running):
        thread.join()


def _begin(path: Path, base: Path) -> bool:
    """Have it prepared, where that has not begun; whether it is the one in work."""
    with _lock:
        _waiting.setdefault((path, base))
        if not _running:
            thread = threading.Thread(target=_work, name="clips", daemon=True)
            _running.append(thread)
            thread.start()
        return next(iter(_waiting)) == (path, base)


def _work() -> None:
    while True:
        with _lock:
            if not _waiting:
                _running.clear()
                return
            path, base = next(iter(_waiting))
        try:
            clips.store(path, root=base)
        except BfbotError:
            pass  # remembered, and told to whoever asks
        except Exception:
            log.exception("a clip could not be prepared", extra={"clip": path.name})
        finally:
            with _lock:
                _waiting.pop((path, base), None)
