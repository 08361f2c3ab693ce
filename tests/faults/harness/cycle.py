"""One cycle: posts on one network, rounds of random faults with at least one SIGKILL, recovery, judgement.

All that is random comes from the cycle's seed.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random

from tests.faults.harness.ground import Ground
from tests.faults.harness.judge import Tally, judge
from tests.faults.harness.moments import clock_changes
from tests.faults.harness.networks import KINDS
from tests.faults.harness.orders import Planned, Written
from tests.faults.harness.processes import Child, ledger_of
from tests.faults.harness.rounds import ROUNDS, Rounds

MINUTE = 60.0
RECOVERY = (1.0, 70.0, 70.0, 70.0, 5 * MINUTE, 15 * MINUTE, 16 * MINUTE, 16 * MINUTE, 30 * MINUTE, 3 * 60 * MINUTE)
AFTERWARDS = (5 * 60 * MINUTE, 70.0, 70.0)
"""Until every window is over, and two looks after it."""
STALL = 3 * 60 * MINUTE
DECIDED = (*["approved"] * 7, *["clicked twice"] * 2, "clicked at once", "not approved", "edited", "withdrawn")

SAID = (  # no two of them alike: the desk refuses words that another account says already
    "Every child deserves a good start in life.",
    "Libraries open their doors all summer long.",
    "Fostering families are needed in your county.",
    "Bus passes for apprentices begin in autumn.",
    "School meals feed hungry minds.",
    "New homes stand where a car park was.",
    "Our parks team planted hundreds of trees.",
    "Carers meet on Tuesdays at the town hall.",
    "Potholes can be told online, day and night.",
    "A youth club is back after thirty years.",
    "Recycling went up in every district.",
    "Play streets close to cars on Sundays.",
)


class Cycle(Rounds):
    """`run` returns what was counted; `kind` names the network, `told` what happened, in order."""

    def __init__(self, seed: int, ground: Ground) -> None:
        self.kind = KINDS[seed % len(KINDS)]
        super().__init__(Random(seed), ground, self.kind)
        self.seed = seed
        self.network.set_up(self.moments, self.script)
        ground.put_back()
        self._begin()
        self._know()

    def _begin(self) -> None:
        """Mostly now; in some cycles within the three hours around a change of the country's clocks."""
        self.moments.reset()
        if self.random.random() < 0.2:
            night = self.random.choice(clock_changes(datetime.now(UTC) + timedelta(days=1)))
            self.moments.reset(night + timedelta(minutes=self.random.uniform(-100, 80)))
            self.told.append("clock change")

    def _know(self) -> None:
        """What bfbot takes the network for, and whether its list can be read at all in this cycle."""
        chance = self.random.random()
        match self.kind:
            case "keys":  # without the list the key decides
                self.list_is_down = chance < 0.6
            case "ids":
                self.list_is_down = chance < 0.3
                self.known_as = "listless" if chance > 0.7 else ""
            case "late":  # where it takes it that keys are honoured and they are not, it has nothing but the list
                self.known_as = "keyless" if chance < 0.5 else ""
            case "neither":
                self.known_as = "keyless and listless"

    def run(self) -> Tally:
        self.written = self._write(self.random.randint(2, 4))
        for name in [self.random.choice(ROUNDS) for _ in range(self.random.randint(1, 3))]:
            self._pass_time()
            self.told.append(name)
            getattr(self, f"_{name}")()
        if not self.kills:
            self._kill()
        while not self.kills:
            self._kill(at=1)
        by_person = self._recover()
        tally = judge(
            ledger_of(self.ground.home),
            self.written,
            self.network.ledger,
            self.pauses,
            self.windows,
            keyed=self.kind in {"keys", "ids"} or (self.kind == "late" and not self.known_as),
        )
        tally.kills, tally.unknown_by_person = self.kills, by_person
        tally.why = [f"{one} (after {', '.join(self.told)})" for one in tally.why]
        return tally

    def _write(self, count: int) -> list[Written]:
        planned = []
        for number in range(len(self.written), len(self.written) + count):
            parts = self.random.choice([1, 1, 1, 2, 3])
            words = tuple(f"{SAID[number]} Number {self.seed}, part {one}." for one in range(parts))
            at = self.random.choice([-60.0, -5.0, -1.0, 0.0, 3 * MINUTE, 12 * MINUTE])
            window = self.random.choice([5 * MINUTE, 20 * MINUTE, 2 * 60 * MINUTE, 5 * 60 * MINUTE])
            decided = self.random.choice(DECIDED)
            if number == 0:  # there is always something on its way when the first fault strikes
                at, decided = -5.0, "clicked twice"
            account = self.accounts[number % 2 if self.random.random() < 0.5 else 0]
            planned.append(Planned(account, words, at + 0.001 * number, window, decided))
        return list(Child("people:write", planned).result())

    def _pass_time(self) -> None:
        self.moments.on(self.random.choice([0.0, 0.0, 5.0, 30.0, 70.0, 4 * MINUTE, 16 * MINUTE, STALL]))
        if self.random.random() < 0.12:
            self.moments.put_wrong(self.random.choice([-2, 2]) * 60 * MINUTE)
            self.told.append("clock moved")
        self.script.late = timedelta(seconds=self.random.choice([0, 20, 50]))
        self.script.looks_that_fail = self.random.choice([0, 0, 0, 1, 3])
        if self.kind == "late" and not self.known_as:
            self.script.looks_that_fail = 0
        if self.list_is_down:
            self.script.looks_that_fail = 1000
        self.script.posts = []

    def _recover(self) -> int:
        """No more faults: bfbot alone, then somebody who says what is live, then the end of all windows."""
        self.script.posts, self.script.looks_that_fail = [], 1000 if self.list_is_down else 0
        self.moments.put_wrong(0)
        assert self._end(self._publisher(passes=RECOVERY)) == "ended"
        self._settle()
        assert self._end(self._publisher(passes=AFTERWARDS)) == "ended"
        self._settle()
        return self.by_person
