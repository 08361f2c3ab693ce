"""Memory that is freed is used again, whichever thread freed it."""

from __future__ import annotations

import ctypes
import sys

_M_ARENA_MAX = -8  # malloc.h of glibc


def one_arena() -> bool:
    """Ask the C library for a single arena, before any thread has begun; False where it takes no such wish.

    The GNU C library gives each thread an arena of its own and hands little of it back: over an hour at 20 posts a
    second a process that uses 26 MB of them held 60 and more. Python's own lock leaves the threads nothing to
    contend for. What the environment says (MALLOC_ARENA_MAX) is overruled: one is always enough here.
    """
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)  # musl has none, and no arenas either
    return mallopt is not None and bool(mallopt(_M_ARENA_MAX, 1))
