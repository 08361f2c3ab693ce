"""Text of feeds made plain."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.news import clean


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Councils &amp; schools", "Councils & schools"),
        ("Councils & schools", "Councils & schools"),
        ("<b>Bold</b> news", "Bold news"),
        ("<p>One</p><p>Two</p>", "One Two"),
        ("Before<script>alert(1)</script> after", "Before after"),
        ("Before<style>p{}</style> after", "Before after"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;Safe", "Safe"),
        ("<img src=x onerror=alert(1)>Picture", "Picture"),
        ("Under 5s: 3 < 5", "Under 5s: 3 < 5"),
        ("  many \n\t spaces\u00a0here ", "many spaces here"),
        ("Family \U0001f468\u200d\U0001f469\u200d\U0001f467", "Family \U0001f468\u200d\U0001f469\u200d\U0001f467"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f on",) * 2,
        ("Cafe\u0301", "Café"),
        ("", ""),
    ],
)
def test_plain_text(raw: str, text: str) -> None:
    assert clean.plain(raw, 500) == clean.Cleaned(text)


@pytest.mark.parametrize(
    "raw",
    [
        *("a\u202eb", "a\u2066b", "a\u200fb", "a\u061cb"),  # reading direction
        *("a\u200bb", "a\u2060b", "a\ufeffb", "a\u200db", "a\u00adb"),  # zero width
        *("a\U000e0041b", "a\U000e007fb", "a\ufe01b", "a\U000e0101b"),  # tags, variation selectors
        *("a\x00b", "a\x1bb", "a\x07b", "a\x9bb", "a\ue000b", "a\ud800b", "a\u3164b"),
    ],
)
def test_what_a_reader_cannot_see_is_removed_and_said(raw: str) -> None:
    assert clean.plain(raw, 500) == clean.Cleaned("ab", (clean.HIDDEN_REMOVED,))


def test_piles_of_marks_are_removed_and_said() -> None:
    cleaned = clean.title("a" + "\u0316" * 500 + "b")
    assert len(cleaned.text) <= 2 + clean.MARKS_IN_A_ROW
    assert cleaned.warnings == (clean.MARKS_REMOVED,)


def test_long_titles_are_cut_and_said() -> None:
    cleaned = clean.title("word " * 2_000_000)
    assert len(cleaned.text) <= clean.TITLE_LENGTH
    assert cleaned.warnings == (clean.TITLE_CUT,)
    assert clean.title("x" * 500) == clean.Cleaned("x" * 500)


@given(st.text(), st.integers(min_value=1, max_value=600))
def test_plain_text_holds_nothing_hidden_and_no_tag(raw: str, length: int) -> None:
    text = clean.plain(raw, length).text
    assert len(text) <= length
    assert text == text.strip()
    assert not any(unicodedata.category(one) in {"Cc", "Cs", "Co", "Cn"} for one in text)


@given(st.text(alphabet="<>/!&;abltgpsc#x1 '\"=-", max_size=80))
def test_no_tag_survives_however_it_is_wrapped(raw: str) -> None:
    assert not clean._TAG.search(clean.plain(raw, 500).text)


@pytest.mark.parametrize(
    ("raw", "base", "link"),
    [
        ("https://news.example/a?b=c#d", "", "https://news.example/a?b=c#d"),
        ("/a b", "https://news.example/feed.xml", "https://news.example/a%20b"),
        ("http://news.example/ä", "", "http://news.example/%C3%A4"),
        ("https://news.example/50%25", "", "https://news.example/50%25"),
    ],
)
def test_good_links(raw: str, base: str, link: str) -> None:
    assert clean.link(raw, base) == clean.Cleaned(link)


@pytest.mark.parametrize(
    "raw",
    [
        *(
            "javascript:alert(1)",
            "java\tscript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "mailto:a@b.c",
        ),
        *("https://user:pass@news.example/", "https:///path", "https://[::1/", "https://news.example:port/"),
        *("relative", "//news.example/x", "https://news.example/" + "x" * 3000),
    ],
)
def test_other_links_are_removed_and_said(raw: str) -> None:
    assert clean.link(raw) == clean.Cleaned("", (clean.LINK_REFUSED,))


@given(st.text(max_size=60), st.sampled_from(["", "https://news.example/f", "file:///f", "http://[broken"]))
def test_a_link_is_empty_or_a_web_address(raw: str, base: str) -> None:
    assert clean.link(raw, base).text.startswith(("http://", "https://")) or not clean.link(raw, base).text
