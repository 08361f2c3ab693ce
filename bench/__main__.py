"""Measure everything, say it, and write docs/benchmarks.md; ends with 1 when a promise is not kept.

The soak at the end takes an hour; BENCH_SOAK gives it other seconds, and 0 leaves it out. A file instead is what
`python -m bench.soak 3600 FILE` kept of one that was run before.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from bench import load, memory, report, soak, start, work
from bench.figure import Figure
from bench.workspace import BFBOT, call

PAGE = Path(__file__).resolve().parents[1] / "docs" / "benchmarks.md"


def main() -> None:
    """Five minutes on a quiet machine and the soak, in a folder that is thrown away."""
    figures: list[Figure] = []
    before = Path(os.environ.get("BENCH_SOAK", ""))
    lasting = 0.0 if before.is_file() else float(os.environ.get("BENCH_SOAK") or soak.HOUR)
    print(f"This takes some 5 minutes, and the soak {lasting / 60:.0f} more (BENCH_SOAK=seconds).", flush=True)

    def keep(*measured: Figure) -> None:
        for one in measured:
            print(report.line(one), flush=True)
            figures.append(one)

    with tempfile.TemporaryDirectory(prefix="bfbot-bench-") as name:
        folder = Path(name)
        keep(start.help_page())
        real = folder / "real"
        call(BFBOT, "init", str(real))
        keep(start.up(real, folder, "`bfbot up` until ready, a workspace made by `bfbot init`"))
        keep(start.listing(real))
        sample, first = work.first_sample(folder)
        keep(start.up(sample, folder, "`bfbot up` until ready, the sample workspace made before"))
        keep(*memory.whole(sample, folder))
        keep(work.library(), work.feed(), *work.publishing(folder), first)
        keep(load.rush(folder), *load.tick(folder), load.recheck(folder), load.forecast(folder))
        soaked = soak.Soak.kept(before) if before.is_file() else soak.soak(folder, lasting) if lasting else None
        if soaked is not None:
            print(soaked.drawn, flush=True)
            keep(soaked.figure)
    PAGE.write_text(report.document(figures, soaked=soaked, apart=before.is_file()))
    sys.exit(any(one.kept is False for one in figures))


if __name__ == "__main__":
    main()
