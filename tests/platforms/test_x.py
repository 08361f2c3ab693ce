"""What only X does: renamed fields, short links, four kinds of 403, prices."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bfbot.domain.snapshot import PostFigures
from bfbot.errors import BfbotError
from bfbot.platforms import x
from bfbot.platforms.weighted import weighted_length
from bfbot.platforms.x_posts import figures_of, listed_post, whole_text
from tests.contract.networks import MEDIA, opened

CONFORMANCE = Path(__file__).resolve().parents[2].parent / "shared/specs/twitter-text-validate.yml"


@pytest.mark.skipif(not CONFORMANCE.exists(), reason="../shared/specs/twitter-text-validate.yml is not here")
def test_lengths_are_those_of_the_networks_own_test_cases() -> None:
    tests = yaml.safe_load(CONFORMANCE.read_text(encoding="utf-8"))["tests"]
    cases = tests["WeightedTweetsWithDiscountedEmojiCounterTest"]
    assert len(cases) > 15
    for case in cases:
        assert weighted_length(case["text"]) == case["expected"]["weightedLength"], case["description"]


def test_loading_the_counter_leaves_no_stand_in_behind() -> None:
    import sys

    assert weighted_length("gov.uk/foo") == 23
    assert getattr(sys.modules.get("pkg_resources"), "__file__", "real") is not None


def test_pictures_that_were_slow_to_go_up_are_there_for_the_next_try(monkeypatch: pytest.MonkeyPatch) -> None:
    def too_old() -> None:
        raise BfbotError("the claim is too old")

    with opened("x") as network:
        sending = network.sending(media=(MEDIA, MEDIA))
        for _ in range(2):
            with pytest.raises(BfbotError, match="too old"):
                network.platform.publish(replace(sending, still=too_old))
        network.platform.publish(sending)
        assert len(network.simulator.media) == 2
        with pytest.raises(BfbotError, match="too old"):
            network.platform.publish(replace(network.sending("More.", media=(MEDIA,)), still=too_old))
        assert len(network.simulator.media) == 3, "one that is in a post is not used for another"
        monkeypatch.setattr(x, "UPLOAD_LASTS", -1.0)
        network.platform.publish(network.sending("More.", media=(MEDIA,)))
        assert len(network.simulator.media) == 4, "nor one that X may have forgotten"


@pytest.mark.parametrize("old_names", [False, True])
@pytest.mark.parametrize("names_parents", [False, True])
def test_a_thread_is_found_under_old_names_and_new(old_names: bool, names_parents: bool) -> None:
    with opened("x", old_names=old_names, names_parents=names_parents) as x:
        first = x.platform.publish(x.sending("The first of two.", media=(MEDIA,))).remote_id
        second = x.sending("The second of two.", reply_to=first)
        remote_id = x.platform.publish(second).remote_id
        assert x.platform.find(second).remote_id == remote_id
        assert x.platform.find(x.sending("The second of two.")) is None
        x.simulator.metrics[first] = {
            "impression": 900,
            "like": 5,
            "repost": 3,
            "quote": 1,
            "bookmark": 2,
            "reply": 4,
        }
        assert x.platform.measure([first])[first] == PostFigures(
            impressions=900, reactions=5, comments=4, shares=4, saves=2
        )


def test_one_refused_parameter_name_is_remembered() -> None:
    with opened("x", old_names=True) as x:
        x.platform.find(x.sending())
        x.platform.find(x.sending())
        assert len(x.simulator.asked) == 3


def test_the_user_is_asked_for_only_where_the_token_does_not_tell() -> None:
    with opened("x") as x:
        x.platform.find(x.sending())
        assert [one.path for one in x.simulator.asked] == ["/2/users/2244994945/tweets"]


def test_a_picture_without_alt_text_costs_no_metadata_call() -> None:
    with opened("x") as x:
        bare = MEDIA.__class__(**{**MEDIA.__dict__, "alt": ""})
        x.platform.publish(x.sending(media=(bare,)))
        assert [one.path for one in x.simulator.asked] == ["/2/media/upload", "/2/tweets"]


def test_more_posts_than_one_call_takes_are_measured_in_turns() -> None:
    with opened("x") as x:
        x.platform.measure([str(number) for number in range(1, 251)])
        assert [len(one.query["ids"].split(",")) for one in x.simulator.asked] == [100, 100, 50]


def test_requests_carry_our_name() -> None:
    with opened("x") as x:
        x.platform.who_am_i()
        assert x.simulator.asked[0].headers["user-agent"].startswith("bfbot/")


def test_short_links_are_written_out_and_the_pictures_one_is_dropped() -> None:
    post: dict[str, Any] = {
        "text": "Read &amp; share https://t.co/a https://t.co/b",
        "entities": {
            "urls": [
                {
                    "url": "https://t.co/a",
                    "expanded_url": "https://www.local.gov.uk/x",
                    "display_url": "local.gov.uk",
                },
                {"url": "https://t.co/b", "expanded_url": "https://x.com/d/status/1/photo/1", "media_key": "3_1"},
            ]
        },
    }
    assert whole_text(post) == "Read & share https://www.local.gov.uk/x"


def test_a_listed_post_without_anything_optional_is_read() -> None:
    one = listed_post({"id": "7", "text": "Words", "created_at": "2026-11-23T08:30:00.000Z"})
    assert (one.reply_to, one.pictures, one.published_at) == (None, 0, datetime(2026, 11, 23, 8, 30, tzinfo=UTC))


def test_figures_that_are_left_out_are_unknown_not_zero() -> None:
    assert figures_of({}) == PostFigures()
    assert figures_of({"retweet_count": 2}).shares == 2
    assert figures_of({"repost_count": 2, "quote_count": 1, "impression_count": 0}) == PostFigures(
        shares=3, impressions=0
    )
