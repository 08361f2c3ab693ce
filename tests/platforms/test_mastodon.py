"""What only Mastodon does: its way of counting, slow pictures, servers that ignore the key."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bfbot.errors import BfbotError, OutcomeUnknown, Rejected, Unavailable
from bfbot.platforms import mastodon_media
from tests.contract.networks import CLIP, FILM, MEDIA, TEXT, opened
from tests.simulators.server import CUT


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("plain", 5),
        ("é", 1),
        ("👨‍👩‍👧‍👦", 1),
        ("see https://www.local.gov.uk/a/very/long/path/that/goes/on?and=on#for-ever.", 4 + 23 + 1),
        ("http://a.uk", 23),
        ("@desk@social.example says", 10),
        ("write to desk@social.example", 28),
        ("(https://a.uk)", 25),
        ("two https://a.uk https://b.uk", 4 + 23 + 1 + 23),
    ],
)
def test_length_is_counted_as_mastodon_counts(text: str, length: int) -> None:
    with opened("mastodon") as network:
        assert network.platform.length(text) == length


def test_a_picture_the_server_works_on_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon_media, "PROCESSING", (0.01, 0.01, 0.01))
    with opened("mastodon", slow_media=3) as network:
        network.platform.publish(network.sending(media=(MEDIA,)))
        assert network.live() == [TEXT]


def test_a_picture_that_is_never_ready_is_certainly_not_posted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon_media, "PROCESSING", (0.01,))
    with opened("mastodon", slow_media=99) as network, pytest.raises(Unavailable):
        network.platform.publish(network.sending(media=(MEDIA,)))


@pytest.mark.parametrize(
    ("focal", "told"),
    [((0.5, 0.5), (0, 0)), ((0.0, 0.0), (-1, 1)), ((1.0, 1.0), (1, -1)), ((0.25, 0.1), (-0.5, 0.8))],
)
def test_what_stays_in_sight_is_told_as_mastodon_counts(
    focal: tuple[float, float], told: tuple[float, float]
) -> None:
    with opened("mastodon") as network:
        network.platform.publish(network.sending(media=(replace(MEDIA, focal=focal),)))
        [picture] = network.simulator.live[0]["media"]
        assert picture["focus"] == told
        assert picture["alt"] == MEDIA.alt


def test_a_clip_goes_out_whole_with_its_alt_text_and_what_stays_in_sight() -> None:
    with opened("mastodon") as network:
        sending = network.sending(media=(FILM,))
        receipt = network.platform.publish(sending)
        [clip] = network.simulator.live[0]["media"]
        assert (clip["content"], clip["mime"], clip["alt"], clip["focus"]) == (
            CLIP,
            FILM.mime,
            FILM.alt,
            (-0.5, 0.8),
        )
        assert network.platform.find(sending).remote_id == receipt.remote_id
        network.platform.publish(network.sending("Once more.", key="key-2", media=(FILM,)))
        assert len(network.simulator.media) == 2  # one that is in a post is not used for another


def test_pictures_that_were_slow_to_go_up_are_there_for_the_next_try() -> None:
    """Four large ones on a slow line outlast a claim: sent up anew each time, such a post would never go out."""

    def too_old() -> None:
        raise BfbotError("the claim is too old")

    with opened("mastodon") as network:
        sending = network.sending(media=(MEDIA, MEDIA))
        for _ in range(2):
            with pytest.raises(BfbotError, match="too old"):
                network.platform.publish(replace(sending, still=too_old))
        network.platform.publish(sending)
        assert len(network.simulator.media) == 2
        assert len(network.simulator.live[0]["media"]) == 2
        network.platform.publish(network.sending("Once more.", key="key-2", media=(MEDIA,)))
        assert len(network.simulator.media) == 3  # one that is in a post is not used for another


def test_a_clip_that_is_worked_on_is_sent_up_once_and_asked_after(monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may work on it longer than a try lasts: the next try goes on with the same one."""
    monkeypatch.setattr(mastodon_media, "PROCESSING", (0.01,))
    with opened("mastodon", slow_media=6) as network:
        sending = network.sending(media=(FILM,))
        for _ in range(3):
            with pytest.raises(Unavailable, match="still working on the clip"):
                network.platform.publish(sending)
        network.platform.publish(sending)
        assert network.live() == [TEXT]
        assert len(network.simulator.media) == 1


def test_pictures_of_a_post_that_may_be_live_are_used_for_no_other() -> None:
    with opened("mastodon") as network:
        network.simulator.lose(CUT, "/api/v1/statuses")
        with pytest.raises(OutcomeUnknown):
            network.platform.publish(network.sending(media=(MEDIA,)))
        network.platform.publish(network.sending("Once more.", key="key-2", media=(MEDIA,)))
        assert len(network.simulator.media) == 2


def test_a_clip_that_the_server_forgot_goes_up_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mastodon_media, "PROCESSING", (0.01,))
    with opened("mastodon", slow_media=3) as network:
        sending = network.sending(media=(FILM,))
        with pytest.raises(Unavailable):
            network.platform.publish(sending)
        network.simulator.media.clear()
        network.simulator.slow_media = 0
        network.platform.publish(sending)
        assert network.live() == [TEXT]


def test_a_clip_stands_alone() -> None:
    with opened("mastodon") as network, pytest.raises(Rejected, match="one clip"):
        network.platform.publish(network.sending(media=(FILM, MEDIA)))
    assert not network.simulator.asked


def test_a_server_that_ignores_the_key_is_why_we_read_back() -> None:
    with opened("mastodon", honours_keys=False) as network:
        network.simulator.lose(CUT, network.post_path)
        sending = network.sending()
        with pytest.raises(OutcomeUnknown):
            network.platform.publish(sending)
        assert network.platform.find(sending).remote_id == network.simulator.ledger[0]["id"]


def test_the_key_the_language_and_our_name_are_sent() -> None:
    with opened("mastodon") as network:
        network.platform.publish(network.sending(key="a-key"))
        asked = network.simulator.asked[-1]
        assert asked.headers["idempotency-key"] == "a-key"
        assert asked.headers["user-agent"].startswith("bfbot/")
        assert b"language=en" in asked.body
        assert len(network.simulator.asked) == 1


def test_a_long_list_is_read_page_by_page_back_to_the_first_try() -> None:
    with opened("mastodon") as network:
        sending = network.sending()
        remote_id = network.platform.publish(sending).remote_id
        for number in range(90):
            network.simulator.publish_by_hand(f"Number {number}.", datetime.now(UTC) + timedelta(seconds=number))
        assert network.platform.find(sending).remote_id == remote_id


def test_a_list_too_long_to_read_is_not_called_empty() -> None:
    with opened("mastodon") as network:
        for number in range(230):
            network.simulator.publish_by_hand(f"Number {number}.", datetime.now(UTC) + timedelta(seconds=number))
        with pytest.raises(Unavailable):
            network.platform.find(network.sending())


def test_a_missing_address_is_said_before_anything_is_sent() -> None:
    from bfbot.domain.schedule import Account
    from bfbot.platforms.registry import platform_for

    account = Account(id="desk", platform="mastodon", campaigns=())
    with opened("mastodon") as network, pytest.raises(Unavailable, match="base_url"):
        platform_for(account, secrets={"access_token": "t"}).publish(network.sending())
