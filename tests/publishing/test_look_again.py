"""A person has bfbot look now: what is there is written down, what is not stays in doubt, and nothing is sent."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bfbot.domain.sending import Action, Outcome
from bfbot.domain.states import DeliveryState
from bfbot.errors import ContentRefused, NotAllowed, OutcomeUnknown, Unavailable
from bfbot.ledger import deliveries, doubts
from bfbot.ledger.settled import give_up
from bfbot.platforms.base import Seen
from bfbot.publishing.drain import drain
from bfbot.publishing.look_again import Looked, look_again
from bfbot.publishing.release import release_due
from bfbot.publishing.settle import SETTLE
from tests.publishing.network import NOON, Clock, Listing, Network, approved
from tests.workspace import APPROVER, AUTHOR

pytestmark = pytest.mark.usefixtures("home")


class Shown(Listing):
    """Lists what it has to people too, a minute apart, under addresses of its own."""

    refuses: Exception | None = None

    def recent(self, since: object) -> list[Seen]:
        if self.refuses is not None:
            raise self.refuses
        return [
            Seen(str(number), f"https://social.example/{number}", NOON + timedelta(minutes=number), text)
            for number, text in enumerate(self.texts)
        ]


@pytest.fixture
def shown(joined: object) -> Shown:
    network = Shown()
    joined(network)  # type: ignore[operator]  # the fixture's function
    return network


def lost(network: Network, clock: Clock, *texts: str, arrives: bool = True) -> int:
    """A post whose first request got no answer; its delivery's id."""
    delivery = approved(*texts)
    (network.lost if arrives else network.answers).append(OutcomeUnknown("Cut."))
    release_due(clock())
    drain("desk", clock, "worker")
    return delivery.id


def look(delivery: int, clock: Clock) -> Looked:
    return look_again(delivery, actor=APPROVER, clock=clock)


def late(network: Shown, clock: Clock, *texts: str, arrives: bool = True) -> int:
    """The same, and the publisher's own look came too early to see it."""
    network.hidden = True
    delivery = lost(network, clock, *texts, arrives=arrives)
    network.hidden = False
    return delivery


def test_what_is_there_is_on_record_at_once(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One")
    looked = look(delivery, clock)
    assert (looked.outcome, looked.recorded, looked.found_id) == (Outcome.FOUND, True, "0")
    done = deliveries.get(delivery)
    assert (done.state, done.url) == (DeliveryState.PUBLISHED, "https://social.example/found")
    assert [one.outcome for one in doubts.tries(delivery) if one.action is Action.PUBLISH] == [Outcome.FOUND]
    with pytest.raises(ContentRefused, match="nothing to look for"):
        look(delivery, clock)


def test_what_is_not_there_stays_in_doubt_and_the_list_is_shown(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One", arrives=False)
    shown.live = [("", "Somebody's words", None), ("", "Others", None)]
    clock.on(hours=1)
    for _ in range(2):
        looked = look(delivery, clock)
        clock.on(seconds=SETTLE.total_seconds() + 1)
    assert (looked.outcome, looked.recorded) == (Outcome.ABSENT, False)
    assert [one.text for one in looked.seen] == ["Others", "Somebody's words"]
    assert looked.since < looked.around == NOON
    assert deliveries.get(delivery).state is DeliveryState.UNKNOWN, "the publisher or a person decides, not a look"
    assert len(shown.asked) == 1
    assert [one.outcome for one in doubts.tries(delivery)][-2:] == [Outcome.ABSENT, Outcome.ABSENT]


def test_only_the_posts_nearest_to_its_time_are_shown(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One", arrives=False)
    shown.live = [("", f"Number {one}", None) for one in range(60)]
    seen = look(delivery, clock).seen
    assert [one.text for one in seen] == [f"Number {one}" for one in reversed(range(20))]


def test_a_list_that_cannot_be_read_says_why_and_that_is_on_record(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One", arrives=False)
    shown.looks, shown.refuses = [Unavailable("The list is away.")], RuntimeError("canary")
    looked = look(delivery, clock)
    assert (looked.outcome, looked.why, looked.seen) == (Outcome.UNREADABLE, "The list is away.", ())
    assert "canary" not in looked.unlisted
    assert doubts.tries(delivery)[-1].detail == "The list is away."


def test_a_network_that_lists_nothing_says_so(network: Network, clock: Clock) -> None:
    delivery = lost(network, clock, "One")
    looked = look(delivery, clock)
    assert (looked.outcome, looked.seen) == (Outcome.NOT_MADE, ())
    assert looked.unlisted == looked.why == "This network lists nothing: look there yourself."
    assert deliveries.get(delivery).state is DeliveryState.UNKNOWN


def test_a_part_of_a_thread_that_is_found_lets_the_rest_go(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One", "Two")
    assert look(delivery, clock).recorded
    found = deliveries.get(delivery)
    assert (found.state, len(found.parts)) == (DeliveryState.DUE, 1)
    drain("desk", clock, "worker")
    assert (deliveries.get(delivery).state, shown.texts) == (DeliveryState.PUBLISHED, ["One", "Two"])


def test_a_look_at_what_was_given_up_records_nothing_but_itself(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One")
    give_up(deliveries.get(delivery), "Given up.")
    looked = look(delivery, clock)
    assert (looked.outcome, looked.recorded) == (Outcome.FOUND, False)
    assert deliveries.get(delivery).given_up


def test_giving_up_overtakes_a_look_that_is_under_way(shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One")
    find = shown.find

    def slow(sending: object) -> object:
        found = find(sending)  # type: ignore[arg-type]  # as it was given
        give_up(deliveries.get(delivery), "Given up.")
        return found

    shown.find = slow  # type: ignore[assignment, method-assign]  # for this look
    assert not look(delivery, clock).recorded
    gone = deliveries.get(delivery)
    assert gone.given_up
    assert gone.parts == ()


def test_an_author_does_not_look(home: Path, shown: Shown, clock: Clock) -> None:
    delivery = late(shown, clock, "One")
    with pytest.raises(NotAllowed):
        look_again(delivery, actor=AUTHOR, clock=clock)
