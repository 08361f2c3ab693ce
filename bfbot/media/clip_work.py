"""One clip at a time in a child process that ends: started, watched, believed no further than its figures go."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bfbot.errors import ContentRefused
from bfbot.media.clip_child.bounds import NO_ROOM, Bounds

LOOKS_AGAIN = 0.2  # seconds between two looks at the child, and at the lock

log = logging.getLogger(__name__)

_COMMAND = (sys.executable, "-I", "-m", "bfbot.media.clip_child")
_NEW, _LOCK, _SAID = ".new-", ".one-at-a-time", "said"
Told = Callable[[int], None]
"""Is told again and again how much is done, in per cent."""


class Found(ContentRefused):
    """What the child found wrong with the clip: it would find the same again."""


@contextlib.contextmanager
def at_work(folder: Path, told: Told) -> Iterator[Path]:
    """An empty folder in `folder`, for the only child that works there, of whichever process.

    Waits for its turn. What one left that was killed is cleared away.
    """
    folder.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o644)
    try:
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                told(done(folder))
                time.sleep(LOOKS_AGAIN)
        for left in folder.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)
        with tempfile.TemporaryDirectory(dir=folder, prefix=_NEW, ignore_cleanup_errors=True) as made:
            yield Path(made)
    finally:
        os.close(descriptor)


def done(folder: Path) -> int:
    """How much of the clip in work there is done, in per cent, whichever process works on it."""
    shares = [0]
    for said in folder.glob(f"{_NEW}*/{_SAID}"):
        with contextlib.suppress(OSError):
            shares.append(min(99, said.lstat().st_size))
    return max(shares)


def in_child(
    file: BinaryIO, kind: str, folder: Path, bounds: Bounds, most: tuple[int, ...], told: Told
) -> dict[str, int]:
    """The child's three figures; `most`: pixels, seconds, bytes. Input and answer are files: it blocks nobody.

    Raises ContentRefused for the clip's own faults, OSError where the disk is full.
    """
    file.seek(0)
    ends = time.monotonic() + bounds.clock
    numbers = (os.getpid(), bounds.memory, bounds.work, *most)
    with (folder / _SAID).open("w+b") as answer:
        child = subprocess.Popen(  # noqa: S603 - our own module, run by our own interpreter
            [*_COMMAND, kind, str(folder), *map(str, numbers)],
            stdin=file,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            env={"PATH": os.defpath, "LC_ALL": "C.UTF-8", "MALLOC_ARENA_MAX": "1"},
            close_fds=True,
        )
        try:
            while child.poll() is None:
                if time.monotonic() > ends:
                    raise ContentRefused("Working on the clip took too long.", mend="Save it again, smaller.")
                told(min(99, os.fstat(answer.fileno()).st_size))
                time.sleep(LOOKS_AGAIN / 4 if time.monotonic() < ends - bounds.clock + 2 else LOOKS_AGAIN)
        finally:
            with contextlib.suppress(ProcessLookupError):
                child.kill()
            child.wait()
        if child.returncode == NO_ROOM:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        answer.seek(0)
        said = answer.read(10_000)
    return figures(said.lstrip(b"."))


def figures(said: bytes) -> dict[str, int]:
    """A child that died, or was taken over, may say anything."""
    damaged = ContentRefused("The clip is damaged or too tangled to read.", mend="Save it again and retry.")
    try:
        told: Any = json.loads(said)
    except ValueError:
        raise damaged from None
    if not isinstance(told, dict):
        raise damaged
    if told.get("missing"):
        raise ContentRefused(  # of this clip alone: everything else goes on without the package
            "Clips need a package that is not installed here.",
            mend="Run make clips in the folder of bfbot, or post a picture instead.",
        )
    if told.get("why"):
        log.info("a clip could not be read", extra={"why": str(told["why"])[:200]})
    if told.get("refused"):
        raise Found(str(told["refused"])[:200], mend=str(told.get("mend", ""))[:200])
    found = {name: told.get(name) for name in ("width", "height", "milliseconds")}
    if any(type(one) is not int or not 0 < one < 10**8 for one in found.values()):
        raise damaged
    return found  # type: ignore[return-value]  # whole numbers, as was just looked at
