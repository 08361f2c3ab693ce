"""Days of a small workspace in a second: the clock's own units of work, on a clock that the test moves.

Planner, poller, releaser, publisher, read-back and alerts are the real ones, and what fails is treated as the
engine treats it. Networks, the sender of alerts and the two people are the test's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bfbot.alerts.wording import Message
from bfbot.desk import review
from bfbot.domain.post import Delivery, Origin
from bfbot.domain.states import OPEN_DELIVERY, DeliveryState, PostState
from bfbot.engine.embedded import EmbeddedEngine
from bfbot.engine.port import Unit
from bfbot.engine.units import Work
from bfbot.errors import Unavailable
from bfbot.ledger import models, posts, releases
from bfbot.platforms.base import Receipt, Sending
from tests.publishing.network import Clock, Listing
from tests.workspace import APPROVER

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SOON = timedelta(seconds=150)
"""After which people must have been told."""

BEAT = timedelta(seconds=30)
ADDRESS, DESK = "json://127.0.0.1:9/nobody", "https://desk.example"


class Inline(EmbeddedEngine):
    """Every unit at once and in this thread; one that fails is logged and forgotten, as ever."""

    def __init__(self) -> None:
        super().__init__(0)

    def submit(self, unit: Unit) -> None:
        self._run(unit)


class Net(Listing):
    """A network that may be down: `trouble` is raised for each request, if it `keeps`, after taking the post."""

    def __init__(self, clock: Clock) -> None:
        super().__init__()
        self.clock = clock
        self.trouble: Exception | None = None
        self.keeps = False
        self.came: list[tuple[datetime, str]] = []

    def publish(self, sending: Sending) -> Receipt:
        if self.trouble is not None and not self.keeps:
            sending.still()
            raise self.trouble
        receipt = super().publish(sending)
        self.came.append((self.clock(), self.texts[-1]))
        if self.trouble is not None:
            raise self.trouble
        return receipt

    def find(self, sending: Sending) -> Receipt | None:
        if self.trouble is not None:
            raise Unavailable("No connection.")
        return super().find(sending)


@dataclass
class World:
    """`nets` by account; `told` are the messages that people got, each with its moment.

    `machine` counts the seconds that the pulse goes by: beats come on time, however far apart the test lays them.
    """

    clock: Clock
    nets: dict[str, Net]
    told: list[tuple[datetime, Message]] = field(default_factory=list)
    machine: float = 0.0

    def __post_init__(self) -> None:
        self.work = Work(Inline(), "worker", lambda: False)
        self._planned: datetime | None = None

    def until(self, end: datetime, *, approving: bool = True) -> None:
        """Every beat at which something may happen, and one for the alerts after it: the others change nothing."""
        while self.clock.now < end:
            self.beat(approving=approving)
            coming = self._next()
            self.clock.now = min(coming, self.clock.now + SOON)
            self.work.settle()
            self.work.alert()
            self.clock.now = min(end, coming)
        self.beat(approving=approving)

    def watch(self, length: timedelta) -> None:
        """Each half minute, as the clock does it."""
        end = self.clock.now + length
        while self.clock.now < end:
            for unit in (self.work.settle, self.work.publish, self.work.alert):
                unit()
            self.clock.now += BEAT

    def beat(self, *, approving: bool = True) -> None:
        self.work.reload()
        if self._planned is None or self.clock.now - self._planned >= 6 * HOUR:
            self._planned = self.clock.now
            self.work.plan()
            for post in posts.listing(states=[PostState.IN_REVIEW]) if approving else []:
                if post.origin is Origin.LIBRARY:
                    review.approve(post.id, actor=APPROVER, now=self.clock.now)
        for unit in (self.work.read_feeds, self.work.settle, self.work.publish, self.work.alert):
            unit()

    def _next(self) -> datetime:
        """When a delivery comes due, may be tried again, is over; a feed's turn; at most six hours on."""
        rows = models.Delivery.objects.filter(state__in=list(OPEN_DELIVERY))
        moments = {moment for row in rows.values_list("due_at", "closes_at", "not_before") for moment in row}
        moments |= {one.next_poll_at for one in releases.memories().values() if one.next_poll_at is not None}
        return min((one for one in moments if one > self.clock.now), default=self.clock.now + 6 * HOUR)

    def send(self, addresses: Sequence[str], message: Message) -> bool:
        """Stands in the place of apprise."""
        self.told.append((self.clock.now, message))
        return True

    def deliveries(self, account: str, *states: DeliveryState) -> list[Delivery]:
        """Those that came due by now, in due order."""
        return [
            one
            for post in posts.listing()
            for one in post.deliveries
            if one.account == account and one.due_at <= self.clock.now and (not states or one.state in states)
        ]

    def told_of(self, post: int) -> list[datetime]:
        """When people were told of that post."""
        return [at for at, message in self.told if f"{DESK}/posts/{post}\n" in f"{message.body}\n"]
