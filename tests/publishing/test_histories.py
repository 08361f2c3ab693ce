"""Desk and publisher as one machine: any history of people, faults and clocks, judged by the network's ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from bfbot.desk import review, settling, stops, writing
from bfbot.domain.post import Wording
from bfbot.domain.sending import next_part
from bfbot.domain.states import DeliveryState, PostState
from bfbot.errors import BfbotError, OutcomeUnknown, RateLimited, Rejected, Unavailable
from bfbot.ledger import audit, models, posts
from bfbot.publishing import door
from bfbot.publishing.drain import drain
from bfbot.publishing.reconcile import adopt_orphans, rescue
from bfbot.publishing.release import release_due
from tests.publishing.kinds import KINDS, network_of
from tests.publishing.network import Clock
from tests.workspace import APPROVER, AUTHOR, BRIGHT, NOW, PRACTICE

pytestmark = pytest.mark.django_db
FAULTS = [
    "",
    "",
    "lost after",
    "lost before",
    "killed after",
    "killed before",
    "rejected",
    "limited",
    "unavailable",
]
ENDED = {
    DeliveryState.PUBLISHED,
    DeliveryState.FAILED,
    DeliveryState.MISSED,
    DeliveryState.UNKNOWN,
    DeliveryState.WITHDRAWN,
}


class Histories(RuleBasedStateMachine):
    """Everything happens in a transaction that is taken back at the end. `machine` is bfbot's clock."""

    kind = ""

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.network = network_of(self.kind)
        door.platform_of = lambda account, now: self.network  # type: ignore[assignment]  # put back by the test
        self.network.true.now = NOW
        self.machine = Clock(NOW)
        self.network.before = self.may_come
        self.count = 0
        self.made: list[int] = []
        self.broken: list[str] = []
        self.given_up: set[int] = set()

    # What people do

    @rule(starts=st.integers(-5, 40), lasts=st.sampled_from([10, 60, 240]), parts=st.integers(1, 2))
    def writes_and_has_it_approved(self, starts: int, lasts: int, parts: int) -> None:
        with suppress(BfbotError):
            post = writing.write(
                campaign=BRIGHT,
                accounts=[PRACTICE],
                wording=self.words(parts),
                at=self.machine() + timedelta(minutes=starts),
                actor=AUTHOR,
                now=self.machine(),
                window=timedelta(minutes=lasts),
            )
            self.made.append(post.id)
            review.submit(post.id, actor=AUTHOR, now=self.machine())
            review.approve(post.id, actor=APPROVER, now=self.machine())

    @rule(which=st.integers(0, 5))
    def approves_once_more(self, which: int) -> None:
        self.does(which, lambda post: review.approve(post, actor=APPROVER, now=self.machine()))

    @rule(which=st.integers(0, 5), again=st.booleans())
    def edits(self, which: int, again: bool) -> None:
        def edit(post: int) -> None:
            writing.rewrite(post, actor=AUTHOR, now=self.machine(), wording=self.words(1))
            if again:
                review.submit(post, actor=AUTHOR, now=self.machine())
                review.approve(post, actor=APPROVER, now=self.machine())

        self.does(which, edit)

    @rule(which=st.integers(0, 5))
    def withdraws(self, which: int) -> None:
        self.does(which, lambda post: review.withdraw(post, actor=APPROVER, now=self.machine()))

    @rule(which=st.integers(0, 5))
    def tries_again(self, which: int) -> None:
        self.does(which, lambda post: review.retry(post, actor=AUTHOR, now=self.machine()))

    @rule()
    def pauses(self) -> None:
        stops.pause(actor=AUTHOR, now=self.machine(), reason="A sad day.")

    @rule()
    def resumes(self) -> None:
        with suppress(BfbotError):
            stops.resume(actor=APPROVER, now=self.machine())

    @rule()
    def looks_and_says_what_is_live(self) -> None:
        """Right, whatever it is, part by part."""
        for row in models.Delivery.objects.filter(state=DeliveryState.UNKNOWN):
            delivery = posts.get(row.post_id).deliveries[0]
            part = next_part(delivery)
            if delivery.proof is None or part is None:
                continue
            live = delivery.proof.parts[part].text in self.network.texts
            url = f"/practice/{1000 + 10 * delivery.id + part}" if live else None
            settling.settle(
                delivery.id, actor=APPROVER, now=self.machine(), live_url=url, gone=not live, part=part
            )

    @rule(which=st.integers(0, 5))
    def gives_up(self, which: int) -> None:
        def give_up(post: int) -> None:
            (delivery,) = posts.get(post).deliveries
            settling.settle(
                delivery.id, actor=APPROVER, now=self.machine(), given_up=True, part=next_part(delivery)
            )
            self.given_up.add(delivery.id)

        self.does(which, give_up)

    def does(self, which: int, act: Callable[[int], object]) -> None:
        if self.made:
            with suppress(BfbotError):
                act(self.made[which % len(self.made)])

    def words(self, parts: int) -> Wording:
        self.count += 1
        return Wording("\n---\n".join(f"Doors stay open, {self.count}, part {one}." for one in range(parts)))

    # What happens

    @rule(minutes=st.sampled_from([0, 1, 1, 2, 10, 45]))
    def time_passes(self, minutes: int) -> None:
        self.machine.on(minutes=minutes)
        self.network.true.on(minutes=minutes)

    @rule(hours=st.sampled_from([-2, 2]))
    def the_machines_clock_is_moved(self, hours: int) -> None:
        self.machine.on(hours=hours)

    @rule(fault=st.sampled_from(FAULTS), listed=st.sampled_from(["listed", "listed", "late", "list fails"]))
    def the_clock_beats(self, fault: str, listed: str) -> None:
        network = self.network
        network.hidden = listed == "late"
        network.looks = [Unavailable("Away.")] * 9 if listed == "list fails" else []
        before = {
            "lost before": OutcomeUnknown("Cut."),
            "killed before": KeyboardInterrupt(),
            "rejected": Rejected("No."),
            "limited": RateLimited("Slow.", retry_at=self.machine() + timedelta(minutes=2)),
            "unavailable": Unavailable("Away."),
        }
        after = {"lost after": OutcomeUnknown("Cut."), "killed after": KeyboardInterrupt()}
        network.answers = [before[fault]] if fault in before else []
        network.lost = [after[fault]] if fault in after else []
        self.beat()
        network.hidden, network.looks, network.answers, network.lost = False, [], [], []

    def beat(self) -> None:
        try:
            rescue(self.machine, "worker")
            release_due(self.machine())
            drain(PRACTICE, self.machine, "worker")
        except KeyboardInterrupt:  # killed; the next process holds the lock
            adopt_orphans(self.machine())

    def may_come(self) -> None:
        """Asked by the network for each request, past bfbot."""
        sending = models.Delivery.objects.select_related("post").get(state=DeliveryState.SENDING)
        if sending.pk in self.given_up:
            self.broken.append(f"given up, and sent again: {sending.post.text}")
        if not sending.due_at <= self.machine() < sending.closes_at:
            self.broken.append(f"outside of its window: {sending.post.text}")
        if stops.standing(self.machine()):
            self.broken.append(f"in a pause: {sending.post.text}")
        approval = models.Approval.objects.filter(post=sending.post, voided_at=None).first()
        if sending.post.state != PostState.APPROVED or approval is None:
            self.broken.append(f"not approved: {sending.post.text}")
        elif approval.signature != sending.post.signature:
            self.broken.append(f"not what was approved: {sending.post.text}")

    # What the network's ledger says

    @invariant()
    def nothing_out_of_bounds(self) -> None:
        assert not self.broken

    @invariant()
    def nothing_twice(self) -> None:
        twice = [text for text, count in Counter(one.text for one in self.network.ledger).items() if count > 1]
        assert not twice

    def teardown(self) -> None:
        try:
            self.play_out()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def play_out(self) -> None:
        """No more faults and nobody acts: everything approved comes to an end, and the two ledgers agree."""
        self.resumes()
        for _ in range(12):
            self.time_passes(45)
            self.beat()
        self.nothing_out_of_bounds()
        self.nothing_twice()
        for post in map(posts.get, self.made):
            delivery = post.deliveries[0]
            there = self.network.texts
            if post.state in {PostState.APPROVED, PostState.CLOSED, PostState.WITHDRAWN}:
                assert delivery.state in ENDED
            if delivery.proof is None or delivery.reason == "settled_by_person" or delivery.given_up:
                continue
            live = [part.text for part in delivery.proof.parts if part.text in there]
            if delivery.state is DeliveryState.PUBLISHED:
                assert len(live) == len(delivery.proof.parts)
            elif delivery.state is not DeliveryState.UNKNOWN:
                assert len(live) == len(delivery.parts)
        assert list(audit.breaks()) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_history_breaks_a_promise(kind: str, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(door, "platform_of", door.platform_of)  # and put back at the end
    machine = type(f"Histories_{kind}", (Histories,), {"kind": kind})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8 if connection.vendor == "sqlite" else 3,  # a server takes longer for each step
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
