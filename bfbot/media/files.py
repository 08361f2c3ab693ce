"""Writing a file so that it is there whole or not at all, and reading one without following links."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path

from bfbot.errors import ConfigurationError


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` (0644), durable when this returns: a kill leaves the old file or the new one.

    Raises ConfigurationError when the disk is full or the folder cannot be written.
    """
    temporary = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fchmod(file.fileno(), 0o644)
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync_folder(path.parent)
    except OSError as error:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
        raise _unsaved(error, path) from error


def move_whole(made: Path, path: Path) -> None:
    """Move a finished file on the same disk to `path` (0644), durable when this returns; raises as above."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(made, os.O_RDONLY)
        try:
            os.fchmod(descriptor, 0o644)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        os.replace(made, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise _unsaved(error, path) from error


def read_plain(path: Path) -> bytes:
    """The bytes of an ordinary file. Raises OSError; a symbolic link is an error, not followed."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def _unsaved(error: OSError, path: Path) -> ConfigurationError:
    return ConfigurationError(
        f"A picture could not be saved: {error.strerror}.",
        where=str(path.parent),
        mend="Make room on the disk, or give bfbot the right to write there. Nothing was lost: try again.",
    )


def _sync_folder(folder: Path) -> None:
    """The new name itself must survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
