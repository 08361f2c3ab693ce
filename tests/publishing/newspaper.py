"""A network whose list is read once for many posts, and a ledger that a restore has put in doubt."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bfbot.domain.post import Delivery
from bfbot.domain.states import DeliveryState
from bfbot.errors import Unavailable
from bfbot.ledger import deliveries, holds
from bfbot.ledger.restored import Asked, InDoubt, distrust
from bfbot.platforms.base import Receipt, Sending
from bfbot.platforms.readback import Listed, match
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import rescue
from bfbot.publishing.release import release_due
from tests.publishing.network import NOON, Clock, Network
from tests.workspace import APPROVER

MADE_AT = NOON - timedelta(hours=9)
LATER = NOON + timedelta(days=2)
FAR_BACK = Unavailable("the account has posted too much since for the list to be read to its end.")


@dataclass
class Newspaper(Network):
    """Lists what it has in one reading, each with its own time, as the real ones do."""

    listed: list[Listed] = field(default_factory=list)
    readings: int = 0

    def posted(self, text: str, at: datetime = NOON - timedelta(hours=1)) -> str:
        self.listed.append(Listed(f"n{len(self.listed)}", f"https://social.example/{text}", at, text, None, 0))
        return self.listed[-1].remote_id

    def publish(self, sending: Sending) -> Receipt:
        receipt = super().publish(sending)
        self.listed.append(Listed(receipt.remote_id, receipt.url, LATER, self.live[-1][1], None, 0))
        return receipt

    def find(self, sending: Sending) -> Receipt | None:
        return self.finder(sending.tried_since)(sending)

    def finder(self, since: datetime) -> Callable[[Sending], Receipt | None]:
        self.readings += 1
        if self.looks and (error := self.looks.pop(0)) is not None:
            raise error
        there = [one for one in self.listed if one.published_at >= since]
        return lambda sending: match(sending, there, timedelta())


def restored() -> InDoubt:
    """The backup of nine hours ago is put back at noon; its pause is lifted at once, as nobody should."""
    doubts = distrust(MADE_AT, NOON, Asked(listed={"desk"}, here={"practice"}))
    (hold,) = holds.standing(NOON)
    holds.lift(hold.id, APPROVER, NOON, "")
    return doubts


def now_is(post: Delivery) -> tuple[DeliveryState, str]:
    it = deliveries.get(post.id)
    return it.state, it.reason


def pass_once(clock: Clock) -> None:
    rescue(clock, "worker")
    release_due(clock())
    drain("desk", clock, "worker")


def pass_twice(clock: Clock) -> None:
    pass_once(clock)
    clock.on(seconds=60)
    pass_once(clock)
