"""One cycle: posts on one network, rounds of random faults with at least one SIGKILL, recovery, judgement.

All that is random comes from the cycle's seed.
"""

from __future__ import annotations

import signal
import time
from datetime import timedelta
from pathlib import Path
from random import Random

from tests.faults.harness.judge import Pause, Tally, judge
from tests.faults.harness.moments import Moments
from tests.faults.harness.networks import AFTER, BEFORE, KINDS, Faulty, Script
from tests.faults.harness.orders import Orders, Planned, Written
from tests.faults.harness.processes import Child, ledger_of, put_back

MINUTE = 60.0
RECOVERY = (1.0, 70.0, 70.0, 70.0, 5 * MINUTE, 15 * MINUTE, 16 * MINUTE, 16 * MINUTE, 30 * MINUTE, 3 * 60 * MINUTE)
AFTERWARDS = (5 * 60 * MINUTE, 70.0, 70.0)
"""Until every window is over, and two looks after it."""
PAST_THE_LEASE = 11 * MINUTE
STALL = 3 * 60 * MINUTE
ROUNDS = ("kill", "kill", "network", "network", "network", "stop", "crowd", "hold")


class Cycle:
    """`run` returns what was counted; `kind` names the network."""

    def __init__(self, seed: int, home: Path, template: Path, networks: dict[str, Faulty]) -> None:
        self.random = Random(seed)
        self.seed = seed
        self.kind = KINDS[seed % len(KINDS)]
        self.home = home
        self.network = networks[self.kind]
        self.moments = Moments(home)
        self.moments.reset()
        self.script = Script()
        self.network.set_up(self.moments, self.script)
        put_back(home, template)
        # Where bfbot takes it that keys are honoured and they are not, it has nothing but the list.
        self.known_keyless = self.kind == "late" and self.random.random() < 0.5
        self.list_is_down = self.kind == "keys" and self.random.random() < 0.6  # so that the key decides
        self.pauses: list[Pause] = []
        self.kills = 0
        self.rounds: list[str] = []

    def run(self) -> Tally:
        written = self._write()
        rounds = [self.random.choice(ROUNDS) for _ in range(self.random.randint(1, 3))]
        for name in rounds:
            self._pass_time()
            self.rounds.append(name)
            getattr(self, f"_{name}")()
        if not self.kills:
            self._kill()
        while not self.kills:
            self._kill(at=1)
        by_person = self._recover()
        tally = judge(ledger_of(self.home), written, self.network.ledger, self.pauses)
        tally.kills, tally.unknown_by_person = self.kills, by_person
        tally.why = [f"{one} (after {', '.join(self.rounds)})" for one in tally.why]
        return tally

    def _write(self) -> list[Written]:
        planned = []
        for number in range(self.random.randint(2, 4)):
            count = self.random.choice([1, 1, 1, 2, 3])
            parts = tuple(f"Every child counts: {self.seed}, {number}, part {one}." for one in range(count))
            at = self.random.choice([-60.0, -5.0, -1.0, 0.0, 3 * MINUTE, 12 * MINUTE])
            window = self.random.choice([5 * MINUTE, 20 * MINUTE, 2 * 60 * MINUTE, 5 * 60 * MINUTE])
            decided = self.random.choice(
                ["approved"] * 8 + ["clicked twice", "clicked twice", "not approved", "edited", "withdrawn"]
            )
            if number == 0:  # there is always something on its way when the first fault strikes
                at, decided = -5.0, "clicked twice"
            planned.append(Planned(parts, at + 0.001 * number, window, decided))
        return list(Child("people:write", self.kind, planned).result())

    def _pass_time(self) -> None:
        self.moments.on(self.random.choice([0.0, 0.0, 5.0, 30.0, 70.0, 4 * MINUTE, 16 * MINUTE, STALL]))
        if self.random.random() < 0.12:
            self.moments.put_wrong(self.random.choice([-2, 2]) * 60 * MINUTE)
        self.script.late = timedelta(seconds=self.random.choice([0, 20, 50]))
        self.script.looks_that_fail = self.random.choice([0, 0, 0, 1, 3])
        if self.kind == "late" and not self.known_keyless:
            self.script.looks_that_fail = 0
        if self.list_is_down:
            self.script.looks_that_fail = 1000
        self.script.posts = []

    def _publisher(self, **given: object) -> Child:
        child = Child("publisher:publish", Orders(self.kind, keyless=self.known_keyless, **given))  # type: ignore[arg-type]  # by name
        self.script.publisher = child.pid
        return child

    def _kill(self, at: int = 0) -> None:
        """At a step of its own: before or after a claim, a record, a request, an answer, a look."""
        at = at or self.random.choice([self.random.randint(2, 25), self.random.randint(2, 70)])
        self.script.posts = []
        if self.random.random() < 0.3:
            self.script.posts = [self.random.choice(["", *BEFORE[:4], *AFTER[:3]]) for _ in range(2)]
        self._end(self._publisher(trap="kill", at=at, passes=(0.0, 70.0)))

    def _network(self) -> None:
        """The network does it, while the request is on its way: before it takes the post, or after."""
        self.script.posts = [
            self.random.choice([*BEFORE, *AFTER, *AFTER]) for _ in range(self.random.randint(1, 3))
        ]
        child = self._publisher(passes=(0.0, 16.0))
        if self._end(child) == "stopped":
            self._go_on(child)

    def _stop(self) -> None:
        """SIGSTOP until its claim is long stale; a second process starts meanwhile; SIGCONT."""
        child = self._publisher(trap="stop", at=self.random.randint(2, 40), passes=(0.0, 5.0))
        if self._end(child) == "stopped":
            self._go_on(child)

    def _go_on(self, child: Child) -> None:
        self.moments.on(self.random.choice([2.0, 45.0, PAST_THE_LEASE]))
        if self.random.random() < 0.7:
            assert self._publisher().ended_or_stopped() == "refused", "two processes on one workspace"
            self.script.publisher = child.pid
        if self.random.random() < 0.25:
            child.kill()
            self.kills += 1
            return
        child.signal(signal.SIGCONT)
        if self._end(child) == "stopped":
            child.signal(signal.SIGCONT)
            assert self._end(child) != "stopped"

    def _crowd(self) -> None:
        """Several on one account, one of them killed; nobody takes over before all have ended."""
        self.script.posts = [self.random.choice(["", "", *BEFORE[:4], *AFTER[:3]]) for _ in range(3)]
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

    def _end(self, child: Child) -> str:
        how = child.ended_or_stopped()
        self.kills += how == "killed"
        return how

    def _recover(self) -> int:
        """No more faults: bfbot alone, then somebody who says what is live, then the end of all windows."""
        self.script.posts, self.script.looks_that_fail = [], 1000 if self.list_is_down else 0
        self.moments.put_wrong(0)
        assert self._end(self._publisher(passes=RECOVERY)) == "ended"
        live = [one["wrote"] for one in self.network.ledger]
        by_person = int(Child("people:settle", live).result())
        assert self._end(self._publisher(passes=AFTERWARDS)) == "ended"
        return by_person + int(Child("people:settle", [one["wrote"] for one in self.network.ledger]).result())


def timed(cycle: Cycle) -> tuple[Tally, float]:
    """The tally, and how many seconds it took."""
    began = time.monotonic()
    return cycle.run(), time.monotonic() - began
