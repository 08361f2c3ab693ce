"""A pause against a claim, within 50 ms of each other: what is acknowledged holds.

One process publishes, one pauses, again and again; between two races the post is made due once more. A race in
which the machine was too slow to bring the two together is run again, and not counted.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from random import Random

from tests.faults.harness.ground import Ground
from tests.faults.harness.judge import Tally
from tests.faults.harness.networks import Faulty, Script
from tests.faults.harness.orders import Planned
from tests.faults.harness.processes import Child, ledger_of

WITHIN = 0.05
SPREAD = 0.02
"""Seconds: most pauses are aimed closer to the claim than they must be, for there it is decided."""
NUDGE = 0.001
ACCOUNT = "late"
TRIES = 5
"""So many runs a race at most, on a machine that is too slow."""


def run(races: int, seed: int, ground: Ground) -> Tally:
    network = ground.networks[ACCOUNT]
    ground.moments.reset()
    network.set_up(ground.moments, Script())
    ground.put_back()
    Child("people:write", [Planned(ACCOUNT, ("Every child counts.",), -1.0, 3600.0 * 20)]).result()
    random, tally = Random(seed), Tally()
    with _both() as (publisher, desk), closing(sqlite3.connect(ledger_of(ground.home), timeout=20)) as ledger:
        apart = _undisturbed(publisher, ledger, network) - _pausing(desk, ledger)
        for _ in range(races * TRIES):
            if tally.races == races:
                break
            _due_again(ledger)
            network.ledger.clear()
            later = apart + random.uniform(-SPREAD, SPREAD)  # of the pause, against the publisher's start
            publisher.send(max(0.0, -later))
            desk.send(max(0.0, later))
            given, acknowledged, on_their_way = desk.receive()
            claimed = publisher.receive()
            came = [one["arrived"] for one in network.ledger]
            before = any(one < acknowledged for one in came)
            apart += -NUDGE if before else NUDGE  # so that each wins about as often as the other
            late = [one - acknowledged for one in came if one > acknowledged]
            if late and not on_their_way:
                tally.after_hold += len(late)
                tally.why.append(f"race {tally.races}: {late[0] * 1000:.1f} ms after the pause")
            elif abs(given - claimed) > WITHIN:
                continue
            tally.races += 1
            tally.races_before += before
    if tally.races < races:
        tally.stuck = 1
        tally.why.append(f"only {tally.races} of {races} pauses came within {WITHIN * 1000:.0f} ms of a claim")
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
        _, acknowledged, _ = desk.receive()
        taken.append(acknowledged - began)
    return sorted(taken)[len(taken) // 2]


@contextmanager
def _both() -> Iterator[tuple[Child, Child]]:
    publisher = Child("racing:publishes", ACCOUNT)
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
