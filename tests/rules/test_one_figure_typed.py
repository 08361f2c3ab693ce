"""Two figures for one measure contradict each other typed by hand, too; a sourceless one names its replacement."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.rules.cases import case, found, picture, said, waiting
from tests.rules.team_files import REVISION, fact


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Fostering: {fact:spend-a}. Others say £920 million.", ("in the text", "in the text")),
        ("Fostering costs £910 million or £920m.", ("in the text", "in the text")),
        ("Spend on fostering: nine hundred and ten million pounds, not £0.92bn.", ("in the text", "in the text")),
    ],
)
def test_two_figures_for_one_measure_with_both_places(text: str, places: tuple[str, str]) -> None:
    (one,) = found("one-figure", case(text))
    assert "spend-a) (" in one.message
    assert "spend-b) (" in one.message
    for place in places:
        assert place in one.message


def test_text_picture_and_alt_text_are_one_post() -> None:
    shown = picture(alt="A card: we spend £920 million on fostering")
    assert "(in an alt text)" in said("one-figure", case("Fostering: {fact:spend-a}.", media=(shown,)))
    assert "(on a picture)" in said("one-figure", case("Fostering: {fact:spend-a}.", cards=("spend-b",)))
    parts = "Fostering: {fact:spend-a}.\n---\nWe spend £920 million on fostering."
    assert said("one-figure", case(parts))
    two = case(
        "Fostering: {fact:spend-a}.", accounts=("lga-mastodon", "lga-x"), variants={"x": "We pay {fact:spend-b}."}
    )
    assert "in the text for lga-mastodon" in said("one-figure", two)
    assert "in the text for lga-x" in said("one-figure", two)


def test_a_figure_typed_into_a_waiting_post_counts_both_ways() -> None:
    typed, named = "We spend £920 million on fostering.", "Fostering: {fact:spend-a}."
    assert "post 8 in the queue" in said("one-figure-queue", case(named, queued=(waiting(typed, "lga-x"),)))
    assert "post 8 in the queue" in said("one-figure-queue", case(typed, queued=(waiting(named, "lga-x"),)))


@pytest.mark.parametrize(
    "text",
    [
        "Fostering: {fact:spend-a}, that is £910 million.",
        "Fostering: {fact:spend-a}. A new school costs £930 million.",
        "At 88 per cent of councils overspending is a habit.",
    ],
)
def test_other_figures_contradict_nothing(text: str) -> None:
    assert not found("one-figure", case(text))


def test_a_statistic_without_a_source_is_refused_with_its_replacement() -> None:
    facts = {
        one.id: one for one in (*REVISION.facts.values(), fact("helped", "families supported", "530", "families"))
    }
    revision = replace(REVISION, facts=facts)
    text = said("fact-sourced", case("We helped {fact:unsourced}.", revision=revision))
    assert "has no source" in text
    assert "Use {fact:helped} instead" in text


def test_a_typed_figure_without_a_source_is_refused_in_the_same_way() -> None:
    text = said("typed-figure", case("We supported 512 families last year."))
    assert "has no source" in text
    assert not found("figure-sourced", case("We supported 512 families last year."))


def test_another_owner_s_figure_is_not_offered() -> None:
    text = said("figure-sourced", case("County referrals rose by 15 per cent."))
    assert "looks like a statistic of CCN" in text
    assert "{fact:county}" not in text
