"""No rule that reads words is got round by where the words stand, in whatever disguise they stand there.

Places: the text, a network's own text, a later part of a thread, an alt text, and what came with a feed's release.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.post import Origin
from bfbot.domain.proof import Proof, ProofPart
from bfbot.rules.base import Case, judge
from bfbot.rules.catalogue import RULES
from tests.rules.cases import TEXT, case, found, picture, season
from tests.rules.people import CANARY, CHILDREN, NAMES, quoting, shown
from tests.rules.test_no_dodging import disguised

Maker = Callable[..., Case]


def of_children(text: str = TEXT, **more: object) -> Case:
    """Beside a picture of children; an alt text given in `media` takes the place of the picture's own."""
    given_media = more.pop("media", None)
    alt = given_media[0].alt if isinstance(given_media, tuple) else "A wooden bridge in a park"
    return shown(text, held=CHILDREN, names=NAMES, alt=alt, **more)


def in_text(make: Maker, words: str) -> Case:
    return make(words)


def in_own_text(make: Maker, words: str) -> Case:
    return make(TEXT, accounts=("lga-mastodon", "lga-x"), variants={"x": words})


def in_a_later_part(make: Maker, words: str) -> Case:
    return make(f"{TEXT}\n---\nAnd so on.\n---\n{words}")


def in_alt_text(make: Maker, words: str) -> Case:
    return make(TEXT, media=(picture(alt=words),))


def from_a_feed(make: Maker, words: str) -> Case:
    """The template says {title}; only what goes out has the words."""
    filled = Proof("lga-mastodon", "mastodon", (ProofPart(f"New: {words}", len(words) + 5),))
    return replace(make("New: {title}", proof=filled), post=replace(make(TEXT).post, origin=Origin.RELEASE))


PLACES = [in_text, in_own_text, in_a_later_part, in_alt_text, from_a_feed]
READING: list[tuple[str, Maker, str]] = [
    ("typed-figure", case, "The gap is £3.1 billion now"),
    ("typed-figure", case, "An eight-fold rise in slavery referrals"),
    ("figure-sourced", case, "Twelve per cent of families moved"),
    ("one-figure", case, "Fostering costs £910 million or £920 million"),
    ("fold-per-cent", case, "Up 300 per cent, a three-fold rise"),
    ("share-rounded", case, "Nine in ten councils are overspending"),
    ("part-whole-sum", case, "Improvement is worth £22 million"),
    ("owner-total", case, "That makes £24 million in all"),
    ("owner-names", case, "With CCN we ask for help"),
    ("owner-names", case, "With the County Councils Network we ask"),
    ("owner-campaigns", case, "Help early #CountyChildren"),
    ("party-politics", case, "On Thursday vote Labour"),
    ("lobbying-marked", case, "Write to your MP today"),
    ("season-lobbying", season, "Write to your MP today"),
    ("season-candidate", season, "Demo O’Candidate-Else opens the hub"),
    ("season-candidate", season, "The ward councillor for Nowhere opens it"),
    ("season-shared", season, "Well said, @democandidate today"),
    ("quote-signed", quoting, "“We will keep every door open,” says Demo Leader"),
    ("child-named", of_children, f"{CANARY} loves the bridge"),
    ("child-named", of_children, "Xanthe, aged 9, rides"),
]


@pytest.mark.parametrize("place", PLACES, ids=lambda one: one.__name__)
@pytest.mark.parametrize(
    ("rule_id", "make", "words"), READING, ids=lambda one: one if isinstance(one, str) else ""
)
@settings(max_examples=4, deadline=None)
@given(data=st.data())
def test_words_are_read_wherever_they_stand(
    rule_id: str, make: Maker, words: str, place: Callable[[Maker, str], Case], data: st.DataObject
) -> None:
    assert found(rule_id, place(make, words))
    assert found(rule_id, place(make, data.draw(disguised(words))))


@pytest.mark.parametrize(
    "text", ["demo o" * 800, "your local " * 450, ": we " * 1000, "> a\n" * 1200, "a. b " * 1000]
)
def test_a_hostile_text_takes_no_time_before_an_election_either(text: str) -> None:
    started = process_time()
    judge(season(text), RULES)
    judge(quoting(text), RULES)
    assert process_time() - started < 2
