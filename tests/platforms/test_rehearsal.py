"""The practice channel keeps what it is given, and invents figures that could be real and are marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.proof import media_from_json
from bfbot.domain.schedule import Account
from bfbot.errors import Rejected
from bfbot.ledger.practice import practice_post, practice_timeline
from bfbot.platforms.practice_figures import figures_at, followers_at
from bfbot.platforms.registry import platform_for
from tests.contract.networks import FILM, MEDIA, blob, opened

NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_a_post_carries_the_time_of_its_first_try() -> None:
    with opened("rehearsal") as network:
        receipt = network.platform.publish(network.sending(tried_since=NOW, media=(MEDIA,)))
        assert receipt.published_at == NOW
        assert receipt.url == f"/practice/{receipt.remote_id}"
        kept = practice_post("practice", int(receipt.remote_id))
        assert kept is not None
        assert (kept.created_at, kept.media[0]["alt"], kept.reply_to) == (NOW, MEDIA.alt, "")


@pytest.mark.django_db
def test_a_clip_goes_out_with_its_captions_and_alone() -> None:
    with opened("rehearsal") as network:
        receipt = network.platform.publish(network.sending(media=(FILM,)))
        kept = practice_post("practice", int(receipt.remote_id))
        assert kept is not None
        assert media_from_json(kept.media[0]) == FILM
        with pytest.raises(Rejected, match="one clip"):
            network.platform.publish(network.sending(key="2", media=(FILM, MEDIA)))
        with pytest.raises(Rejected, match="captions cannot be read"):
            network.platform.publish(network.sending(key="3", media=(replace(FILM, captions="0" * 64),)))


@pytest.mark.django_db
def test_the_timeline_is_newest_first_and_of_live_posts() -> None:
    with opened("rehearsal") as network:
        ids = [
            network.platform.publish(
                network.sending(f"Number {number}.", key=str(number), tried_since=NOW + timedelta(hours=number))
            ).remote_id
            for number in range(3)
        ]
        network.platform.delete(ids[1])
        assert [str(one.pk) for one in practice_timeline()] == [ids[2], ids[0]]
        assert practice_timeline("another") == []


@pytest.mark.django_db
def test_one_account_neither_sees_nor_deletes_anothers_post() -> None:
    other: Any = platform_for(Account(id="other", platform="rehearsal", campaigns=()), media=blob)
    with opened("rehearsal") as network:
        receipt = network.platform.publish(network.sending())
        other.delete(receipt.remote_id)
        assert network.platform.find(network.sending()).remote_id == receipt.remote_id


@pytest.mark.django_db
def test_figures_follow_the_clock_that_is_given() -> None:
    with opened("rehearsal") as network:
        remote_id = network.platform.publish(network.sending(tried_since=NOW)).remote_id
    account = Account(id="practice", platform="rehearsal", campaigns=())
    after_a_day: Any = platform_for(account, clock=lambda: NOW + timedelta(days=1))
    after_a_week: Any = platform_for(account, clock=lambda: NOW + timedelta(days=7))
    one = after_a_day.measure([remote_id])[remote_id]
    two = after_a_week.measure([remote_id])[remote_id]
    assert one == figures_at(remote_id, timedelta(days=1))
    assert 0 < one.impressions < two.impressions


@given(
    st.integers(1, 10**9), st.timedeltas(timedelta(-1), timedelta(400)), st.timedeltas(timedelta(), timedelta(90))
)
def test_invented_figures_only_grow_and_stay_believable(post: int, age: timedelta, more: timedelta) -> None:
    one, two = figures_at(str(post), age), figures_at(str(post), age + more)
    assert one == figures_at(str(post), age)
    for name in ("impressions", "reactions", "comments", "shares", "clicks"):
        assert 0 <= getattr(one, name) <= getattr(two, name)
    assert two.impressions is not None
    assert two.engagements is not None
    assert two.impressions < 5200
    assert two.engagements <= two.impressions * 0.05
    assert two.reach is None


def test_followers_do_not_fall() -> None:
    counts = [followers_at("practice", NOW + timedelta(days=days)) for days in range(30)]
    assert counts == sorted(counts)
    assert counts[0] > 1000
