"""What cycles and races run on, one after the other: the networks, and a workspace with an empty ledger."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.faults.harness.moments import Moments
from tests.faults.harness.networks import Faulty, networks
from tests.faults.harness.processes import Child, home, ledger_of, put_back

IN_MEMORY = Path("/dev/shm")
ROOM = 1024**3


@dataclass(frozen=True)
class Ground:
    home: Path
    template: Path
    networks: dict[str, Faulty]
    moments: Moments

    def put_back(self) -> None:
        """The empty ledger with its team, while no process of bfbot lives."""
        put_back(self.home, self.template)


@contextmanager
def ground(folder: Path, template: Path | None = None) -> Iterator[Ground]:
    """In that new folder; with a copy of the ledger `template`, where it is there. One at a time in a process."""
    with ExitStack() as stack:
        kinds = networks()
        for one in kinds.values():
            stack.enter_context(one)
        workspace = stack.enter_context(home(folder, dict(kinds)))
        moments = Moments(workspace)
        empty = folder / "template.sqlite3"
        if template is not None and template.exists():
            shutil.copy(template, empty)
        else:
            Child("people:found").result()
            ledger_of(workspace).replace(empty)
        yield Ground(workspace, empty, kinds, moments)


def keep(template: Path, by: Ground) -> None:
    """For the next ground, so that it need not be made again."""
    if not template.exists():
        shutil.copy(by.template, template)


def fast_place() -> Path | None:
    """A file system in memory, where there is one with room: who is killed leaves to it what he wrote, too."""
    if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOM:
        return IN_MEMORY
    return None
