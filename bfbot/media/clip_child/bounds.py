"""How much time and memory the work on a clip may take: by what is in it, never by what it says of itself."""

from __future__ import annotations

from dataclasses import dataclass

MEGAPIXELS_A_SECOND = 16
"""So much is decoded and encoded in a second of work, on a machine a quarter as fast as where it was measured."""
AT_LEAST = 20
"""Seconds of work for any clip: to load the library, look the file through, and draw the still."""
NO_ROOM = 4
"""Exit code of the child: the disk is full, and nothing is said about the clip."""
MOST_RATE = 60
"""Pictures a second in what goes out."""


@dataclass(frozen=True)
class Bounds:
    """`work` seconds of processor time, `clock` seconds by the clock, `memory` megabytes of addresses."""

    work: int
    clock: int
    memory: int


def bounds(pictures: int, seconds: float, pixels: int) -> Bounds:
    """For so many pictures of so many pixels. Others use the machine too, so the clock gives thrice the work."""
    work = AT_LEAST + int(pictures * pixels / 1_000_000 / MEGAPIXELS_A_SECOND + seconds / 5)
    return Bounds(work, 3 * work, 300 + pixels // 5000)


def widest(longest: int, pixels: int) -> Bounds:
    """Those of the longest and largest clip that is taken at all: what the parent holds the child to."""
    return bounds(longest * MOST_RATE, longest, pixels)


def bits_a_second(seconds: float, most_bytes: int) -> int:
    """The most that pictures may take, so that the whole clip stays below `most_bytes`; 8 million at the most."""
    room = int(most_bytes * 8 * 0.92 / max(seconds, 1.0)) - 140_000
    return max(100_000, min(8_000_000, room))
