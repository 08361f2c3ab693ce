"""A child told by name and age beside a picture of children: found however it is put, and nobody else is."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.rules.named_ages import name_with_age
from tests.rules.cases import found, said
from tests.rules.people import CHILDREN, PARK, shown
from tests.rules.test_no_dodging import disguised

AGES = [
    "{}, aged 9, loves the bridge.",
    "{} (aged nine) loves the bridge.",
    "{} aged 9½ loves it.",
    "{}, age 9.",
    "{}, who is aged 12, rides.",
    "Nine-year-old {} rides.",
    "9 year old {} rides.",
    "{}, a bridge builder. {} (9) rides.",
    "{}, 9, rides.",
    "{} is nine.",
    "{} turned 10 today.",
    "{}, 9 oed, yn chwarae.",
    "{} is 9 years old.",
    "The 9yo {} rides.",
    "{} 9 yrs, rides.",
    "{}, 6 months, rides.",
    "{}, 9 and Zeno, 8 ride.",
    "{} [9] rides.",
    "{} – 9 – rides.",
    "{}/9 rides.",
    "{} who has turned 9 rides.",
    "{}’s 9th birthday.",
    "{}, in Year 4, rides.",
    "{} (Year 4) rides.",
    "Year 4 pupil {} rides.",
]


@pytest.mark.parametrize("form", AGES)
def test_a_name_with_an_age_is_refused_beside_children_alone(form: str) -> None:
    text = form.replace("{}", "Xanthe")
    for spelled in (text, text.upper(), text.casefold(), text.replace(" ", "\u00a0")):
        assert found("child-named", shown(spelled, held=CHILDREN)), spelled
        assert "xanthe" not in said("child-named", shown(spelled, held=CHILDREN)).casefold()
    assert found("child-named", shown(held=CHILDREN, alt=text))
    assert not found("child-named", shown(text, held=PARK))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_spelling_gets_an_age_past(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["Xanthe, aged 9, rides", "nine-year-old Xanthe rides", "Xanthe (9) rides"]))
    text = data.draw(disguised(form))
    assert found("child-named", shown(text, held=CHILDREN)), text


@pytest.mark.parametrize(
    "text",
    [
        "Pupils aged 9 to 11 ride.",
        "Children, aged nine, ride.",
        "A nine-year-old boy rides.",
        "Those aged 5 and over ride.",
        "On Monday, 9 children ride.",
        "It is one of many.",
        "A talk may do more for a fifteen-year-old than a letter.",
        "Xanthe, aged 42, built it.",
        "Xanthe, aged 18, built it.",
        "Room (9) is open.",
        "Open from 9, every day.",
        "The Year 6 to Year 7 move is large.",
        "It took 3 years, and 2 months of work.",
    ],
)
def test_ages_of_nobody_in_particular_pass(text: str) -> None:
    assert not name_with_age(text), text
