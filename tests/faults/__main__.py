"""`make faults`: random faults against real processes, judged by the networks' own ledgers.

    python -m tests.faults [--cycles N] [--seed N] [--races N] [--stop-at-first]

Prints what it found, a table, and one JSON object as its last line; ends with 1 when a promise was broken.
Every broken cycle names its seed: `--seed THAT --cycles 1 --races 0` runs it again.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from tests.faults.harness.cycle import Cycle, timed
from tests.faults.harness.judge import Tally
from tests.faults.harness.moments import Moments
from tests.faults.harness.networks import networks
from tests.faults.harness.processes import Child, home, ledger_of
from tests.faults.harness.races import run as run_races
from tests.faults.harness.table import as_json, table

RACES_A_CYCLE = 20


def main() -> int:
    asked = _asked()
    seed = int(time.time()) % 1_000_000 if asked.seed is None else asked.seed
    races = asked.cycles * RACES_A_CYCLE if asked.races is None else asked.races
    counted: dict[str, Tally] = {}
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bfbot-faults-")))
        kinds = networks()
        for one in kinds.values():
            stack.enter_context(one)
        workspace = stack.enter_context(home(folder / "workspace", dict(kinds)))
        Moments(workspace)
        Child("people:found").result()
        template = folder / "template.sqlite3"
        ledger_of(workspace).replace(template)
        for number in range(seed, seed + asked.cycles):
            cycle = Cycle(number, workspace, template, kinds)
            tally, seconds = timed(cycle)
            counted.setdefault(cycle.kind, Tally()).add(tally)
            if asked.told:
                print(f"{number} {cycle.kind} {' '.join(cycle.rounds)} {seconds:.1f} s", flush=True)
            if tally.broken:
                print(f"BROKEN, seed {number} ({cycle.kind}):", *tally.why, sep="\n  ", flush=True)
                if asked.stop_at_first:
                    break
        if races:
            raced = run_races(races, seed, workspace, template, kinds["late"])
            for one in raced.why[:5]:
                print(f"BROKEN, races of seed {seed}: {one}")
            counted["races"] = raced
    print(table(counted))
    print(as_json(counted))
    return 1 if any(one.broken for one in counted.values()) else 0


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.faults")
    parser.add_argument("--cycles", type=int, default=int(os.environ.get("CYCLES") or 500))
    parser.add_argument("--seed", type=int, help="default: by the time of day")
    parser.add_argument("--races", type=int, help="a pause against a claim; default: 20 a cycle")
    parser.add_argument("--stop-at-first", action="store_true", help="end at the first broken promise")
    parser.add_argument("--told", action="store_true", help="a line for each cycle")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
