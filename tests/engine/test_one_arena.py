"""What threads have freed is there for the others: asked of the C library itself, in a process of its own."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

ARENAS = """
import ctypes, sys, threading
from bfbot.engine.one_arena import one_arena

libc = ctypes.CDLL(None)
libc.malloc.restype = ctypes.c_void_p
if sys.argv[1] == "one":
    assert one_arena()
held, met = [], threading.Barrier(8)

def take():
    met.wait()
    held.extend(libc.malloc(5000) for _ in range(50))
    met.wait()

threads = [threading.Thread(target=take) for _ in range(8)]
for one in threads: one.start()
for one in threads: one.join()
ARENA = 64 * 1024 * 1024  # an arena of a thread begins at a multiple of it
print(len({address // ARENA for address in held}))
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="arenas are a thing of the GNU C library")
def test_eight_threads_share_one_arena() -> None:
    assert arenas("one") < arenas("as it comes")


def arenas(wish: str) -> int:
    # What the machine's own environment says of the library is not asked here.
    own = {name: value for name, value in os.environ.items() if not name.startswith(("MALLOC_", "GLIBC_"))}
    words = [sys.executable, "-c", ARENAS, wish]
    done = subprocess.run(words, env=own, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)
