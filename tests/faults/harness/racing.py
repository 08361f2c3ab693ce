"""The two processes of a race: each waits for a word, acts after so many seconds, and tells. Ended by SIGKILL."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from tests.faults.harness import publisher
from tests.faults.harness.moments import Moments
from tests.faults.harness.steps import each_write


def publishes(line: Connection, account: str) -> None:
    """Tells when (monotonic) the delivery was first written to: claimed, or told why it is not."""
    moments = Moments(publisher.config().home)
    written: list[float] = []
    each_write(lambda sql: written.append(time.monotonic()) if "ledger_delivery" in sql else None)
    while True:
        time.sleep(line.recv())
        written.clear()
        publisher.drain.drain(account, moments.machine, "worker")
        line.send(written[0] if written else time.monotonic())


def pauses(line: Connection) -> None:
    """Tells when (monotonic) the pause was given and when acknowledged, and which deliveries were on their way."""
    from bfbot.desk import stops

    moments = Moments(publisher.config().home)
    while True:
        time.sleep(line.recv())
        given = time.monotonic()
        hold = stops.pause(actor="Author", now=moments.machine(), reason="A sad day.")
        acknowledged = time.monotonic()
        line.send((given, acknowledged, [one.delivery.id for one in stops.on_their_way(hold)]))
