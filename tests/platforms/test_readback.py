"""Our own words are known again in whatever dress a network gives them back; others' words are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.proof import Proof, ProofPart
from bfbot.platforms.base import Sending
from bfbot.platforms.readback import SOME_POST, Listed, html_to_text, match, plain
from tests.simulators.mastodon import as_html

NOW = datetime(2026, 11, 23, 8, 30, 0, 700_000, tzinfo=UTC)
TEXTS = st.lists(
    st.sampled_from(
        [
            "https://www.local.gov.uk/bright-futures?utm_source=mastodon&utm_campaign=x",
            "#GettingTheBest",
            "@desk@social.example",
            "a < b & c > d",
            "“quoted”",
            "£1.2bn",
            "80%",
            "\n\n",
            "\n",
            "don't",
        ]
    )
    | st.from_regex(r"\A[A-Za-z0-9 ,.;!?éü–-]{1,20}\Z"),
    min_size=1,
    max_size=8,
).map(" ".join)


@given(TEXTS)
def test_a_text_is_known_again_as_html(text: str) -> None:
    assert plain(html_to_text(as_html(text))) == plain(text)


@given(TEXTS, TEXTS, st.sampled_from("023456789"))
def test_another_figure_is_another_text(before: str, after: str, digit: str) -> None:
    assert plain(f"{before} 1{after}") != plain(f"{before} {digit}{after}")


def sending(text: str = "Words", reply_to: str | None = None) -> Sending:
    proof = Proof(account="desk", platform="x", parts=(ProofPart(text=text, length=len(text)),))
    return Sending(proof=proof, index=0, key="k", reply_to=reply_to, tried_since=NOW)


def listed(
    remote_id: str, after: float, text: str = "Words", reply_to: str | None = None, pictures: int = 0
) -> Listed:
    return Listed(remote_id, f"/{remote_id}", NOW + timedelta(seconds=after), text, reply_to, pictures)


def test_the_earliest_since_the_first_try_is_it() -> None:
    found = match(sending(), [listed("late", 9), listed("it", 2), listed("before", -3)], timedelta())
    assert found is not None
    assert found.remote_id == "it"


@pytest.mark.parametrize(
    "other",
    [
        listed("older", -1),
        listed("other words", 1, text="Words, words"),
        listed("in a thread", 1, reply_to="7"),
        listed("in some thread", 1, reply_to=SOME_POST),
        listed("with a picture", 1, pictures=1),
    ],
)
def test_what_is_not_it(other: Listed) -> None:
    assert match(sending(), [other], timedelta()) is None


def test_a_parent_that_the_network_does_not_name_is_enough_for_a_part_of_a_thread() -> None:
    found = match(sending(reply_to="7"), [listed("it", 1, reply_to=SOME_POST)], timedelta())
    assert found is not None


def test_a_time_rounded_down_to_the_second_is_not_before_the_first_try() -> None:
    assert match(sending(), [listed("it", -0.7)], timedelta()) is not None


def test_a_clock_that_is_behind_is_allowed_for() -> None:
    assert match(sending(), [listed("it", -30)], timedelta(seconds=31)) is not None
    assert match(sending(), [listed("it", -40)], timedelta(seconds=31)) is None


def test_what_is_on_record_as_another_post_is_not_it() -> None:
    both = [listed("known", 1), listed("it", 2)]
    found = match(replace(sending(), others=frozenset({"known"})), both, timedelta())
    assert found is not None
    assert found.remote_id == "it"
    assert match(replace(sending(), others=frozenset({"known", "it"})), both, timedelta()) is None
