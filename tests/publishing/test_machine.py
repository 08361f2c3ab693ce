"""Any order of ticks, kills, lost answers, pauses and late lists: never twice, never lost, never too late."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bfbot.domain.hold import Scope
from bfbot.domain.limits import Limits
from bfbot.domain.states import DeliveryState
from bfbot.errors import OutcomeUnknown, RateLimited, Rejected, Unavailable
from bfbot.ledger import deliveries, holds
from bfbot.platforms.base import Receipt, Sending
from bfbot.publishing import claim, door
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import adopt_orphans, rescue
from bfbot.publishing.release import release_due
from bfbot.publishing.settle import SETTLE
from tests.publishing.network import KEYED, LIMITS, NOON, Clock, Listing, Network, approved

pytestmark = pytest.mark.django_db
WINDOW = timedelta(minutes=30)
ENDED = {DeliveryState.PUBLISHED, DeliveryState.FAILED, DeliveryState.MISSED, DeliveryState.UNKNOWN}

FAULTS = [
    "",
    "",
    "lost after",
    "killed after",
    "lost before",
    "killed after",
    "killed before",
    "rejected",
    "limited",
    "unavailable",
]
STEPS = st.tuples(
    st.sampled_from(FAULTS),
    st.sampled_from(["listed", "listed", "late", "list fails"]),
    st.sampled_from([0, 0, 1, 1, 10]),
    st.sampled_from(["", "", "", "pause", "resume"]),
)
"""What happens to the next request, to the network's list, how many minutes pass, what people do."""


class LateListing(Listing):
    """While `hidden`, it does not list what it took within the last minute, as real ones may."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits=limits)
        self.clock = Clock()
        self.taken: dict[str, datetime] = {}

    def publish(self, sending: Sending) -> Receipt:
        self.taken.setdefault(sending.proof.parts[sending.index].text, self.clock.now)
        return super().publish(sending)

    def find(self, sending: Sending) -> Receipt | None:
        taken = self.taken.get(sending.proof.parts[sending.index].text)
        late, self.hidden = self.hidden, self.hidden and taken is not None and self.clock.now - taken < SETTLE
        try:
            return super().find(sending)
        finally:
            self.hidden = late


class World:
    def __init__(self, network: Network) -> None:
        self.network = network
        self.clock = network.clock if isinstance(network, LateListing) else Clock()
        self.posts = [approved(f"Post {one}", at=NOON + timedelta(minutes=one), window=WINDOW) for one in range(6)]
        self.posts.append(approved("Part one", "Part two", at=NOON + timedelta(minutes=6), window=WINDOW))
        self.paused: int | None = None
        network.before = self.check

    def check(self) -> None:
        assert self.paused is None, "nothing goes out in a pause"
        assert NOON <= self.clock.now < NOON + timedelta(minutes=6) + WINDOW

    def tick(self) -> None:
        try:
            rescue(self.clock, "worker")
            release_due(self.clock())
            drain("desk", self.clock, "worker")
        except KeyboardInterrupt:  # killed; the next process holds the lock
            adopt_orphans(self.clock())

    def step(self, fault: str, listed: str, minutes: int, people: str) -> None:
        network = self.network
        if people == "pause" and self.paused is None:
            self.paused = holds.add(Scope.EVERYTHING, "", "Crisis", "Author", self.clock.now).id
        elif people == "resume" and self.paused is not None:
            holds.lift(self.paused, "Approver", self.clock.now)
            self.paused = None
        self.clock.on(minutes=minutes)
        network.answers, network.lost = [], []
        match fault:
            case "lost after":
                network.lost = [OutcomeUnknown("Cut.")]
            case "lost before":
                network.answers = [OutcomeUnknown("Cut.")]
            case "killed after":
                network.lost = [KeyboardInterrupt()]
            case "killed before":
                network.answers = [KeyboardInterrupt()]
            case "rejected":
                network.answers = [Rejected("No.")]
            case "limited":
                network.answers = [RateLimited("Slow.", retry_at=self.clock.now + timedelta(minutes=2))]
            case "unavailable":
                network.answers = [Unavailable("Away.")]
        network.hidden = listed == "late"
        network.looks = [Unavailable("Away.")] * 9 if listed == "list fails" else []
        self.tick()
        network.hidden, network.looks = False, []
        self.never_twice()

    def never_twice(self) -> None:
        assert len(set(self.network.texts)) == len(self.network.texts), self.network.texts

    def play_out(self) -> None:
        """No more faults: after a while every post has come to an end, and the ledger and the network agree."""
        self.network.answers, self.network.lost, self.network.looks = [], [], []
        for _ in range(10):
            self.clock.on(minutes=8)
            self.tick()
        self.never_twice()
        for post in self.posts:
            ended = deliveries.get(post.id)
            assert ended.state in ENDED
            assert post.proof is not None
            texts = [part.text for part in post.proof.parts]
            if ended.state is DeliveryState.PUBLISHED:
                assert set(texts) <= set(self.network.texts)
            elif ended.state is not DeliveryState.UNKNOWN:
                assert len(ended.parts) == sum(text in self.network.texts for text in texts)


@pytest.mark.parametrize("kind", ["lists", "keys", "both", "neither"])
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=8, max_size=16))
def test_never_twice_never_lost(
    kind: str, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, str, int, str]]
) -> None:
    from django.db import transaction

    limits = KEYED if kind in {"keys", "both"} else LIMITS
    network = LateListing(limits) if kind in {"lists", "both"} else Network(limits=limits)
    monkeypatch.setattr(door, "platform_of", lambda account_id, now: network)
    monkeypatch.setattr(claim, "check_at_send", lambda delivery, now, known: ())
    with transaction.atomic():
        world = World(network)
        for step in steps:
            world.step(*step)
        world.step("", "listed", 0, "resume")
        world.play_out()
        if kind != "neither":
            states = {deliveries.get(post.id).state for post in world.posts}
            assert DeliveryState.UNKNOWN not in states or kind == "keys"
        transaction.set_rollback(True)
