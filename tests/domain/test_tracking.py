"""Links of the campaign's own say which post was opened: existing query and fragment kept, nobody named."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bfbot.domain.campaign import Campaign
from bfbot.domain.tracking import UNSAVED, links_in, slug, tagged, tagged_text, tags_for, untagged
from tests.rules.team_files import LGA

ON = replace(LGA, tracking=True, own_hosts=("news.example.org",))
TAGS = "utm_source=mastodon&utm_medium=social&utm_campaign=bright-futures&utm_content=funding-12"


def tag(link: str, campaign: Campaign = ON, post: int = 12, theme: str | None = "funding") -> str:
    tags = tags_for(campaign, platform="mastodon", post=post, theme=theme)
    return tagged(link, tags) if tags else link


@pytest.mark.parametrize(
    ("link", "becomes"),
    [
        ("https://www.local.gov.uk/bright-futures", f"https://www.local.gov.uk/bright-futures?{TAGS}"),
        ("https://local.gov.uk/a?b=1&c=%20#part", f"https://local.gov.uk/a?b=1&c=%20&{TAGS}#part"),
        ("https://WWW.LOCAL.gov.uk", f"https://WWW.LOCAL.gov.uk?{TAGS}"),
        ("http://news.example.org/a", f"http://news.example.org/a?{TAGS}"),
        (
            "https://local.gov.uk/a?utm_source=flyer",
            f"https://local.gov.uk/a?utm_source=flyer&{TAGS.partition('&')[2]}",
        ),
    ],
)
def test_a_campaign_link_is_tagged_once(link: str, becomes: str) -> None:
    assert tag(link) == becomes
    assert tag(becomes) == becomes


@pytest.mark.parametrize(
    "link",
    [
        "https://kent.local.gov.uk/a",
        "https://local.gov.uk.evil.example/a",
        "https://evil.example/?https://local.gov.uk",
        "https://local.gov.uk@evil.example/a",
        "ftp://local.gov.uk/a",
        "https://[local.gov.uk",
        "",
    ],
)
def test_links_of_others_stay_as_they_are(link: str) -> None:
    assert tag(link) == link


def test_the_switch_of_the_campaign() -> None:
    assert tag("https://local.gov.uk/a", LGA) == "https://local.gov.uk/a"


def test_without_a_theme_or_a_number() -> None:
    assert tag("https://local.gov.uk/a", theme=None).endswith("utm_content=12")
    assert tag("https://local.gov.uk/a", post=0).endswith(f"utm_content=funding-{UNSAVED}")


def test_the_marks_of_a_sentence_stay_behind_the_link() -> None:
    tags = tags_for(ON, platform="x", post=12, theme="funding")
    assert tags is not None
    text = "See https://local.gov.uk/a, (https://local.gov.uk/b) and https://gov.uk/c."
    ours = TAGS.replace("mastodon", "x")
    assert tagged_text(text, tags) == (
        f"See https://local.gov.uk/a?{ours}, (https://local.gov.uk/b?{ours}) and https://gov.uk/c."
    )
    assert links_in(text) == ("https://local.gov.uk/a", "https://local.gov.uk/b", "https://gov.uk/c")


@pytest.mark.parametrize(
    ("text", "better"),
    [("Bright Futures", "bright-futures"), ("Élan & Co_2", "elan-co-2"), ("  ", ""), ("Ｘ", "x")],
)
def test_lower_case_with_hyphens(text: str, better: str) -> None:
    assert slug(text) == better


def test_what_is_looked_at_is_the_page_itself() -> None:
    assert untagged(tag("https://local.gov.uk/a?b=1#part")) == "https://local.gov.uk/a?b=1"


@settings(max_examples=100)
@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=20), st.integers(1, 10**7))
def test_any_link_keeps_what_it_has_and_carries_four_plain_words(
    query: str, fragment: str, theme: str, post: int
) -> None:
    clean = re.sub(r"[\s#]", "", query), re.sub(r"\s", "", fragment)
    link = f"https://www.local.gov.uk/a?{clean[0]}#{clean[1]}"
    made = tag(link, post=post, theme=theme)
    before, after = urlsplit(link), urlsplit(made)
    assert after.query.startswith(before.query)
    assert after.fragment == before.fragment
    ours = [
        (name, value) for name, value in parse_qsl(after.query) if (name, value) not in parse_qsl(before.query)
    ]
    assert all(re.fullmatch(r"[a-z0-9-]+", value) for _, value in ours)
    assert tag(made, post=post, theme=theme) == made
