"""Five kinds of networks in memory, whose ledger is only added to and says when each post came."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bfbot.domain.limits import Limits
from bfbot.errors import Duplicate
from bfbot.platforms.base import Receipt, Sending
from bfbot.publishing.settle import SETTLE
from tests.publishing.network import KEYED, LIMITS, NAMED, Clock, Listing, Network

KINDS = ("keys", "ids", "late", "rejects", "neither")


@dataclass(frozen=True)
class Entry:
    """What came, and when by the network's own clock."""

    text: str
    at: datetime


class Kept(Network):
    """Ignores keys and lists nothing, unless a subclass does better. `true` is the world's time."""

    def __init__(self, limits: Limits = LIMITS) -> None:
        super().__init__(limits=limits)
        self.true = Clock()
        self.ledger: list[Entry] = []

    def publish(self, sending: Sending) -> Receipt:
        before = len(self.live)
        try:
            return super().publish(sending)
        finally:
            if len(self.live) > before:
                self.ledger.append(Entry(self.live[-1][1], self.true.now))


class LateKept(Kept, Listing):
    """While `hidden`, it does not list what it took within the last minute, as real ones may."""

    def find(self, sending: Sending) -> Receipt | None:
        text = sending.proof.parts[sending.index].text
        taken = [one.at for one in self.ledger if one.text == text]
        late = self.hidden
        self.hidden = late and bool(taken) and self.true.now - taken[0] < SETTLE
        try:
            return super().find(sending)
        finally:
            self.hidden = late


class Rejecting(LateKept):
    """Refuses words that it has."""

    def publish(self, sending: Sending) -> Receipt:
        if sending.proof.parts[sending.index].text in self.texts:
            sending.still()
            self.before()
            raise Duplicate("Already there.")
        return super().publish(sending)


def network_of(kind: str) -> Kept:
    match kind:
        case "keys":
            return Kept(KEYED)
        case "ids":
            return Kept(NAMED)
        case "late":
            return LateKept()
        case "rejects":
            return Rejecting()
    return Kept()
