"""The looks that spare a text most patterns spare it none that would have found something."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from bfbot.rules import plain_numbers
from bfbot.rules.number_words import VALUES, WORD_AHEAD
from bfbot.rules.plain_numbers import masked

PIECES = [
    "room",
    "at",
    "under",
    "turned",
    "aged",
    "until",
    "tonight",
    "street",
    "mile",
    "miles",
    "metres",
    "of",
    "on",
    "to",
    "till",
    "and",
    "or",
    "over",
    "no.",
    "vol.",
    "plots",
    "pm",
    "am",
    "a.m.",
    "noon",
    "o'clock",
    "may",
    "14",
    "5",
    "12",
    "1,000",
    "2025",
    "1998",
    "020",
    "7946",
    "0123",
    "+44",
    "10.30",
    "23:59",
    "24/7",
    "3rd",
    "1/2/26",
    "2026-01-05",
    "20",
    "x",
    "30",
    "2-1",
    "16-year-old",
    "key",
    "stage",
    "2",
    "5km",
    "°c",
    "9",
    "é",
    "½",
    "£",
    "%",
    ",",
    ".",
    "-",
    "/",
    ":",
]
TEXTS = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from((" ", "", "-", ", "))), max_size=9)


def masked_by_every_pattern(low: str) -> str:
    for pattern, _, _ in plain_numbers._MASKS:
        low = pattern.sub(plain_numbers._hidden, low)
    return low


@settings(max_examples=300)
@given(TEXTS)
@example([("car", " "), ("park", " "), ("5", "")])
@example([("tonight", " "), ("at", " "), ("10.30", "")])
def test_every_pattern_would_find_no_more(pieces: list[tuple[str, str]]) -> None:
    text = "".join(f"{word}{gap}" for word, gap in pieces)
    assert masked(text) == masked_by_every_pattern(text)


def test_no_word_for_a_number_is_passed_over() -> None:

    assert all(re.match(WORD_AHEAD, word) for word in VALUES)
