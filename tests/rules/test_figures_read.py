"""Every form in which people write figures, read to its value and unit; and what is no figure at all."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.rules.figures_read import figures
from bfbot.rules.legible import legible
from bfbot.rules.number_words import number


def _read(text: str) -> list[tuple[str, str]]:
    return [(f"{one.value.normalize():f}", one.unit) for one in figures(text)]


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("three point one billion pounds", "3100000000", "GBP"),
        ("Three-point-one billion", None, None),
        ("£3,100m", "3100000000", "GBP"),
        ("£3.1 thousand million", "3100000000", "GBP"),
        ("£3 . 1 bn", "3100000000", "GBP"),
        ("£3·1bn", "3100000000", "GBP"),
        ("£3,1 billion", "3100000000", "GBP"),
        ("£3.100.000.000", "3100000000", "GBP"),
        ("£3'100'000'000", "3100000000", "GBP"),
        ("£3 100 000 000", "3100000000", "GBP"),
        ("£3, 100, 000, 000", "3100000000", "GBP"),
        ("£3.1e9", "3100000000", "GBP"),
        ("gbp 3.1 BILLION", "3100000000", "GBP"),
        ("£३.१bn", "3100000000", "GBP"),
        ("£З.1bn", "3100000000", "GBP"),
        ("£3.lbn", "3100000000", "GBP"),
        ("£3.\u200b1\u2060bn", "3100000000", "GBP"),
        ("£3.1\u0336bn", "3100000000", "GBP"),
        ("half a billion pounds", "500000000", "GBP"),
        ("a quarter of a million pounds", "250000", "GBP"),
        ("three and a half million pounds", "3500000", "GBP"),
        ("£3½m", "3500000", "GBP"),
        ("$4bn", "4000000000", "USD"),
        ("80 pence", "0.8", "GBP"),
        ("eighty-eight per cent", "88", "per cent"),
        ("eightyeight percent", "88", "per cent"),
        ("88pc", "88", "per cent"),
        ("88 %", "88", "per cent"),
        ("8 8 per cent", "88", "per cent"),
        ("8O per cent", "80", "per cent"),
        ("a hundred and thirty-nine per cent", "139", "per cent"),
        ("nought point five per cent", "0.5", "per cent"),
        ("four percentage points", "4", "points"),
        ("2.5 %-points", "2.5", "points"),
        ("eight-fold", "8", "times"),
        ("eightfold", "8", "times"),
        ("a factor of eight", "8", "times"),
        ("octupled", "8", "times"),
        ("2 x more", "2", "times"),
        ("S1xty per cent", "60", "per cent"),
        ("sixty p e r cent", "60", "per cent"),
        ("66\u066a", "66", "per cent"),
        ("£3.1x10^9", "3100000000", "GBP"),
        ("3.1 milliard pounds", "3100000000", "GBP"),
        ("three and a tenth billion pounds", "3100000000", "GBP"),
        ("#3bnGap", "3000000000", ""),
        ("£3.1 biliwn", "3100000000", "GBP"),
        ("3.1 biliwn o bunnoedd", "3100000000", "GBP"),
        ("tair biliwn o bunnau", "3000000000", "GBP"),
        ("88 y cant", "88", "per cent"),
        ("deg y cant", "10", "per cent"),
        ("wyth gwaith yn fwy", "8", "times"),
        ("#£3.1bn", "3100000000", "GBP"),
        ("the #3.1bn gap", "3100000000", ""),
        ("8-fold", "8", "times"),
        ("ninefold", "9", "times"),
        ("8x what it was", "8", "times"),
        ("8 times as many", "8", "times"),
        ("doubled", "2", "times"),
        ("trebled", "3", "times"),
        ("tripling", "3", "times"),
        ("halved", "0.5", "times"),
        ("7OO,OOO people", "700000", ""),
        ("700k people", "700000", ""),
        ("seven hundred thousand people", "700000", ""),
        ("two hundred and one thousand one hundred and seventy enquiries", "201170", ""),
        ("84 100 enquiries", "84100", ""),
    ],
)
def test_a_figure_is_read(text: str, value: str | None, unit: str | None) -> None:
    if value is None:
        assert _read(text)
        return
    assert _read(f"It was {text}, they say.") == [(value, unit)]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("nine in ten councils", "0.9"),
        ("9 out of 10 councils", "0.9"),
        ("9 of 10 councils", "0.9"),
        ("nine in every ten councils", "0.9"),
        ("90 per cent", "0.9"),
        ("one in four", "0.25"),
        ("one child in four will", "0.25"),
        ("a quarter of homes", "0.25"),
        ("1/4 of homes", "0.25"),
        ("three-quarters of homes", "0.75"),
        ("four fifths of homes", "0.8"),
        ("56 in every 10,000 children", "0.0056"),
        ("5.1 deaths for every thousand births", "0.0051"),
        ("11p of every pound", "0.11"),
        ("half of homes", "0.5"),
        ("two in every hundred", "0.02"),
        ("1in4 families", "0.25"),
        ("one family in four waits", "0.25"),
        ("every fourth family waits", "0.25"),
        ("every tenth child needs help", "0.1"),
        ("every second household waits", "0.5"),
        ("¾ of homes", "0.75"),
        ("3\u20444 of homes", "0.75"),
        ("#OneInFour children", "0.25"),
        ("#1in4 children", "0.25"),
        ("un o bob deg o blant", "0.1"),
        ("un ym mhob deg o blant", "0.1"),
        ("traean o deuluoedd", "0.3333333333333333333333333333"),
        ("hanner y plant", "0.5"),
    ],
)
def test_a_share_is_read_however_it_is_said(text: str, share: str) -> None:
    (one,) = figures(text)
    assert one.share == Decimal(share)


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("20-25 per cent", ["20", "25"]),
        ("20 to 25%", ["20", "25"]),
        ("between five and ten per cent", ["5", "10"]),
        ("£2-3bn", ["2000000000", "3000000000"]),
        ("£2m–£3m", ["2000000", "3000000"]),
        ("2 to 3 million pounds", ["2000000", "3000000"]),
    ],
)
def test_a_range_is_two_figures_of_one_kind(text: str, values: list[str]) -> None:
    found = figures(text)
    assert [f"{one.value.normalize():f}" for one in found] == values
    assert len({one.unit for one in found}) == 1


@pytest.mark.parametrize(
    "text",
    [
        "on 14 November 2026, from 10.30am to 12",
        "ring 0300 123 1000 or 999",
        "in Room 101, Section 17, Key Stage 2, Children Act 1989",
        "open 24/7 at 18:30",
        "for 16-year-olds and under-12s",
        "we won 4-0",
        "every second counts, every third Tuesday",
        "#Year5 at #COP30, #U16s and #Route66",
        "vitamins A B C and the H2O lesson",
        "2018/19 and the 1990s",
        "the 18th, the 3rd and the 500th",
        "the A30, the NT3 4QQ, EHC1 and class 7B",
        "write to a1@b2.example, see https://c.example/88 #Top10 {fact:a1}",
    ],
)
def test_names_dates_and_times_are_no_figures(text: str) -> None:
    assert [one.text for one in figures(text) if one.value > 12 or one.unit] == []


@settings(max_examples=60)
@given(st.integers(1, 999_999))
def test_a_number_in_words_has_the_value_of_its_digits(value: int) -> None:
    assert number(_in_words(value)) == value
    (one,) = figures(f"{_in_words(value)} per cent")
    assert (one.value, one.unit) == (value, "per cent")


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read_the_same_twice(text: str) -> None:
    once = legible(text)
    assert "\n" not in once
    assert figures(text) == figures(text)


_ONES = [
    "",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _in_words(value: int) -> str:
    """As an English reader says it."""
    if value >= 1000:
        rest = value % 1000
        joint = " and " if 0 < rest < 100 else " "
        return f"{_in_words(value // 1000)} thousand{joint if rest else ''}{_in_words(rest)}"
    if value >= 100:
        rest = value % 100
        return f"{_ONES[value // 100]} hundred{' and ' if rest else ''}{_in_words(rest)}"
    if value >= 20:
        return _TENS[value // 10] + (f"-{_ONES[value % 10]}" if value % 10 else "")
    return _ONES[value]
