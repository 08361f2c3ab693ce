"""The bytes of the team's files: which there are, what they digest to, and what cannot be read of them."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bfbot.domain.finding import Fault

FOLDERS = ("schedules", "messages")
LARGEST = 1_000_000
_FORM = b"bfbot files 1\n"  # counts up when the same bytes come to mean something else


@dataclass(frozen=True)
class Source:
    """One file: `name` is its path below the workspace, as faults print it."""

    name: str
    data: bytes


Fingerprint = tuple[tuple[str, int, int, int], ...]
"""Path, size, time of change and number of each file, pictures too: while it stays, nothing was touched.

The time of change is the system's own (ctime): a copy that keeps the old date of a file moves it all the same.
"""


def fingerprint(home: Path) -> Fingerprint:
    """Cheap: looks at the files without opening one. Missing folders give an empty one."""
    found: list[os.DirEntry[str]] = []
    for folder in FOLDERS:
        found += [one for one in _entries(home / folder) if _is_ours(one.name)]
    found += _others(home / "messages")
    return tuple(sorted(_looked_at(one) for one in found))


def _looked_at(entry: os.DirEntry[str]) -> tuple[str, int, int, int]:
    try:
        found = entry.stat(follow_symlinks=False)
    except OSError:
        return entry.path, -1, 0, 0
    return entry.path, found.st_size, found.st_ctime_ns, found.st_ino


def read_sources(home: Path) -> tuple[tuple[Source, ...], list[Fault]]:
    """Every YAML file of schedules/ and messages/, by name, and a fault for each unreadable one."""
    sources, faults = [], []
    for path in _paths(home):
        name = _name(home, path)
        try:
            sources.append(Source(name, _read(path)))
        except _Unreadable as refused:
            faults.append(Fault(name, 1, "error", "file", refused.what, refused.mend))
        except OSError as error:
            what = f"The file cannot be read: {error.strerror or error}."
            faults.append(Fault(name, 1, "error", "file", what, "Mend its owner and its rights, or the disk."))
    for folder in FOLDERS:
        if (home / folder).exists() and not _listable(home / folder):
            faults.append(
                Fault(folder, 1, "error", "file", "The folder cannot be read.", "Mend its owner and its rights.")
            )
    return tuple(sources), faults


def digest(sources: tuple[Source, ...]) -> str:
    """sha256 (hex) of names and bytes; the same bytes under the same names give the same one anywhere."""
    total = hashlib.sha256(_FORM)
    for source in sorted(sources, key=lambda one: one.name):
        total.update(f"{source.name}\0{len(source.data)}\0".encode())
        total.update(source.data)
    return total.hexdigest()


class _Unreadable(Exception):
    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend


def _read(path: Path) -> bytes:
    """The file's bytes. Never follows a link, never waits at a pipe, never reads more than the limit."""
    if path.is_symlink():
        raise _Unreadable("The file is a link, which may lead outside the workspace.", "Put the file itself here.")
    descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise _Unreadable("This is not a file.", "Remove it, or give it another ending than .yaml.")
        with open(descriptor, "rb", closefd=False) as file:
            data = file.read(LARGEST + 1)
    finally:
        os.close(descriptor)
    if len(data) > LARGEST:
        raise _Unreadable(f"The file is larger than {LARGEST:,} bytes.", "Part it into several files.")
    return data


def _paths(home: Path) -> list[Path]:
    """Files of both folders that end in .yaml or .yml; an editor's own (.name, #name) are left out."""
    return [
        Path(one.path)
        for folder in FOLDERS
        for one in sorted(_entries(home / folder), key=lambda one: one.name)
        if _is_ours(one.name)
    ]


def _others(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    """Everything else below it, pictures and clips."""
    for one in _entries(folder):
        if one.is_dir(follow_symlinks=False):
            yield from _others(one.path)
        elif not one.name.endswith((".yaml", ".yml")):
            yield one


def _is_ours(name: str) -> bool:
    return name.endswith((".yaml", ".yml")) and name[0] not in ".#"


def _entries(folder: Path | str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as found:
            return list(found)
    except OSError:
        return []


def _listable(folder: Path) -> bool:
    try:
        os.listdir(folder)
    except OSError:
        return False
    return True


def _name(home: Path, path: Path) -> str:
    return path.relative_to(home).as_posix().encode("utf-8", "replace").decode()
