"""Figures typed by hand: every common way of writing them, and the ordinary text that is let alone."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.proof import Proof, ProofPart
from bfbot.rules.figures_read import figures
from tests.rules.cases import case, picture, said


@pytest.mark.parametrize(
    ("text", "fact_id"),
    [
        ("The gap is £3.1bn.", "gap-2025b"),
        ("The gap is £3.1 bn.", "gap-2025b"),
        ("The gap is £ 3.1BN.", "gap-2025b"),
        ("The gap is £3.1\u00a0billion.", "gap-2025b"),
        ("The gap is £3.1-billion.", "gap-2025b"),
        ("The gap is 3.1 billion pounds.", "gap-2025b"),
        ("A 3.1 billion gap by 2025.", "gap-2025b"),
        ("A 3.1bn funding gap by 2025.", "gap-2025b"),
        ("A gap of 3.1 billion, they say.", "gap-2025b"),
        ("The gap is £3,100 million.", "gap-2025b"),
        ("The gap is £3,100,000,000.", "gap-2025b"),
        ("The gap is GBP 3.1 billion.", "gap-2025b"),
        ("The gap is £3.10bn.", "gap-2025b"),
        ("The gap is £３.１bn.", "gap-2025b"),
        ("The gap is £3.\u200b1bn.", "gap-2025b"),
        ("The gap is £3bn.", "gap-2025a"),
        ("The gap is three billion pounds.", "gap-2025a"),
        ("The gap was £2 billion.", "gap-2020"),
        ("An eight-fold rise in slavery referrals", "eightfold"),
        ("An eightfold rise in slavery referrals", "eightfold"),
        ("Referrals are 8 times as many", "eightfold"),
        ("One in ten children need help", "extra-help"),
        ("1 in 10 children need help", "extra-help"),
        ("One in every 10 children need help", "extra-help"),
        ("We reached 700,000 people.", "reach"),
        ("We reached 700k people.", "reach"),
        ("We reached 0.7 million people.", "reach"),
        ("We reached 700 000 different people.", "reach"),
    ],
)
def test_a_retired_figure_typed_by_hand_is_refused(text: str, fact_id: str) -> None:
    assert fact_id in said("typed-figure", case(text))


@pytest.mark.parametrize(
    "text",
    [
        "The gap is £3.12bn.",
        "The gap is £13.1bn.",
        "A walk of 3.1 miles.",
        "Call 0300 123 1000 before 8 times out.",
        "We meet eight times a year.",
        "Eight times as many books as last year",
        "Nine in ten councils overspend.",
        "One in ten councils has no plan.",
        "700,000 trees were planted.",
        "In 2025 we go on.",
        "Version 3.1, billion-dollar film",
        "Crisis support of £250 million a year",
        "43 releases in a year",
        "See https://local.gov.uk/£3.1bn #3.1bn",
        "The offer is {fact:peer}.",
    ],
)
def test_other_figures_are_let_alone(text: str) -> None:
    assert not said("typed-figure", case(text))


def test_the_finding_shows_what_was_typed_and_what_to_use() -> None:
    message = said("typed-figure", case("A budget of £5.1 Million."))
    assert "“£5.1 Million”" in message
    assert "{fact:new-budget}" in message


def test_alt_texts_and_titles_that_came_with_the_release_are_read_too() -> None:
    assert said("typed-figure", case(media=(picture(alt="The gap: £3.1bn"),)))
    filled = Proof("lga-mastodon", "mastodon", (ProofPart("Councils face £3.1bn gap", 24),))
    assert said("typed-figure", case("{title}", proof=filled))


def test_a_figure_named_by_id_is_refused_once() -> None:
    assert not said("typed-figure", case("The gap is {fact:gap-2025b}."))


@given(st.integers(1, 10**12))
def test_money_is_read_back_in_every_form(pounds: int) -> None:
    value = Decimal(pounds)
    forms = [
        f"£{pounds}",
        f"£{pounds:,}",
        f"{pounds:,} pounds",
        f"£{value / 10**6:f} million",
        f"£{value / 10**9:f}bn",
    ]
    for form in forms:
        read = list(figures(f"It is {form} now"))
        assert [(one.value, one.unit) for one in read] == [(value, "GBP")], form


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    for one in figures(text):
        assert one.value >= 0
