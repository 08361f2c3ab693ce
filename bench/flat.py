"""Is memory flat? Judged from samples taken over time. Pure."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations


@dataclass(frozen=True)
class Sample:
    """What was held, `seconds` after the start, and how many posts were out by then."""

    seconds: float
    megabytes: float
    posts: int = 0


def grown(samples: Sequence[Sample], warm_up: float) -> float:
    """Megabytes by which memory grew from the end of the warm-up (seconds) to the last sample.

    The median of the slopes between all pairs, so that neither a peak nor one lucky sample decides.
    Raises ValueError with fewer than five samples after the warm-up: they say nothing.
    """
    after = [one for one in samples if one.seconds >= warm_up]
    if len(after) < 5:
        raise ValueError(f"{len(after)} samples after the warm-up are too few")
    step = max(1, len(after) // 200)  # an hour's pairs are millions
    slopes = [
        (later.megabytes - earlier.megabytes) / (later.seconds - earlier.seconds)
        for earlier, later in combinations(after[::step], 2)
        if later.seconds > earlier.seconds
    ]
    return statistics.median(slopes) * (after[-1].seconds - after[0].seconds)


def drawn(samples: Sequence[Sample], lines: int = 24, width: int = 50) -> str:
    """Memory over time as text: a line for each stretch, its median, and a bar from nothing to the most."""
    if not samples:
        return ""
    end = max(one.seconds for one in samples)
    most = max(one.megabytes for one in samples)
    rows = []
    for number in range(lines):
        start, stop = end * number / lines, end * (number + 1) / lines
        within = [
            one for one in samples if start <= one.seconds < stop or (number == lines - 1 and one.seconds == end)
        ]
        if within:
            held = statistics.median(one.megabytes for one in within)
            bar = "█" * round(width * held / most)
            rows.append(f"{_clock(stop):>9}  {held:6.1f} MB  {within[-1].posts:>6,} posts  {bar}")
    return "\n".join(rows)


def _clock(seconds: float) -> str:
    return f"{seconds / 60:.0f} min" if seconds >= 600 else f"{seconds:.0f} s"
