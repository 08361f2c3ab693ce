"""A thousand due posts over fifty accounts, through the real publisher to a network that answers after 50 ms.

python -m bench.rush PORT      in the workspace that BFBOT_HOME names; prints JSON
"""

from __future__ import annotations

import json
import os
import statistics
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bfbot.engine.embedded import EmbeddedEngine

ACCOUNTS, POSTS, WORKERS = 50, 1000, 64
RUNS = 11
PATIENCE = 120.0


def accounts(port: int) -> str:
    """Fifty accounts for the team's file."""
    given = (
        f'platform: mastodon, campaigns: [bright-futures], base_url: "http://127.0.0.1:{port}", '
        "secrets: {access_token: env:BENCH_TOKEN}"
    )
    return "\n" + "".join(f"  - {{id: {one}, {given}}}\n" for one in names())


def names() -> list[str]:
    return [f"bench-{number}" for number in range(ACCOUNTS)]


def main() -> None:
    """Both rates, taken in turn."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    from bench import queue
    from bfbot.engine.embedded import EmbeddedEngine
    from bfbot.engine.one_arena import one_arena
    from bfbot.engine.units import Work, utc_now

    one_arena()  # as bfbot itself begins
    port, runs = int(sys.argv[1]), int(os.environ.get("BENCH_RUNS", RUNS))
    engine = EmbeddedEngine(WORKERS)
    work = Work(engine, "bench", lambda: False)
    rates = []
    for run in range(runs):
        now = utc_now()
        queue.approved(names(), [now] * POSTS, now, f"run {run}")
        rates.append((POSTS / _ours(engine, work.publish), POSTS / _bare(port)))
    engine.stop(5)
    ours, bare = (statistics.median(values) for values in zip(*rates, strict=True))
    print(json.dumps({"posts": ours, "bare": bare, "runs": runs, "in_order": _in_order()}))


def _ours(engine: EmbeddedEngine, publish: Callable[[], None]) -> float:
    """Seconds from the tick until the last of them is recorded as published."""
    from bfbot.ledger import models

    started = time.perf_counter()
    publish()
    while not engine.idle:
        if time.perf_counter() - started > PATIENCE:
            break
        time.sleep(0.02)
    seconds = time.perf_counter() - started
    left = models.Delivery.objects.filter(state__in=["planned", "due", "sending"])
    if left.exists():
        raise RuntimeError(f"not published: {list(left.values('state', 'error')[:3])}")
    return seconds


def _bare(port: int) -> float:
    """As many posts by threads that do nothing else, each with a connection that stays open."""
    import requests

    local = threading.local()

    def post(number: int) -> None:
        if not hasattr(local, "session"):
            local.session = requests.Session()
        form = {"status": f"Measured: bare, post {number}.", "visibility": "public", "language": "en"}
        local.session.post(f"http://127.0.0.1:{port}/api/v1/statuses", data=form, timeout=30).json()

    started = time.perf_counter()
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(partial(post), range(POSTS)))
    return time.perf_counter() - started


def _in_order() -> bool:
    """Whether each account's posts went out one after the other, in the order of their ids, none twice."""
    from bfbot.ledger import models

    for account in names():
        rows = models.Attempt.objects.filter(delivery__account=account).order_by("pk")
        spans = list(rows.values_list("delivery_id", "started_at", "ended_at"))
        for (one, _, ended), (following, started, _) in pairwise(spans):
            if not (one < following and ended is not None and ended <= started):
                return False
    return True


if __name__ == "__main__":
    main()
