"""Cards: every word of the figure is on them, inside the frame, readable, and always the same."""

from __future__ import annotations

import re
from itertools import chain, pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.fact import Qualifier
from bfbot.domain.figures import figure_text
from bfbot.media.cards import card_svg, theme_svg
from bfbot.media.frame import _OTHERS, FLOOR, HEIGHT, MARGIN, PALETTES, WIDTH, palette
from bfbot.media.typeset import balance, width, wrap
from tests.media.pieces import BRIGHT, COUNTY, fact

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(svg).findall(f"{SVG}text")


def words(svg: str) -> str:
    return " ".join(one.text or "" for one in texts(svg))


@pytest.mark.parametrize(
    ("drawn", "said"),
    [
        (fact(), "139 per cent rise in child protection enquiries 2008/09 to 2018/19"),
        (
            fact("overspend", "800000000", "GBP", Qualifier.MORE_THAN, "2017/18"),
            "more than £800 million overspend 2017/18",
        ),
        (
            fact("crisis support", "250000000", "GBP/year", period="Budget"),
            "£250 million a year crisis support Budget",
        ),
        (fact("children who need help", "10", "1 in N", period=""), "1 in 10 children who need help"),
        (fact("SEND gap", "500000000", "GBP", Qualifier.POTENTIAL, ""), "a potential £500 million SEND gap"),
        (
            fact("enquiries in 2018/19", "201170", "enquiries", period="2018/19"),
            "201,170 enquiries in 2018/19 Source:",
        ),
    ],
)
def test_a_card_says_figure_measure_and_period_in_that_order(drawn: object, said: str) -> None:
    assert said in words(card_svg(drawn, BRIGHT))  # type: ignore[arg-type]  # facts, listed above


def test_a_card_names_campaign_source_and_hashtag() -> None:
    shown = words(card_svg(fact(owner="CCN", source="A policy page"), COUNTY))
    assert "County Children" in shown
    assert "Source: CCN, A policy page" in shown
    assert shown.endswith("#CountyChildren")


def test_a_card_is_always_the_same_and_has_no_foreign_parts() -> None:
    svg = card_svg(fact("a <b> & “c”"), BRIGHT)
    assert svg == card_svg(fact("a <b> & “c”"), BRIGHT)
    assert "a <b> & “c”" in words(svg)
    assert not re.search(r"<(image|script|style|foreignObject|use)|href|url\(", svg)


FACTS = st.builds(
    fact,
    measure=st.text(st.sampled_from("abcdefgh  mw’"), min_size=3, max_size=110).filter(str.strip),
    value=st.one_of(
        st.integers(0, 999), st.integers(1000, 99_999_999), st.sampled_from([84_000_000, 3_100_000_000])
    ).map(str),
    unit=st.sampled_from(["GBP", "GBP/year", "per cent", "times", "1 in N", "enquiries/day", "case studies"]),
    qualifier=st.sampled_from(Qualifier),
    period=st.sampled_from(["", "2017/18", "four years to 2018"]),
)


@settings(max_examples=80, deadline=None)
@given(FACTS)
def test_nothing_runs_out_of_the_frame_or_over_other_words(drawn: object) -> None:
    svg = card_svg(drawn, BRIGHT)  # type: ignore[arg-type]  # FACTS gives facts
    shown = [one for one in texts(svg) if one.text]
    for one in shown:
        size, x, y = (float(one.get(key, "0")) for key in ("font-size", "x", "y"))
        wide = width(one.text or "", size, bold=one.get("font-weight") == "700")
        left = x - wide if one.get("text-anchor") == "end" else x
        assert left >= MARGIN - 1
        assert left + wide <= WIDTH - MARGIN + 30
        assert y - size * 0.72 > 0
        assert y <= HEIGHT
    body = [one for one in shown if 100 < float(one.get("y", "0")) < FLOOR]
    for above, below in pairwise(body):
        gap = float(below.get("y", "0")) - float(above.get("y", "0"))
        assert gap == 0 or gap >= float(below.get("font-size", "0")) * 0.72
    assert all(word in words(svg) for word in figure_text(drawn).split())  # type: ignore[arg-type]  # as above


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_all_words_stand_out_from_their_ground() -> None:
    for look in chain(PALETTES.values(), _OTHERS):
        for words_colour in (look.figure, look.words, look.quiet):
            for ground in (look.ground, look.glow, look.sun):
                assert contrast(words_colour, ground) >= 7
        assert contrast(look.band, look.band_words) >= 7


def test_owners_look_different() -> None:
    assert palette("LGA") != palette("CCN")
    assert palette("Somebody else") == palette("Somebody else")


def test_a_theme_picture_holds_its_words() -> None:
    svg = theme_svg(BRIGHT, "Right support at the right time", "Help that comes early.", "local.gov.uk/page")
    assert "Right support at the right time Help that comes early. local.gov.uk/page" in words(svg)


def test_lines_break_at_spaces_and_lose_no_word() -> None:
    lines = wrap("one two three four", 40, 170)
    assert " ".join(lines) == "one two three four"
    assert all(width(line, 40) <= 170 for line in lines)
    assert wrap("", 40, 170) == []


def test_balanced_lines_leave_no_word_alone() -> None:
    text = "rise in child modern slavery referrals by councils"
    assert wrap(text, 54, 1056)[-1] == "councils"
    lines = balance(text, 54, 1056)
    assert " ".join(lines) == text
    assert len(lines) == 2
    assert len(lines[-1].split()) > 2


def test_an_owner_is_not_named_twice() -> None:
    assert "Source: Newton Europe for the LGA" in words(card_svg(fact(source="Newton Europe for the LGA"), BRIGHT))
