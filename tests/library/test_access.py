"""Captions, languages, pairs and tracking as the files say them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bfbot.domain.message import MediaUse
from bfbot.library import check, read_library
from tests.library.forms import MESSAGES, PLATFORMS, SCHEDULES, make
from tests.workspace import NOW

HALF = "  - {{id: {id}, kind: action, campaign: bright, pillar: outcomes, text: {text}{more}}}\n"


def faults(home: Path, messages: str, schedules: str = SCHEDULES) -> list[str]:
    make(home, schedules, messages)
    return [str(one) for one in check(home, NOW, PLATFORMS) if one.level == "error"]


def two(first: str = ", language: en, pair: hybiau", second: str = ", language: cy, pair: hubs") -> str:
    return (
        MESSAGES
        + HALF.format(id="hubs", text="Hubs are open to all this winter", more=first)
        + HALF.format(id="hybiau", text="Mae hybiau ar agor i bawb", more=second)
    )


def filmed(media: str) -> str:
    more = f", media: [{{{media}, alt: A social worker talks}}]"
    return MESSAGES + HALF.format(id="film", text="Watch how a day goes", more=more)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    make(tmp_path)
    films = tmp_path / "messages" / "films"
    films.mkdir(parents=True)
    (films / "day.MP4").write_bytes(b"film")
    (films / "day.vtt").write_text("WEBVTT")
    return tmp_path


def test_what_the_files_say_reaches_the_campaign_and_the_posts(home: Path) -> None:
    keys = ("hashtags: [SocialWork]", "tracking: true", "own_sites: [news.example.org]", "reading_age: 12")
    more = "\n    ".join(("hashtag: GettingTheBest", *keys))
    make(home, SCHEDULES.replace("hashtag: GettingTheBest", more, 1), two())
    revision, found = read_library(home, now=NOW, platforms=PLATFORMS)
    assert revision is not None, found
    bright = revision.campaigns["bright"]
    assert (bright.hashtags, bright.tracking, bright.own_hosts) == (("SocialWork",), True, ("news.example.org",))
    assert bright.reading_age == 12
    assert [(one.language, one.pair) for one in revision.messages.values() if one.pair] == [
        ("en", "hybiau"),
        ("cy", "hubs"),
    ]


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        (", language: en, pair: hybiau", ", language: cy", "does not name this one as its pair"),
        (", language: cy, pair: hybiau", ", language: cy, pair: hubs", "is in the same language"),
        (", pair: hybiau", ", language: cy, pair: hubs", "has no language"),
        (", language: en, pair: hybiao", ", language: cy, pair: hubs", "There is no evergreen post “hybiao”"),
        (", language: en, pair: hubs", ", language: cy", "does not name this one"),
        (", language: fr, pair: hybiau", ", language: cy, pair: hubs", "“language” has a value that is not known"),
    ],
)
def test_a_pair_that_does_not_fit(home: Path, first: str, second: str, told: str) -> None:
    assert any(told in one for one in faults(home, two(first, second)))


def test_halves_of_two_kinds_are_no_pair(home: Path) -> None:
    action, ask = "kind: action, campaign: bright", "kind: ask, campaign: bright"
    first, second = two().rsplit(action, 1)
    assert any("another campaign, theme or kind" in one for one in faults(home, f"{first}{ask}{second}"))


@pytest.mark.parametrize(
    ("media", "told"),
    [
        ("file: films/day.MP4", "The video “films/day.MP4” has no captions"),
        ("file: films/day.MP4, captions: films/day.txt", "is no file of captions"),
        ("file: films/day.MP4, captions: films/night.vtt", "There is no file “films/night.vtt”"),
        ("card: rise, captions: films/day.vtt", "Captions stand beside a picture"),
    ],
)
def test_a_video_brings_its_captions(home: Path, media: str, told: str) -> None:
    assert any(told in one for one in faults(home, filmed(media)))


def test_a_video_with_captions_is_in_good_form(home: Path) -> None:
    messages = filmed("file: films/day.MP4, captions: films/day.vtt")
    assert faults(home, messages) == []
    revision, _ = read_library(home, now=NOW, platforms=PLATFORMS)
    assert revision is not None
    assert revision.messages["film"].media == (
        MediaUse(alt="A social worker talks", file="films/day.MP4", captions="films/day.vtt"),
    )


@pytest.mark.parametrize("site", ["https://news.example.org", "news example", "-x.org", "localhost"])
def test_a_site_is_a_name_alone(home: Path, site: str) -> None:
    schedules = SCHEDULES.replace(
        "hashtag: GettingTheBest", f'hashtag: GettingTheBest\n    own_sites: ["{site}"]', 1
    )
    assert any("no site" in one for one in faults(home, MESSAGES, schedules))
