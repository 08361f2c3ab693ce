"""The still that stands for a clip: the first of its first seconds that shows something."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

from bfbot.media.clip_child.reading import Refused

EDGE = 1280  # pixels of the still's longer side
DARK = 24  # a picture whose brightest and darkest spots are no further apart (of 255) shows nothing
LOOKED_AT = 8  # so many seconds are looked through, one picture each


class Still:
    """Is shown every picture as it goes out, in their order, and keeps one."""

    def __init__(self) -> None:
        self._kept: Any = None
        self._next: Fraction | None = Fraction(0)

    def look(self, shown: Any) -> None:
        at = shown.pts * shown.time_base
        if self._next is None or at < self._next:
            return
        bright = _spread(shown) > DARK
        if bright or self._kept is None:
            self._kept = shown
        self._next = None if bright or at >= LOOKED_AT else at + 1

    def draw(self, path: Path) -> None:
        """As PNG. Raises Refused where no picture was shown."""
        if self._kept is None:
            raise Refused("The clip shows no picture.", "Save it again and retry.")
        width, height = self._kept.width, self._kept.height
        share = min(Fraction(1), Fraction(EDGE, max(width, height)))
        small = self._kept.reformat(
            width=max(1, int(width * share)), height=max(1, int(height * share)), format="rgb24", threads=1
        )
        small.to_image().save(path, "PNG", compress_level=1)


def _spread(frame: Any) -> int:
    """How far the brightest and the darkest spot are apart."""
    small = frame.reformat(width=16, height=16, format="gray", threads=1)
    line = small.planes[0].line_size
    seen = bytes(small.planes[0])[: 16 * line]
    spots = [value for row in range(16) for value in seen[row * line :][:16]]
    return max(spots) - min(spots)
