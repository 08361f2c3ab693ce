"""A figure goes out with its period and its source, whole: what does not fit is refused, never cut."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.figures import citation, figure_text
from tests.rules.cases import case, found, said
from tests.rules.team_files import FACTS, LIMITS

CITED = [one for one in FACTS if one.source is not None]


@pytest.mark.parametrize("fact", CITED, ids=lambda one: one.id)
def test_period_and_source_are_added(fact: object) -> None:
    one = next(known for known in CITED if known is fact)
    text = case(f"It is {{fact:{one.id}}}.").proofs["lga-mastodon"].text
    assert figure_text(one) in text
    assert citation(one) in text


@settings(max_examples=60)
@given(st.sampled_from(CITED), st.integers(20, 160), st.text("abc de", min_size=1, max_size=90))
def test_what_does_not_fit_is_refused_and_never_cut(one: object, most: int, words: str) -> None:
    fact = next(known for known in CITED if known is one)
    asked = case(f"{words} {{fact:{fact.id}}}", limits=replace(LIMITS, text=most))
    (part,) = asked.proofs["lga-mastodon"].parts
    assert figure_text(fact).lower() in part.text.lower()
    assert citation(fact) in part.text
    assert bool(found("length", asked)) is (part.length > most)


def test_the_refusal_says_that_the_source_counts() -> None:
    assert "with source" in said("length", case("a" * 40 + " {fact:rise}", limits=replace(LIMITS, text=60)))
