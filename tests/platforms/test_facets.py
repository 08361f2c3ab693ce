"""Links, tags and mentions: found whole, without the sentence around them, by bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bfbot.platforms.facets import facets

WORDS = st.lists(
    st.sampled_from(
        [
            "https://www.local.gov.uk/a?b=c#d",
            "#GettingTheBest",
            "@desk@social.example",
            "£1.2bn",
            "naïve",
            "👨‍👩‍👧",
            "(https://a.example/x_(y))",
            "#2026",
            "#",
            "@",
            "https://",
        ]
    )
    | st.text(max_size=12),
    max_size=12,
)


@given(WORDS)
def test_offsets_cut_out_exactly_what_they_name(words: list[str]) -> None:
    text = " ".join(words)
    raw = text.encode("utf-8", "surrogatepass")
    last = 0
    for facet in facets(text):
        cut = raw[facet.start : facet.end].decode("utf-8", "surrogatepass")
        assert cut == {"link": "", "tag": "#", "mention": "@"}[facet.kind] + facet.value
        assert facet.start >= last
        last = facet.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("See https://a.example/b.", [("link", "https://a.example/b")]),
        ("(see https://a.example/b)", [("link", "https://a.example/b")]),
        ("https://a.example/x_(y)", [("link", "https://a.example/x_(y)")]),
        ("“https://a.example”", [("link", "https://a.example")]),
        ("https://a.example/#part", [("link", "https://a.example/#part")]),
        ("#OneTag, #Two.", [("tag", "OneTag"), ("tag", "Two")]),
        ("#2026 #26Weeks no#tag", [("tag", "26Weeks")]),
        ("@desk and @desk@social.example", [("mention", "desk"), ("mention", "desk@social.example")]),
        ("desk@social.example https://", []),
        ("https://a.example/@desk", [("link", "https://a.example/@desk")]),
    ],
)
def test_what_counts_as_one(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind, one.value) for one in facets(text)] == expected
