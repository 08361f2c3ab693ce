"""The two processes of a race: each waits for a word, acts after so many seconds, and tells. Ended by SIGKILL."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection

from tests.faults.harness import publisher
from tests.faults.harness.moments import Moments
from tests.faults.harness.orders import Orders


def publishes(line: Connection, orders: Orders) -> None:
    moments = Moments(publisher.config().home)
    while True:
        time.sleep(line.recv())
        publisher.drain.drain(orders.account, moments.machine, "worker")
        line.send(None)


def pauses(line: Connection) -> None:
    from bfbot.desk import stops

    moments = Moments(publisher.config().home)
    while True:
        time.sleep(line.recv())
        hold = stops.pause(actor="Author", now=moments.machine(), reason="A sad day.")
        since = time.monotonic()
        line.send((since, [one.delivery.id for one in stops.on_their_way(hold)]))
