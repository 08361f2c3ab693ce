"""Captions: read from the two usual forms, checked line by line, written in one plain form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.domain.captions import Cue, as_webvtt, clock, in_time, read_captions, spoken
from bfbot.errors import ContentRefused

VTT = """\
WEBVTT A film about care
Kind: captions

NOTE made by hand
and checked

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start position:10%
<v Carer>Good <i>morning</i> &amp; welcome.
We begin.

00:00:03.000 --> 01:00:04.000
[A door opens]
"""
SRT = """\
1
00:00:01,000 --> 00:00:02,500
Good morning.


2
00:00:02,500 --> 00:00:04,000
<b>We begin.</b>
""".replace("\n", "\r\n")


def test_webvtt_is_read_without_its_markup_and_with_its_speakers() -> None:
    assert read_captions(VTT.encode()) == (
        Cue(1000, 2500, "Carer: Good morning & welcome.\nWe begin."),
        Cue(3000, 3_604_000, "[A door opens]"),
    )


def test_subrip_is_read_too_and_comes_out_as_webvtt() -> None:
    cues = read_captions(b"\xef\xbb\xbf" + SRT.encode())
    assert cues == (Cue(1000, 2500, "Good morning."), Cue(2500, 4000, "We begin."))
    assert as_webvtt(cues) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nGood morning.\n\n00:00:02.500 --> 00:00:04.000\nWe begin.\n"
    )
    assert spoken(cues) == "Good morning.\nWe begin."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No caption"),
        ("WEBVTT\n", "No caption"),
        ("WEBVTT\n\nhello\nthere\n", "Line 3 .*without its times"),
        ("1\n00:01,000 -> 00:02,000\nHello.", "without its times"),
        ("WEBVTT\n\n00:01.000 --> never\nHello.", "Line 3 .*“00:01.000 --> never” are no times"),
        ("WEBVTT\n\n00:61.000 --> 00:62.000\nHello.", "are no times"),
        ("WEBVTT\n\n00:02.000 --> 00:02.000\nHello.", "ends before it begins"),
        (
            "WEBVTT\n\n00:02.000 --> 00:03.000\nOne.\n\n00:01.000 --> 00:02.000\nTwo.",
            "Line 6 .*before the one above",
        ),
        ("WEBVTT\n\n00:02.000 --> 00:03.000\n<i> </i>\n", "nothing is said"),
        ("WEBVTT" + "\n\n00:02.000 --> 00:03.000\nOne." * 5_001, "more than 5,000"),
        ("WEBVTT\n" + "x" * 500_001, "bytes"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(ContentRefused, match=said) as refused:
        read_captions(text.encode())
    assert refused.value.mend


def test_another_encoding_is_refused() -> None:
    with pytest.raises(ContentRefused, match="UTF-8"):
        read_captions("WEBVTT\n\n00:01.000 --> 00:02.000\nCafé".encode("latin-1"))


def test_they_end_with_the_clip() -> None:
    cues = (Cue(0, 10_400, "Hello."),)
    in_time(cues, 10_000)
    with pytest.raises(ContentRefused, match="go on until 0:10, and the clip ends at 0:09"):
        in_time(cues, 9_000)


@pytest.mark.parametrize(
    ("length", "said"), [(400, "0:00"), (7_000, "0:07"), (750_000, "12:30"), (3_723_000, "1:02:03")]
)
def test_a_length_as_people_read_it(length: int, said: str) -> None:
    assert clock(length) == said


@given(
    st.binary(max_size=300)
    | st.text(max_size=300).map(lambda text: ("WEBVTT\n\n" + text).encode(errors="replace"))
)
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        cues = read_captions(data)
    except ContentRefused:
        return
    assert read_captions(as_webvtt(cues).encode()) == cues


@given(
    st.lists(
        st.tuples(st.integers(0, 9_000), st.integers(1, 9_000), st.text("abc <&>-\u00e9\u4e2d", min_size=1)),
        min_size=1,
        max_size=5,
    )
)
def test_what_is_written_reads_the_same(drawn: list[tuple[int, int, str]]) -> None:
    cues = tuple(
        Cue(start, start + long, text.strip() or "x")
        for start, long, text in sorted(drawn, key=lambda one: one[0])
    )
    again = read_captions(as_webvtt(cues).encode())
    assert [(one.start, one.end) for one in again] == [(one.start, one.end) for one in cues]
    assert [" ".join(one.text.split()) for one in again] == [" ".join(one.text.split()) for one in cues]
