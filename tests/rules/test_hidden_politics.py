"""Calls on politicians and calls to vote are heard however they are spaced, dotted, run together or pictured."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.rules.cases import case, found, picture, season
from tests.rules.test_no_dodging import disguised

LOBBYING = [
    "Write to your M.P.",
    "Write to your M P",
    "write-to your-MP",
    "Write to yourMP",
    "Write to #YourMP",
    "write to @YourMP",
    "Write to MPs",
    "Ask ministers to act",
    "E-mail the Prime Minister",
    "Urge the Chancellor to act",
    "Lobby Parliament",
    "Sign the petition",
    "Raise it with your MP",
    "Let your local MP know",
    "W r i t e to your M P",
    "We call on the Government to act",
    "Government must fund services",
    "Tell No 10",
    "Have it minuted at full council",
    "Ysgrifennwch at eich AS",
    "Cysylltwch â’ch AS",
]
PARTY = [
    "V o t e  L a b o u r",
    "V0te Lab0ur",
    "vote-Labour",
    "vote: Labour",
    "Vote 4 Labour",
    "vote #Labour",
    "#VoteLabour",
    "Elect Labour",
    "Vote Plaid",
    "Vote UKIP",
    "Support the Conservatives",
    "Vote independent",
    "Vote for our candidate",
    "Pleidleisiwch dros Lafur",
]


@pytest.mark.parametrize("text", LOBBYING)
def test_a_call_on_politicians_is_held_before_an_election(text: str) -> None:
    assert found("season-lobbying", season(text))
    assert found("season-lobbying", season(media=(picture(alt=f"A card: {text}"),)))
    assert found("lobbying-marked", case(text))


@pytest.mark.parametrize("text", PARTY)
def test_a_call_to_vote_is_refused(text: str) -> None:
    assert found("party-politics", case(text))
    assert found("party-politics", case(media=(picture(alt=f"A card: {text}"),)))
    assert found("party-politics", case("Help early.", variants={"mastodon": text}))
    assert found("party-politics", case(f"Help early.\n---\n{text}"))


@pytest.mark.parametrize(
    "text",
    [
        "Support green spaces near you.",
        "Support on the labour ward is free.",
        "Ask your social worker, or call our team.",
        "The MP and the minister came to see a family hub.",
        "Reform of SEND takes time; support reform that lasts.",
        "Tell us what you think. Councillors meet at six.",
        "Children elect a school council.",
        "Your council must publish this by law.",
    ],
)
def test_ordinary_words_are_left_in_peace(text: str) -> None:
    assert not found("party-politics", case(text))
    assert not found("lobbying-marked", case(text))


@settings(max_examples=40)
@given(
    data=st.data(), text=st.sampled_from(["Write to your MP", "Urge ministers to act", "Raise it with your MP"])
)
def test_a_disguise_hides_no_call(data: st.DataObject, text: str) -> None:
    assert found("season-lobbying", season(data.draw(disguised(text))))
