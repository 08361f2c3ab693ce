"""The network of records and its adapter: an id makes one post, however often it is asked for."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bfbot.domain.proof import Proof, ProofPart
from bfbot.errors import NotAuthorised, OutcomeUnknown, RateLimited, Unavailable
from bfbot.http import session
from bfbot.platforms.base import Sending, Setup, utc_now
from tests.simulators.records import TOKEN, RecordsSimulator
from tests.simulators.records_adapter import Records
from tests.simulators.server import BREAK, CUT

WORDS = ("One.", "Two.")
FIRST, SECOND = "/records/key-1", "/records/key-2"


@pytest.fixture(params=[False, True], ids=["refuses", "gives back"])
def network(request: pytest.FixtureRequest) -> Iterator[RecordsSimulator]:
    with RecordsSimulator(gives_back=request.param) as one:
        yield one


@pytest.fixture
def records(network: RecordsSimulator, monkeypatch: pytest.MonkeyPatch) -> Records:
    return account_on(network, monkeypatch, TOKEN)


def account_on(network: RecordsSimulator, monkeypatch: pytest.MonkeyPatch, token: str) -> Records:
    from bfbot.config import config

    monkeypatch.setenv("BFBOT_PRIVATE_HOSTS", network.address)
    config.cache_clear()
    made = Records(Setup("desk", network.base_url, {"token": token}, lambda digest: b"", session=session()))
    config.cache_clear()
    return made


def sending(index: int = 0, reply_to: str | None = None) -> Sending:
    proof = Proof("desk", "records", tuple(ProofPart(one, len(one)) for one in WORDS))
    return Sending(proof, index, f"key-{index + 1}", reply_to, utc_now())


def test_the_same_id_twice_makes_one_post(network: RecordsSimulator, records: Records) -> None:
    first, again = records.publish(sending()), records.publish(sending())
    assert (first.remote_id, first.url) == (again.remote_id, again.url) == ("key-1", f"{network.base_url}{FIRST}")
    assert [one["wrote"] for one in network.ledger] == ["One."]


def test_a_thread_is_found_part_by_part(network: RecordsSimulator, records: Records) -> None:
    assert records.find(sending()) is None
    first = records.publish(sending())
    assert records.find(sending(1, first.remote_id)) is None
    second = records.publish(sending(1, first.remote_id))
    assert records.find(sending()) == first
    assert records.find(sending(1, first.remote_id)) == second
    assert [one["reply_to"] for one in network.ledger] == [None, "key-1"]


@pytest.mark.parametrize("lost", [CUT, BREAK])
def test_after_a_lost_answer_the_same_request_counts_as_published(
    network: RecordsSimulator, records: Records, lost: str
) -> None:
    network.lose(lost, FIRST, "PUT")
    with pytest.raises(OutcomeUnknown):
        records.publish(sending())
    assert records.publish(sending()).remote_id == "key-1"
    assert len(network.ledger) == 1


def test_what_it_refuses_is_told_in_bfbots_words(
    network: RecordsSimulator, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    network.refuse(FIRST, 429, {"error": "slow"}, "PUT", Retry_After="60")
    with pytest.raises(RateLimited):
        records.publish(sending())
    network.refuse(SECOND, 503, "<html>", "GET")
    with pytest.raises(Unavailable):
        records.find(sending(1))
    with pytest.raises(NotAuthorised):
        account_on(network, monkeypatch, "another").publish(sending())
    assert network.ledger == []
