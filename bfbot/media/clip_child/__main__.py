"""Run by itself: a clip on standard input, the same clip encoded anew into the folder named.

    python -I -m bfbot.media.clip_child KIND FOLDER PARENT MEGABYTES SECONDS PIXELS LONGEST BYTES < clip

KIND is mp4 or webm, PARENT the number of the process that waits for it. Into FOLDER come `clip` (always MP4) and
`still` (a PNG). To standard output goes a full stop for every per cent that is done, then what they are, as JSON.
Limits are set before the first byte is read, and tightened once it is known how much there is in the clip.
"""

from __future__ import annotations

import errno
import json
import os
import resource
import signal
import sys
from pathlib import Path

from bfbot.media.clip_child.bounds import NO_ROOM, Bounds

REFUSED = 3  # exit code: no clip, or one that is refused; the reason stands in the JSON
LITTLE = 100_000  # bytes that are left on a disk that is as good as full
FIRST_LOOK = 60  # seconds of work until it is known how much there is in the clip


def limit(held_to: Bounds, largest_file: int) -> None:
    """Bound this process's memory, processor time, time and what it may write; and let others go first."""
    os.nice(10)
    resource.setrlimit(resource.RLIMIT_AS, (held_to.memory << 20, held_to.memory << 20))
    resource.setrlimit(resource.RLIMIT_CPU, (min(FIRST_LOOK, held_to.work), held_to.work))
    resource.setrlimit(resource.RLIMIT_FSIZE, (largest_file, largest_file))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.alarm(min(3 * FIRST_LOOK, held_to.clock))


def hold_to(bounds: Bounds) -> None:
    """What this clip may take, within what any clip may take. The alarm, left alone, ends the process."""
    for which, wanted in ((resource.RLIMIT_CPU, bounds.work), (resource.RLIMIT_AS, bounds.memory << 20)):
        most = resource.getrlimit(which)[1]
        resource.setrlimit(which, (min(wanted, most), most))
    signal.alarm(bounds.clock)


class Steps:
    """Full stops, one for every per cent. Where nobody waits any more, the process ends."""

    def __init__(self, parent: int) -> None:
        self._parent, self._told = parent, 0

    def __call__(self, per_cent: int) -> None:
        if os.getppid() != self._parent:
            raise SystemExit(REFUSED)
        if per_cent > self._told:
            os.write(1, b"." * (per_cent - self._told))
            self._told = per_cent


def no_room(error: Exception, folder: Path) -> bool:
    """Whether the disk stood in the way, and not the clip. The library for films may call it by another name."""
    if getattr(error, "errno", None) in {errno.ENOSPC, errno.EDQUOT}:
        return True
    disk = os.statvfs(folder)
    return disk.f_bavail * disk.f_frsize < LITTLE


def main() -> int:
    kind, folder = sys.argv[1], Path(sys.argv[2])
    parent, megabytes, seconds, pixels, longest, largest = (int(one) for one in sys.argv[3:9])
    limit(Bounds(seconds, 3 * seconds, megabytes), largest + 1_000_000)
    try:
        from bfbot.media.clip_child.reading import DAMAGED, Refused
        from bfbot.media.clip_child.writing import Most, rewrite
    except ModuleNotFoundError:
        print(json.dumps({"missing": True}))  # noqa: T201 - this is how it answers
        return REFUSED
    try:
        found = rewrite(sys.stdin.buffer, kind, folder, Most(pixels, longest, largest), hold_to, Steps(parent))
    except Refused as why:
        found = {"refused": why.what, "mend": why.mend}
    except (OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError) as error:
        if no_room(error, folder):
            return NO_ROOM
        # PyAV's own errors are OSErrors and ValueErrors; the rest is what a field out of all bounds makes of it.
        found = {"refused": DAMAGED[0], "mend": DAMAGED[1], "why": repr(error)[:200]}
    try:
        os.write(1, json.dumps(found).encode())
    except OSError:
        return NO_ROOM
    return 0 if "width" in found else REFUSED


if __name__ == "__main__":
    raise SystemExit(main())
