"""Posts through the real publisher on the practice channel, in the workspace that BFBOT_HOME names.

python -m bench.publishing        prints {"posts": a second, "commits": a second, "runs": n} as JSON
"""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import time
from datetime import datetime, timedelta
from pathlib import Path

RUNS = 3
POSTS = 60
COMMITS = 400
ACCOUNT, CAMPAIGN = "practice-lga", "bright-futures"


def main() -> None:
    """Both rates, taken in turn."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bfbot.ledger.settings")
    import django

    django.setup()
    from bfbot.config import config
    from bfbot.desk import people
    from bfbot.domain.person import Role
    from bfbot.engine.units import utc_now

    for name, role in (("Bench author", Role.AUTHOR), ("Bench approver", Role.APPROVER)):
        people.add_user(name, role, actor="bench", now=utc_now())
    rates = []
    for run in range(RUNS):
        _queue(run, utc_now())
        rates.append((POSTS / _publish(), COMMITS / _commit(config().var)))
    posts, commits = (statistics.median(values) for values in zip(*rates, strict=True))
    print(json.dumps({"posts": posts, "commits": commits, "runs": RUNS}))


def _queue(run: int, now: datetime) -> None:
    """Posts written, submitted and approved, due now; a person's posts may go out at any hour."""
    from bfbot.desk import review, writing
    from bfbot.domain.post import Wording

    for number in range(POSTS):
        text = f"Measured: run {run}, post {number}. https://www.local.gov.uk/bright-futures #GettingTheBest"
        post = writing.write(
            campaign=CAMPAIGN, accounts=[ACCOUNT], wording=Wording(text), at=now, actor="Bench author", now=now
        )
        review.submit(post.id, actor="Bench author", now=now)
        review.approve(post.id, actor="Bench approver", now=now + timedelta(seconds=1), confirmed="Measured.")


def _publish() -> float:
    """Seconds for all; each is checked by every rule once more, claimed, written down, sent and recorded."""
    from bfbot.engine.units import utc_now
    from bfbot.publishing.drain import drain
    from bfbot.publishing.release import release_due

    def later() -> datetime:
        return utc_now() + timedelta(seconds=5)  # past the moment of approval

    started = time.perf_counter()
    done = sum(drain(account, clock=later, worker="bench") for account in release_due(later()))
    assert done == POSTS, f"{done} of {POSTS} went out"
    return time.perf_counter() - started


def _commit(folder: Path) -> float:
    """Seconds for as many one-row transactions, with the ledger's own settings of SQLite."""
    path = folder / "bare.sqlite3"
    with sqlite3.connect(path, isolation_level=None) as bare:
        bare.execute("PRAGMA journal_mode=WAL")
        bare.execute("PRAGMA synchronous=FULL")
        bare.execute("CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, text TEXT)")
        started = time.perf_counter()
        for number in range(COMMITS):
            bare.execute("BEGIN IMMEDIATE")
            bare.execute("INSERT INTO line (text) VALUES (?)", [f"line {number}"])
            bare.execute("COMMIT")
        return time.perf_counter() - started


if __name__ == "__main__":
    main()
