"""Publishers are killed with SIGKILL while a network has, or has not, what they sent. Nothing goes out twice.

And the proof that this proves something: with the claim, the key or the read-back taken out of a copy of bfbot,
each on a server where that one is the only guard, the same course of events ends in a second post.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.mutations import without
from tests.faults.processes import ROOT, Workers, until
from tests.simulators.mastodon import ACCOUNT_ID, MastodonSimulator
from tests.simulators.server import CUT, HANG, Simulator
from tests.simulators.x import XSimulator

pytestmark = pytest.mark.slow
STATUSES, LIST = "/api/v1/statuses", f"/api/v1/accounts/{ACCOUNT_ID}/statuses"
TWEETS = "/2/tweets"
Make = Callable[..., Workers]


def no_list(network: Simulator) -> None:
    for _ in range(20):
        network.refuse(LIST, 503, "<html>Maintenance</html>", method="GET")


def kill_in_flight(workers: Workers, account: str, path: str) -> None:
    """The network has the post, the worker waits for the answer, and dies."""
    assert workers.network is not None
    workers.network.lose(HANG, path)
    worker = workers.start("run", account)
    until(lambda: workers.network.ledger, worker)  # type: ignore[union-attr]  # asserted above
    workers.kill(worker)
    assert workers.state(account) == ["sending"]


def two_at_once(workers: Workers) -> int:
    """A second worker comes while the first one's request is on its way; returns how many posts there are."""
    network = workers.network
    assert network is not None
    no_list(network)
    network.lose(HANG, STATUSES)
    first = workers.start("run", "desk")
    until(lambda: network.ledger, first)
    workers.run("run", "desk", "--join")
    return len(network.ledger)


def killed_and_started_again(workers: Workers) -> int:
    kill_in_flight(workers, "desk", STATUSES)
    for seconds in ("120", "240"):  # one look proves nothing
        workers.run("run", "desk", "--later", seconds)
    assert workers.network is not None
    return len(workers.network.ledger)


@pytest.mark.parametrize("guard", ["", "claim"])
def test_two_workers_at_once_and_only_the_claim_between_them(guard: str, workers_on: Make, tmp_path: Path) -> None:
    code = without(guard, tmp_path / "copy") if guard else ROOT
    with MastodonSimulator(honours_keys=False) as network:
        assert two_at_once(workers_on(network, code)) == (2 if guard else 1)


@pytest.mark.parametrize("guard", ["", "key"])
def test_killed_in_flight_and_only_the_key_is_left(guard: str, workers_on: Make, tmp_path: Path) -> None:
    code = without(guard, tmp_path / "copy") if guard else ROOT
    with MastodonSimulator() as network:
        workers = workers_on(network, code)
        no_list(network)
        assert killed_and_started_again(workers) == (2 if guard else 1)
        assert workers.state("desk") == ["published"]


@pytest.mark.parametrize("guard", ["", "read-back"])
def test_killed_in_flight_and_only_the_read_back_is_left(guard: str, workers_on: Make, tmp_path: Path) -> None:
    code = without(guard, tmp_path / "copy") if guard else ROOT
    with MastodonSimulator(honours_keys=False) as network:
        workers = workers_on(network, code)
        assert killed_and_started_again(workers) == (2 if guard else 1)
        assert workers.state("desk") == ["published"]


def test_killed_in_flight_on_x_whose_list_comes_late(workers_on: Make) -> None:
    with XSimulator(refuses_duplicates=False, hidden_reads=1) as network:
        workers = workers_on(network)
        kill_in_flight(workers, "desk-x", TWEETS)
        workers.run("run", "desk-x")
        assert workers.state("desk-x") == ["unknown"], "an empty list so soon proves nothing"
        workers.run("run", "desk-x", "--later", "120")
        assert workers.state("desk-x") == ["published"]
        assert len(network.ledger) == 1


def test_an_answer_cut_off_is_read_back_by_the_next_pass(workers_on: Make) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        workers = workers_on(network)
        network.lose(CUT, STATUSES)
        workers.run("run", "desk", "--passes", "2")
        assert workers.state("desk") == ["published"]
        assert len(network.ledger) == 1


def test_killed_between_the_claim_and_the_request_it_is_sent_once(workers_on: Make) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        workers = workers_on(network)
        worker = workers.start("run", "desk", "--stop-after-claim")
        assert worker.stdout is not None
        assert worker.stdout.readline() == "claimed\n"
        workers.kill(worker)
        assert workers.state("desk") == ["sending"]
        assert network.ledger == []
        for seconds in ("0", "120", "240"):  # it may have been made, so the list is asked first, and twice
            workers.run("run", "desk", "--later", seconds)
        assert workers.state("desk") == ["published"]
        assert len(network.ledger) == 1


def test_many_workers_send_each_post_once_and_in_order(workers_on: Make) -> None:
    with MastodonSimulator(honours_keys=False) as network:
        workers = workers_on(network)
        together = [workers.start("run", "crowd", "--join", "--passes", "8") for _ in range(3)]
        for one in together:
            workers.finish(one)
        assert workers.state("crowd") == ["published"] * 4
        wrote = [one["wrote"] for one in network.ledger]
        assert wrote == [f"A good start in life, part {name}." for name in ("one", "two", "three", "four")]
