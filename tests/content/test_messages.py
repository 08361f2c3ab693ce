"""The shipped posts: enough of them, each different, each in plain words, none mixing owners."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from tests.content.pictures import PICTURES
from tests.content.shipped import (
    KINDS,
    REFUSED,
    ROOT,
    SEVEN,
    facts,
    listed,
    messages,
    names_fact,
    sendable_any_day,
    texts,
)

each = pytest.mark.parametrize("message", messages(), ids=lambda one: one["id"])


def test_enough_posts_over_every_theme_and_kind() -> None:
    bright = messages("bright-futures")
    assert len(bright) >= 60
    assert {one["kind"] for one in bright} == set(KINDS)
    per_theme = Counter(one["pillar"] for one in bright)
    assert set(per_theme) == set(SEVEN)
    assert min(per_theme.values()) >= 8
    for theme in SEVEN:
        kinds = {one["kind"] for one in bright if one["pillar"] == theme}
        assert kinds >= {"action", "ask", "statistic", "video", "case-study"}
    assert len(messages("county-children")) >= 10
    assert len({one["id"] for one in messages()}) == len(messages())


def test_enough_that_may_go_out_on_any_day() -> None:
    timeless = [one for one in messages("bright-futures") if sendable_any_day(one)]
    assert len(timeless) >= 40
    assert {one["pillar"] for one in timeless} == set(SEVEN)
    assert len([one for one in messages("county-children") if sendable_any_day(one)]) >= 6


def test_timeless_posts_speak_of_no_present_or_coming_year() -> None:
    dated = re.compile(r"\b(20\d\d|next year|last year|recently|government|minister|MPs?)\b", re.IGNORECASE)
    for message in messages():
        if sendable_any_day(message):
            assert not [text for text in texts(message) if dated.search(text)], message["id"]


def test_every_posting_time_has_posts_for_any_day() -> None:
    for slot in listed("schedules", "slots"):
        fitting = [
            one for one in messages(slot["campaign"]) if one["kind"] in slot["kinds"] and sendable_any_day(one)
        ]
        assert len(fitting) >= 3, slot["id"]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+(?:’\w+)*", text.casefold())
    return set(zip(words, words[1:], words[2:], strict=False))


def test_no_two_posts_are_nearly_alike() -> None:
    for one, other in combinations(messages(), 2):
        mine, theirs = shingles(one["text"]), shingles(other["text"])
        assert len(mine & theirs) < 0.3 * len(mine | theirs), (one["id"], other["id"])


def test_the_refused_posts_are_few_and_say_so() -> None:
    gone = {one["id"] for one in facts().values() if one["status"] != "usable"}
    past = {one["id"] for one in listed("messages", "asks") if one["status"] != "current"}
    found = {}
    for message in messages():
        text = " ".join([*texts(message), *(one.get("card", "") for one in message.get("media", ()))])
        bad = [one for one in gone if re.search(rf"(?<![\w-]){re.escape(one)}(?![\w-])", text)]
        bad += [one for one in message.get("asks", ()) if one in past]
        if bad:
            found[message["id"]] = bad
    assert set(found) == set(REFUSED)
    assert all(REFUSED[one] in bad for one, bad in found.items())
    raw = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "messages").glob("*.yaml")))
    for message_id in REFUSED:
        assert re.search(rf"  # Stays refused: [^\n]+\n(  #[^\n]*\n)*  - id: {message_id}\n", raw), message_id


@each
def test_it_names_what_exists_and_has_one_owner(message: dict[str, Any]) -> None:
    campaign = next(one for one in listed("schedules", "campaigns") if one["id"] == message["campaign"])
    assert message["pillar"] in {one["id"] for one in campaign["pillars"]}
    assert message["kind"] in KINDS
    named = re.findall(r"\{(?:fact|period|source):([\w-]+)\}", " ".join(texts(message)))
    named += [one["card"] for one in message.get("media", ()) if "card" in one]
    assert {facts()[one]["owner"] for one in named} <= {campaign["owner"]}
    known = {one["id"]: one for one in listed("messages", "asks")}
    assert {known[one]["campaign"] for one in message.get("asks", ())} <= {campaign["id"]}
    assert message.get("link", campaign["link"]) == campaign["link"]
    others = {
        "LGA": r"County Councils Network|\bCCN\b|CountyChildren",
        "CCN": r"\bLGA\b|Local Government Ass|Bright Futures",
    }
    assert not re.search(others[campaign["owner"]], " ".join(texts(message)))
    assert names_fact(message) == (message["kind"] == "statistic")
    assert set(message.get("variants", {})) <= {"rehearsal", "mastodon", "x"}


@each
def test_its_words_are_plain(message: dict[str, Any]) -> None:
    for text in texts(message):
        assert not re.search(r"[@#]|https?:|www\.|image of|['\"]", text), (
            "handles, tags, links and straight quotes"
        )
        assert not re.search("[\U0001f000-\U0001faff☀-➿]", text), "pictures among the words"
        assert "  " not in text
        for sentence in re.split(r"(?<=[.!?])\s+", text):
            assert len(sentence.split()) <= 25, sentence


@each
def test_its_pictures_have_full_alt_text(message: dict[str, Any]) -> None:
    for media in message.get("media", ()):
        alt = media["alt"]
        assert 40 <= len(alt) <= 420
        assert not re.match(r"(an? |the )?(image|picture|photo|graphic)\b", alt, re.IGNORECASE)
        assert ("card" in media) != ("file" in media)
        if "file" in media:
            path = ROOT / "messages" / media["file"]
            _, title, words, call = PICTURES[Path(media["file"]).stem]
            assert Image.open(path).size == (1200, 675)
            assert all(part in " ".join(alt.split()) for part in (title, words, call))


def test_every_shipped_picture_is_used() -> None:
    used = {media["file"] for one in messages() for media in one.get("media", ()) if "file" in media}
    assert used == {f"pictures/{path.name}" for path in (ROOT / "messages" / "pictures").iterdir()}
    assert {Path(one).stem for one in used} == set(PICTURES)


def test_a_good_share_has_pictures_and_other_wordings() -> None:
    assert len([one for one in messages() if one.get("media")]) >= 20
    assert len([one for one in messages() if one.get("variants")]) >= 12
