"""What every network's adapter promises, whichever network it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bfbot.domain.limits import Idempotency
from bfbot.domain.snapshot import PostFigures
from bfbot.errors import Duplicate, PlatformError, Rejected, Unavailable
from bfbot.platforms import base
from bfbot.platforms.base import Draft, Sending
from tests.contract.networks import MEDIA, NAMES, TEXT, Network, opened

pytestmark = pytest.mark.django_db


@pytest.fixture(params=NAMES)
def network(request: pytest.FixtureRequest) -> Iterator[Network]:
    with opened(request.param) as one:
        yield one


def test_it_can_find_measure_delete_and_say_who_it_is(network: Network) -> None:
    for capability in (
        base.Findable,
        base.Listable,
        base.Linked,
        base.Measurable,
        base.Deletable,
        base.Testable,
    ):
        assert isinstance(network.platform, capability)
    assert network.platform.who_am_i()


def test_what_was_rendered_is_what_is_published(network: Network) -> None:
    sending = network.sending()
    receipt = network.platform.publish(sending)
    assert receipt.remote_id
    assert receipt.url
    assert network.live() == [sending.proof.parts[0].text] == [TEXT]


def test_the_same_key_twice_makes_one_post_or_none_more(network: Network) -> None:
    first = network.platform.publish(network.sending())
    try:
        again = network.platform.publish(network.sending())
    except Duplicate:
        assert network.platform.limits.idempotency is Idempotency.NONE
    else:
        assert network.platform.limits.idempotency is Idempotency.KEY
        assert again.remote_id == first.remote_id
    assert network.live() == [TEXT]


def test_find_gives_the_receipt_of_what_was_published(network: Network) -> None:
    sending = network.sending()
    assert network.platform.find(sending) is None
    receipt = network.platform.publish(sending)
    found = network.platform.find(sending)
    assert (found.remote_id, found.url) == (receipt.remote_id, receipt.url)


def test_find_tells_one_wording_from_another(network: Network) -> None:
    network.platform.publish(network.sending(TEXT.replace("ten", "two")))
    assert network.platform.find(network.sending(key="key-2")) is None


def test_find_does_not_give_what_was_taken_down(network: Network) -> None:
    sending = network.sending()
    network.platform.delete(network.platform.publish(sending).remote_id)
    assert network.platform.find(sending) is None


def test_the_account_s_own_list_is_shown_newest_first_from_a_moment_on(network: Network) -> None:
    since = datetime.now(UTC)
    receipts = [
        network.platform.publish(
            network.sending(f"{TEXT} Number {one}.", key=f"k{one}", tried_since=since + timedelta(seconds=one))
        )
        for one in range(3)
    ]
    network.platform.delete(receipts[1].remote_id)
    seen = network.platform.recent(since.replace(microsecond=0))
    assert {one.remote_id for one in seen} == {receipts[0].remote_id, receipts[2].remote_id}
    assert seen == sorted(seen, key=lambda one: one.published_at, reverse=True)
    assert "“Read” it: https://www.local.gov.uk/bright-futures" in seen[0].text, "as its author wrote it"
    assert network.platform.recent(since + timedelta(hours=1)) == []


def test_a_post_s_address_gives_its_id(network: Network) -> None:
    receipt = network.platform.publish(network.sending())
    assert network.platform.id_in(receipt.url) == receipt.remote_id
    assert network.platform.recent(datetime.now(UTC) - timedelta(minutes=1))[0].url == receipt.url
    for link in ("https://elsewhere.example/@desk/115000000000000001", "nothing", ""):
        assert network.platform.id_in(link) is None


def test_a_list_that_cannot_be_read_is_told_as_such(network: Network) -> None:
    if network.simulator is not None:
        network.simulator.refuse("/api/v1/accounts/109/statuses", 503, "[]", method="GET")
        network.simulator.refuse("/2/users/2244994945/tweets", 503, "[]", method="GET")
        with pytest.raises(Unavailable):
            network.platform.recent(datetime.now(UTC))


def test_a_picture_goes_out_with_its_alt_text_and_is_found(network: Network) -> None:
    sending = network.sending(media=(MEDIA,))
    receipt = network.platform.publish(sending)
    assert network.platform.find(sending).remote_id == receipt.remote_id
    if network.simulator is not None:
        assert [(one["alt"]) for one in network.simulator.ledger[0]["media"]] == [MEDIA.alt]


def test_a_picture_that_changed_since_approval_goes_nowhere(network: Network) -> None:
    other = MEDIA.__class__(**{**MEDIA.__dict__, "digest": "0" * 64})
    with pytest.raises(Rejected):
        network.platform.publish(network.sending(media=(other,)))
    assert network.live() == []


def test_a_thread_hangs_together_and_each_part_is_found(network: Network) -> None:
    proof = network.platform.render(Draft(account="desk", texts=("First part of two.", "Second part of two.")))
    since, before, ids = datetime.now(UTC), None, []
    for index in range(2):
        sending = Sending(proof=proof, index=index, key=f"part-{index}", reply_to=before, tried_since=since)
        before = network.platform.publish(sending).remote_id
        assert network.platform.find(sending).remote_id == before
        ids.append(before)
    if network.simulator is not None:
        assert [one["reply_to"] for one in network.simulator.ledger] == [None, ids[0]]


def test_a_part_whose_thread_is_gone_is_refused(network: Network) -> None:
    with pytest.raises(Rejected):
        network.platform.publish(network.sending(reply_to="4711"))
    assert network.live() == []


def test_deleting_twice_is_a_success(network: Network) -> None:
    receipt = network.platform.publish(network.sending())
    network.platform.delete(receipt.remote_id)
    network.platform.delete(receipt.remote_id)
    assert network.live() == []


def test_figures_come_for_live_posts_alone_and_only_those_declared(network: Network) -> None:
    live = network.platform.publish(network.sending("A post that stays.")).remote_id
    gone = network.platform.publish(network.sending("A post that goes.", key="key-2")).remote_id
    network.platform.delete(gone)
    figures = network.platform.measure([live, gone])
    assert set(figures) == {live}
    given = {name for name, value in vars(figures[live]).items() if value is not None}
    assert given == network.platform.limits.metrics
    assert isinstance(figures[live], PostFigures)


def test_the_account_is_measured(network: Network) -> None:
    now = datetime.now(UTC)
    snapshot = network.platform.measure_account(now)
    assert snapshot.followers is not None
    assert snapshot.followers > 0
    assert (snapshot.taken_at, snapshot.practice) == (now, network.platform.limits.practice)


def test_too_long_a_text_is_refused_by_the_network_too(network: Network) -> None:
    words = "word " * 120
    assert (
        network.platform.render(Draft(account="desk", texts=(words,))).parts[0].length
        > network.platform.limits.text
    )
    if network.simulator is not None and network.name == "x":
        network.simulator.refuse(network.post_path, 403, {"detail": "Your Tweet text is too long."})
    with pytest.raises(Rejected):
        network.platform.publish(network.sending(words))
    assert network.live() == []


def test_rendering_repeats_itself_exactly(network: Network) -> None:
    draft = Draft(
        account="desk", texts=(TEXT,), media=(MEDIA,), links=("https://www.local.gov.uk",), language="cy"
    )
    assert network.platform.render(draft).digest == network.platform.render(draft).digest


def test_nothing_but_platform_errors_leaves_an_adapter(network: Network) -> None:
    if network.simulator is not None:
        network.simulator.refuse(network.post_path, 418, "[]")
        with pytest.raises(PlatformError):
            network.platform.publish(network.sending())


def test_an_older_post_with_the_same_words_is_never_taken_for_this_one(network: Network) -> None:
    if network.simulator is None:
        network.platform.publish(network.sending(key="older"))
    else:
        network.simulator.publish_by_hand(TEXT, datetime.now(UTC) - timedelta(seconds=5))
    assert network.platform.find(network.sending(key="younger")) is None
