"""A pause against a claim, within 50 ms of each other: what is acknowledged holds.

One process publishes, one pauses, again and again; between two races the post is made due once more.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

from tests.faults.harness.judge import Tally
from tests.faults.harness.moments import Moments
from tests.faults.harness.networks import Faulty, Script
from tests.faults.harness.orders import Orders, Planned
from tests.faults.harness.processes import Child, ledger_of, put_back

WITHIN = 0.05
NUDGE = 0.002
ACCOUNT = "late"


def run(races: int, seed: int, home: Path, template: Path, network: Faulty) -> Tally:
    moments = Moments(home)
    moments.reset()
    network.set_up(moments, Script())
    put_back(home, template)
    Child("people:write", ACCOUNT, [Planned(("Every child counts.",), -1.0, 3600.0 * 20)]).result()
    random = Random(seed)
    tally, sent = Tally(races=races), 0
    with _both() as (publisher, desk), closing(sqlite3.connect(ledger_of(home), timeout=20)) as ledger:
        apart = _undisturbed(publisher, ledger, network) - _pausing(desk, ledger)
        for number in range(races):
            _due_again(ledger)
            network.ledger.clear()
            later = apart + random.uniform(-WITHIN, WITHIN)  # of the pause, against the publisher's start
            publisher.send(max(0.0, -later))
            desk.send(max(0.0, later))
            acknowledged, on_their_way = desk.receive()
            publisher.receive()
            for one in network.ledger:
                late = one["arrived"] - acknowledged
                if late > 0 and not on_their_way:
                    tally.after_hold += 1
                    tally.why.append(f"race {number}: {late * 1000:.1f} ms after the pause")
            sent += bool(network.ledger)
            apart += -NUDGE if network.ledger else NUDGE  # so that each wins about as often as the other
    print(f"races: {races} pauses within {WITHIN * 1000:.0f} ms of a request; {sent} posts came out before theirs")
    return tally


def _undisturbed(publisher: Child, ledger: sqlite3.Connection, network: Faulty) -> float:
    """Seconds from the word to the arrival of the request, so that pauses fall around it."""
    taken = []
    for _ in range(5):
        _due_again(ledger)
        network.ledger.clear()
        began = time.monotonic()
        publisher.send(0.0)
        publisher.receive()
        taken += [one["arrived"] - began for one in network.ledger]
    return sorted(taken)[len(taken) // 2]


def _pausing(desk: Child, ledger: sqlite3.Connection) -> float:
    """Seconds from the word to the acknowledgement, when nothing is on its way."""
    taken = []
    for _ in range(5):
        _due_again(ledger)
        began = time.monotonic()
        desk.send(0.0)
        acknowledged, _ = desk.receive()
        taken.append(acknowledged - began)
    return sorted(taken)[len(taken) // 2]


@contextmanager
def _both() -> Iterator[tuple[Child, Child]]:
    publisher = Child("racing:publishes", Orders(ACCOUNT))
    desk = Child("racing:pauses")
    try:
        yield publisher, desk
    finally:
        publisher.kill()
        desk.kill()


def _due_again(ledger: sqlite3.Connection) -> None:
    """As if nothing had happened, and nothing were paused."""
    with ledger:
        ledger.execute("BEGIN IMMEDIATE")
        ledger.execute("DELETE FROM ledger_attempt")
        ledger.execute("DELETE FROM ledger_part")
        ledger.execute("DELETE FROM ledger_hold")
        ledger.execute("UPDATE ledger_delivery SET state = 'due', attempts = 0, not_before = due_at, error = ''")
        ledger.execute("UPDATE ledger_post SET state = 'approved'")
