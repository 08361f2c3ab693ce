"""Against a Mastodon server that others wrote: what our own simulator might be wrong about, this one is not."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import requests

from bfbot.errors import NotAuthorised, Rejected
from bfbot.platforms.base import Draft, Sending
from tests.contract.networks import CLIP, FILM, MEDIA, PICTURE, TEXT, adapter

uvicorn = pytest.importorskip("uvicorn", reason="mastodon-mock needs uvicorn: pip install mastodon-mock")
pytest.importorskip("mastodon_mock", reason="mastodon-mock is not installed")

TOKEN = "a-token-of-the-mock"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a mastodon-mock with one account."""
    from mastodon_mock.app import create_app
    from mastodon_mock.config import DatabaseConfig, MastodonMockConfig, SeedAccount, SeedConfig

    seed = SeedConfig(accounts=[SeedAccount(username="desk", access_token=TOKEN)])
    app = create_app(MastodonMockConfig(database=DatabaseConfig(path=":memory:"), seed=seed))
    running = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="error"))
    thread = threading.Thread(target=running.run, daemon=True)
    thread.start()
    while not running.started:
        assert thread.is_alive(), "mastodon-mock did not start"
        time.sleep(0.02)
    port = running.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    running.should_exit = True
    thread.join(5)


@pytest.fixture
def platform(server: str) -> Any:
    return adapter("mastodon", server, {"access_token": TOKEN})


def sending(platform: Any, text: str, key: str, **given: Any) -> Sending:
    proof = platform.render(Draft(account="desk", texts=(text,), media=given.pop("media", ()), language="en"))
    values: dict[str, Any] = {"index": 0, "reply_to": None, "tried_since": datetime.now(UTC), **given}
    return Sending(proof=proof, key=key, **values)


def read(server: str, path: str) -> Any:
    return requests.get(f"{server}{path}", headers={"Authorization": f"Bearer {TOKEN}"}, timeout=60).json()


def test_a_post_with_a_picture_is_there_word_for_word(server: str, platform: Any) -> None:
    post = sending(platform, TEXT, "with-picture", media=(MEDIA,))
    receipt = platform.publish(post)
    status = read(server, f"/api/v1/statuses/{receipt.remote_id}")
    attachment = status["media_attachments"][0]
    assert attachment["description"] == MEDIA.alt
    assert requests.get(attachment["url"], timeout=60).content == PICTURE
    assert (status["language"], status["visibility"]) == ("en", "public")
    assert receipt.url == status["url"]
    assert abs(receipt.published_at - datetime.now(UTC)) < timedelta(minutes=1)
    assert platform.find(post).remote_id == receipt.remote_id


def test_a_clip_is_there_byte_for_byte_with_what_stays_in_sight(server: str, platform: Any) -> None:
    post = sending(platform, "A film about care.", "with-clip", media=(FILM,))
    receipt = platform.publish(post)
    attachment = read(server, f"/api/v1/statuses/{receipt.remote_id}")["media_attachments"][0]
    assert attachment["description"] == FILM.alt
    assert (attachment["meta"]["focus"]["x"], attachment["meta"]["focus"]["y"]) == (-0.5, 0.8)
    assert requests.get(attachment["url"], timeout=60).content == CLIP
    assert platform.find(post).remote_id == receipt.remote_id


def test_the_idempotency_key_is_sent_and_honoured(server: str, platform: Any) -> None:
    post = sending(platform, "One and the same post.", "one-key")
    assert platform.publish(post).remote_id == platform.publish(post).remote_id


def test_a_thread_is_a_chain_of_replies(server: str, platform: Any) -> None:
    first = platform.publish(sending(platform, "The beginning of a thread.", "thread-1")).remote_id
    post = sending(platform, "The end of a thread.", "thread-2", reply_to=first)
    second = platform.publish(post).remote_id
    assert read(server, f"/api/v1/statuses/{second}")["in_reply_to_id"] == first
    assert platform.find(post).remote_id == second


def test_what_is_taken_down_is_gone_and_taking_it_down_again_is_well(server: str, platform: Any) -> None:
    post = sending(platform, "A post to take down.", "take-down")
    receipt = platform.publish(post)
    platform.delete(receipt.remote_id)
    platform.delete(receipt.remote_id)
    assert platform.find(post) is None
    assert platform.measure([receipt.remote_id]) == {}


def test_favourites_are_measured_and_impressions_stay_unknown(server: str, platform: Any) -> None:
    remote_id = platform.publish(sending(platform, "A post that is liked.", "liked")).remote_id
    headers = {"Authorization": f"Bearer {TOKEN}"}
    requests.post(
        f"{server}/api/v1/statuses/{remote_id}/favourite", headers=headers, timeout=60
    ).raise_for_status()
    figures = platform.measure([remote_id])[remote_id]
    assert (figures.reactions, figures.comments, figures.shares, figures.impressions) == (1, 0, 0, None)


def test_the_account_says_who_it_is_and_how_many_follow(platform: Any) -> None:
    assert platform.who_am_i() == "@desk"
    assert platform.measure_account(datetime.now(UTC)).followers == 0


def test_a_wrong_token_is_not_authorised(server: str) -> None:
    with pytest.raises(NotAuthorised):
        adapter("mastodon", server, {"access_token": "another"}).who_am_i()


def test_an_empty_text_is_refused(platform: Any) -> None:
    with pytest.raises(Rejected):
        platform.publish(sending(platform, "", "empty"))
