"""Approved posts for one network, so many a second, laid into the queue a few seconds ahead of their time.

python -m bench.feeder RATE SECONDS     in the workspace that BFBOT_HOME names; prints "ready", then until it ends
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta

from bench.rush import names

AHEAD = 4.0
STEP = 2.0
ACCOUNTS = 10


def main() -> None:
    """Until all are laid down; how many is printed at the end."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    from bench import queue
    from bfbot.engine.units import utc_now

    rate, seconds = float(sys.argv[1]), float(sys.argv[2])
    began, clock = utc_now(), time.monotonic()
    print("ready", flush=True)
    laid = 0
    while laid < rate * seconds:
        upto = min(rate * seconds, rate * (time.monotonic() - clock + STEP))
        moments = [began + timedelta(seconds=AHEAD + number / rate) for number in range(laid, int(upto))]
        queue.approved(names()[:ACCOUNTS], moments, utc_now(), f"soak from {laid}")
        laid += len(moments)
        time.sleep(max(0.0, laid / rate - (time.monotonic() - clock)))
    print(f"laid {laid}", flush=True)


if __name__ == "__main__":
    main()
