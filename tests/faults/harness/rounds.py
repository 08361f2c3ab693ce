"""The rounds of faults that a cycle is made of. Each begins and ends with no process of bfbot alive."""

from __future__ import annotations

import signal
import time
from dataclasses import replace
from random import Random

from tests.faults.harness.ground import Ground
from tests.faults.harness.judge import Pause
from tests.faults.harness.networks import AFTER, BEFORE, Script
from tests.faults.harness.orders import Orders, Window, Written
from tests.faults.harness.processes import Child, second

MINUTE = 60.0
PAST_THE_LEASE = 11 * MINUTE
STOPS = 3
"""A script holds so many at most."""
LIMITED = ("429", "429 with a reset")
CUTS = ("", *BEFORE[:4], *AFTER[:3])
ROUNDS = (*["kill"] * 2, *["network"] * 3, "storm", "stop", "crowd", "hold", "full", "restore")


class Rounds:
    """Publishers on two accounts of one network, and what befalls them. `told`: what has happened so far."""

    def __init__(self, random: Random, ground: Ground, kind: str) -> None:
        self.random = random
        self.ground = ground
        self.accounts = (kind, second(kind))
        self.network = ground.networks[kind]
        self.moments = ground.moments
        self.script = Script()
        self.known_as = ""
        self.list_is_down = False
        self.written: list[Written] = []
        self.pauses: list[Pause] = []
        self.windows: list[Window] = []
        self.kills = 0
        self.by_person = 0
        self.told: list[str] = []

    def _write(self, count: int) -> list[Written]:
        raise AssertionError("the cycle says what is written")

    def _publisher(self, **given: object) -> Child:
        orders = Orders(self.accounts, known_as=self.known_as, **given)  # type: ignore[arg-type]  # by name
        child = Child("publisher:publish", orders)
        self.script.publisher = child.pid
        return child

    def _end(self, child: Child) -> str:
        how = child.ended_or_stopped()
        self.kills += how == "killed"
        return how

    def _kill(self, at: int = 0) -> None:
        """At a step of its own: before or after a claim, a record, a request, an answer, a look."""
        at = at or self.random.choice([self.random.randint(2, 25), self.random.randint(2, 70)])
        self.script.posts = []
        if self.random.random() < 0.3:
            self.script.posts = [self.random.choice(CUTS) for _ in range(2)]
        self._end(self._publisher(trap="kill", at=at, passes=(0.0, 70.0)))

    def _network(self) -> None:
        """The network does it, while the request is on its way: before it takes the post, or after."""
        self.script.posts = [
            self.random.choice([*BEFORE, *AFTER, *AFTER]) for _ in range(self.random.randint(1, 3))
        ]
        child = self._publisher(passes=(0.0, 16.0))
        if self._end(child) == "stopped":
            self._go_on(child)

    def _storm(self) -> None:
        """Request after request is answered with 429, some with a time to come back; then one may be lost."""
        self.script.posts = [self.random.choice(LIMITED) for _ in range(self.random.randint(3, 8))]
        if self.random.random() < 0.5:
            self.script.posts.append(self.random.choice(["kill before", "kill after", *AFTER]))
        waits = [self.random.choice([0.0, 30.0, 121.0, 15.5 * MINUTE]) for _ in range(self.random.randint(3, 6))]
        child = self._publisher(passes=tuple(waits))
        if self._end(child) == "stopped":
            self._go_on(child)

    def _full(self) -> None:
        """The disk is full from a step on, for some steps; what was left behind is found when it has room."""
        self.script.posts = [self.random.choice(CUTS) for _ in range(2)]
        at, lasts = self.random.choice([self.random.randint(2, 12), self.random.randint(2, 40)]), self._few()
        self._end(self._publisher(trap="full", at=at, lasts=lasts, passes=(0.0, 5.0, 70.0, PAST_THE_LEASE, 70.0)))

    def _few(self) -> int:
        return self.random.choice([1, 2, 4, 8, 16])

    def _stop(self) -> None:
        """SIGSTOP until its claim is long stale; a second process starts meanwhile; SIGCONT."""
        child = self._publisher(trap="stop", at=self.random.randint(2, 40), passes=(0.0, 5.0))
        if self._end(child) == "stopped":
            self._go_on(child)

    def _go_on(self, child: Child) -> None:
        self.moments.on(self.random.choice([2.0, 45.0, PAST_THE_LEASE]))
        if self.random.random() < 0.7:
            # A request of another account may still reach the network, whose next order is for later: a kill now
            # would be that of the first one, and the second its rightful successor.
            with self.network.lock:
                later, self.script.posts = self.script.posts, []
            how = self._publisher().ended_or_stopped()
            assert how == "refused" or not child.lives, f"two processes on one workspace: the second {how}"
            self.script.publisher, self.script.posts = child.pid, later
        if self.random.random() < 0.25:
            child.kill()
            self.kills += 1
            return
        for _ in range(STOPS):
            child.signal(signal.SIGCONT)
            if self._end(child) != "stopped":
                return
        raise AssertionError("stopped more often than it was told")

    def _crowd(self) -> None:
        """Several on the same accounts, one of them killed; nobody takes over before all have ended."""
        self.script.posts = [self.random.choice(["", *CUTS]) for _ in range(3)]
        crowd = [self._publisher(beside=True, trap="kill", at=self.random.randint(2, 40))]
        crowd += [self._publisher(beside=True, passes=(0.0, 0.0)) for _ in range(self.random.randint(1, 3))]
        self.script.publisher = 0
        for one in crowd:
            self._end(one)

    def _hold(self) -> None:
        """A pause while a publisher is stopped at any step, or within 50 ms of its start."""
        stops = self.random.random() < 0.6
        child = self._publisher(trap="stop" if stops else "", at=self.random.randint(2, 40))
        if stops:
            self._end(child)
        paused = Child("people:pause", self.random.random() * 0.05, 0.3).result()
        child.signal(signal.SIGCONT)
        self._end(child)
        if paused is None:
            return
        since, on_their_way = paused
        self._end(self._publisher(passes=(70.0, 70.0)))
        until = Child("people:resume").result()
        self.pauses.append(Pause(since, until, frozenset(on_their_way)))

    def _restore(self) -> None:
        """A backup of a bfbot that runs; more goes out, some of it early; more is written; killed; put back."""
        child = self._publisher(trap="stop", at=self.random.randint(2, 40))
        self._end(child)
        backup = Child("people:back_up").result()
        child.signal(signal.SIGCONT)
        self._end(child)
        if self._by_the_way() < 0.6:
            sooner = Child("people:hasten").result()
            self.windows += sooner
            self.told += ["hastened"] * len(sooner)
            self._end(self._publisher())
        self.moments.on(self.random.choice([0.0, 5.0, 4 * MINUTE, 40 * MINUTE]))
        self.written += [replace(one, forgotten=True) for one in self._write(self.random.randint(0, 2))]
        self._kill()
        Child("people:restore", backup).result()
        since = time.monotonic()  # nothing that is approved and due goes out before somebody has looked
        self.script.posts = [self.random.choice(CUTS) for _ in range(2)]
        self._end(self._publisher(trap=self.random.choice(["", "kill"]), at=20, passes=(0.0, 70.0, 70.0)))
        if self.random.random() < 0.5:
            self._settle()
        until = Child("people:resume").result()
        self.pauses.append(Pause(since, until, frozenset()))

    def _by_the_way(self) -> float:
        """A draw that leaves those after it as they were: what a seed is known for stays so."""
        aside = Random(0)
        aside.setstate(self.random.getstate())
        return aside.random()

    def _settle(self) -> None:
        live = [one["wrote"] for one in self.network.ledger]
        settled, windows = Child("people:settle", live).result()
        self.by_person += settled
        self.windows += windows
