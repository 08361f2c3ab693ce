from __future__ import annotations

import pytest

from bfbot.domain.person import Role
from bfbot.domain.states import DeliveryState
from bfbot.errors import IllegalMove, NotAllowed, Unavailable
from bfbot.ledger import account_states, audit, deliveries, people
from bfbot.ledger.doubts import tries
from bfbot.publishing.drain import drain
from bfbot.publishing.release import release_due
from bfbot.publishing.start_again import start_again
from bfbot.publishing.take_down import delete
from tests.publishing.network import NOON, Clock, Network, approved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def team(db: None) -> None:
    people.add("Author", Role.AUTHOR, NOON)
    people.add("Approver", Role.APPROVER, NOON)


def published(*texts: str) -> int:
    post = approved(*texts)
    release_due(NOON)
    drain("desk", Clock(), "worker")
    return post.id


def test_every_part_is_taken_down_and_it_is_on_record(network: Network) -> None:
    delivery_id = published("One", "Two")
    delete(delivery_id, actor="Approver", now=NOON)
    gone = deliveries.get(delivery_id)
    assert (gone.state, gone.deleted_at) == (DeliveryState.DELETED, NOON)
    assert network.texts == ["", ""]
    assert [(one.actor, one.action) for one in audit.entries(f"post:{gone.post_id}")] == [("Approver", "deleted")]
    assert [one.part for one in tries(delivery_id) if one.action == "delete"] == [1, 0]


def test_it_takes_an_approver_and_a_live_post(network: Network) -> None:
    delivery_id = published("One")
    with pytest.raises(NotAllowed):
        delete(delivery_id, actor="Author", now=NOON)
    delete(delivery_id, actor="Approver", now=NOON)
    with pytest.raises(IllegalMove):
        delete(delivery_id, actor="Approver", now=NOON)


def test_a_network_that_does_not_answer_leaves_it_live(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(remote_id: str) -> None:
        raise Unavailable("No way there.")

    monkeypatch.setattr(network, "delete", broken)
    delivery_id = published("One")
    with pytest.raises(Unavailable):
        delete(delivery_id, actor="Approver", now=NOON)
    assert deliveries.get(delivery_id).state is DeliveryState.PUBLISHED


def test_a_stopped_account_is_started_by_an_approver(db: None) -> None:
    account_states.stop("desk", "The key is void.", NOON)
    with pytest.raises(NotAllowed):
        start_again("desk", actor="Author", now=NOON)
    assert start_again("desk", actor="Approver", now=NOON)
    assert not start_again("desk", actor="Approver", now=NOON)
    assert account_states.standing("desk").stopped_reason == ""
