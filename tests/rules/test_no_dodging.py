"""No rule is dodged by capitals, blank space, full-width characters or characters that nobody sees."""

from __future__ import annotations

import unicodedata
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bfbot.rules.base import judge
from bfbot.rules.catalogue import RULES
from bfbot.rules.reading import plain, unhidden
from tests.rules.cases import Case, case, found, picture

UNSEEN = ["\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad", "\u200e", "\ufe0f", "\u034f"]
BLANKS = [" ", "\u00a0", "\u2009", "\u202f", "\u3000", "  "]


LOOK_ALIKES = {"a": "а", "e": "е", "o": "о", "p": "р", "c": "с", "x": "х", "i": "і", "C": "С", "N": "Ν", "E": "Е"}
"""Cyrillic and Greek letters, and the digits that letters are put in for."""


@st.composite
def disguised(draw: st.DrawFn, text: str) -> str:
    """The text in another case, with full-width and look-alike letters, other blanks, unseen characters put in."""
    out = []
    for one in text:
        shown = one
        if one == " ":
            shown = draw(st.sampled_from(BLANKS))
        elif one.isascii() and one.isalnum():
            wide = chr(ord(one) + 0xFEE0)
            shown = draw(st.sampled_from([one, one.upper(), one.lower(), wide, LOOK_ALIKES.get(one, one)]))
        out.append(shown + draw(st.sampled_from(["", "", "", *UNSEEN])))
    return "".join(out)


def _alt(text: str) -> Case:
    return case(media=(picture(alt=text),))


@pytest.mark.parametrize(
    ("rule_id", "text", "made"),
    [
        ("typed-figure", "The gap is £3.1 billion now", case),
        ("typed-figure", "We reached 700,000 people", case),
        ("typed-figure", "An eight-fold rise in slavery referrals", case),
        ("typed-figure", "The gap is three billion pounds", case),
        ("typed-figure", "One in ten children needs extra help", case),
        ("figure-sourced", "Two-thirds of parents wait for months", case),
        ("figure-sourced", "Twelve per cent of families moved", case),
        ("figure-sourced", "Demand has trebled since spring", case),
        ("fold-per-cent", "Up 300 per cent, a three-fold rise", case),
        ("share-rounded", "Nine in ten councils are overspending", case),
        ("part-whole-sum", "Improvement is worth £22 million", case),
        ("per-cent-derived", "Plans rose by 18,000 children, or 37 per cent", case),
        ("owner-names", "With CCN we ask for help", case),
        ("owner-campaigns", "Help early #CountyChildren", case),
        ("party-politics", "On Thursday vote Labour", case),
        ("lobbying-marked", "Write to your MP today", case),
        ("text-pasted", "Write to [email protected] now", case),
        ("alt-words", "image of a chart", _alt),
        ("alt-words", "IMG_2041.jpg", _alt),
    ],
)
@settings(max_examples=40)
@given(data=st.data())
def test_a_disguise_does_not_help(rule_id: str, text: str, made: type[Case], data: st.DataObject) -> None:
    assert found(rule_id, made(data.draw(disguised(text))))  # type: ignore[call-arg]  # a maker of cases, not a class


FORMS = st.sampled_from(
    [
        "£3.1bn",
        "£3.10 bn",
        "£3,100m",
        "£3,100 million",
        "£3100 million",
        "£3,100,000,000",
        "£3 100 000 000",
        "£3.100.000.000",
        "£3 . 1 bn",
        "£3·1bn",
        "£3,1 billion",
        "£3.1 thousand million",
        "GBP 3.1bn",
        "GBP3.1 billion",
        "3.1bn pounds",
        "3.1 billion pounds",
        "three point one billion pounds",
        "three thousand one hundred million pounds",
    ]
)


@settings(max_examples=80)
@given(st.data())
def test_a_number_format_does_not_help(data: st.DataObject) -> None:
    """In any form and any disguise the retired gap is that gap, in the text and in what is said of a picture."""
    text = data.draw(disguised(f"The gap is {data.draw(FORMS)} now"))
    assert "gap-2025b" in "".join(str(one) for one in found("typed-figure", case(text))), text
    assert found("typed-figure", case(media=(picture(alt=text),)))


@settings(max_examples=80)
@given(st.data())
def test_letters_in_the_place_of_digits_do_not_help(data: st.DataObject) -> None:
    """As in a text that came out of a scan: only inside a token that holds a digit."""
    figure = "".join(data.draw(st.sampled_from("0OoОо")) if one == "0" else one for one in "700,000")
    assert found("typed-figure", case(f"We reached {figure} people")), figure


@given(st.text(max_size=300), st.text(max_size=80))
@settings(max_examples=150, deadline=None)
def test_any_text_is_judged_without_error(text: str, alt: str) -> None:
    for one in judge(case(text, media=(picture(alt=alt),)), RULES):
        assert one.message
        assert one.mend


@example("\u0345")  # it looks like an i only in the other case
@given(st.text())
def test_reading_plainly_is_stable(text: str) -> None:
    assert plain(plain(text)) == plain(text) or unicodedata.normalize("NFKC", text) != text
    assert not any(unicodedata.category(one) == "Cf" for one in unhidden(text))


@pytest.mark.parametrize(
    "text",
    [
        "!" * 5000,
        "#" * 5000,
        "1" * 5000,
        "a " * 2500,
        "{" * 5000,
        "(" * 5000,
        "https://" * 600,
        "1,000" * 900,
        "#a1" * 1500,
        "@a.b" * 1200,
        "one in " * 700,
    ],
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    started = process_time()
    judge(case(text, link=f"https://gov.uk/?{text}"), RULES)
    assert process_time() - started < 2
