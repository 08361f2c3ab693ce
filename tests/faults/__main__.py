"""`make faults`: random faults against real processes, judged by the networks' own ledgers.

    python -m tests.faults [--cycles N] [--seed N ...] [--races N] [--workers N] [--stop-at-first]

Prints what it found, a table, and one JSON object as its last line; ends with 1 when a promise was broken.
Every broken cycle names its seed: `--seed THAT --cycles 1 --races 0` runs it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from tests.faults.harness.crew import Done, play
from tests.faults.harness.judge import Tally
from tests.faults.harness.networks import KINDS
from tests.faults.harness.table import as_json, table

RACES_A_CYCLE = 20


def main() -> int:
    asked = _asked()
    began = time.monotonic()
    given = asked.seed or [int(time.time()) % 1_000_000]
    races = asked.cycles * RACES_A_CYCLE if asked.races is None else asked.races
    seeds = given if len(given) > 1 else range(given[0], given[0] + asked.cycles)
    counted = {kind: Tally() for kind in (*(KINDS if seeds else ()), *(["races"] if races else []))}
    for one in play(seeds, races, given[0], asked.workers, asked.template):
        counted[one.kind].add(one.tally)
        if asked.told:
            print(f"{one.seed} {one.kind}: {one.told} ({one.seconds:.1f} s)", flush=True)
        if one.tally.broken:
            _say(one)
            if asked.stop_at_first:
                break
    print(f"from seed {given[0]}, {asked.workers} at a time: {time.monotonic() - began:.0f} s")
    print(table(counted))
    print(as_json(counted))
    return 1 if any(one.broken for one in counted.values()) else 0


def _say(one: Done) -> None:
    print(
        f"BROKEN, seed {one.seed} ({one.kind}):", *one.tally.why[:5], f"Again: {one.again}", sep="\n  ", flush=True
    )


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--cycles", type=int, default=int(os.environ.get("CYCLES") or 500))
    parser.add_argument("--seed", type=int, nargs="+", help="of the first cycle, or of each; default: by the time")
    parser.add_argument("--races", type=int, help="a pause against a claim; default: 20 a cycle")
    parser.add_argument(
        "--workers", type=int, default=os.cpu_count() or 1, help="side by side; default: a core each"
    )
    parser.add_argument("--template", type=Path, help="a file that keeps the empty ledger for the next run")
    parser.add_argument("--stop-at-first", action="store_true", help="end at the first broken promise")
    parser.add_argument("--told", action="store_true", help="a line for each cycle")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
