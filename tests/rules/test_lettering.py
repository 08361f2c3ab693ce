"""Letters that are there for their look, and characters that nobody sees; letters that people write with pass."""

from __future__ import annotations

import pytest

from bfbot.rules.lettering import hidden, styled
from tests.rules.cases import case, found, picture, said


@pytest.mark.parametrize(
    "text", ["𝓗elp", "Ｈｅｌｐ", "Ⓗelp", "ʜᴇʟᴘ", "H\u0336e\u0336lp", "Неlр", "🅷🅴🅻🅿", "𝟏𝟑𝟗 per cent"]
)
def test_look_alike_letters_are_found(text: str) -> None:
    assert styled(f"Get {text} early")


@pytest.mark.parametrize(
    "text",
    [
        "🅱ig",
        "🅰🅱🆎",
        "🇭🇪🇱🇵",
        "🇭 🇪 🇱",
        "НЕ",  # Cyrillic
        "ꓧꓰꓡꓡꓳ",
        "ᎻᎬᏞᏞᎾ",
        "ᗷOᒪᗪ",
        "𐌀𐌁",
        "Ⲏⲉⲗⲗⲟ",
        "₵ash",
        "ħɇlp",
        "H\u035fe\u035flp",
        "H\u0301\u0302\u0303elp",
        "①",
        "Ⅳ",
        "h e l p",
        "H\u00a0E\u00a0L\u00a0P",
    ],
)
def test_letters_there_for_their_look_are_found(text: str) -> None:
    assert styled(f"Get {text} early")
    assert found("plain-letters", case(f"Get {text} early"))
    assert found("plain-letters", case(media=(picture(alt=f"Get {text} early"),)))
    assert found("plain-letters", case("Help early.", variants={"mastodon": f"Get {text} early"}))
    assert found("plain-letters", case(f"Help early.\n---\nGet {text} early"))


@pytest.mark.parametrize(
    "text",
    [
        "🇬🇧🇫🇷🇩🇪 together",
        "Łódź, Dŵr, Zoë, Māori, İstanbul",
        "Привіт, друзі",
        "Γειά σου",
        "سلام",
        "日本から",
        "5 µg",
        "A B C",
        "A to Z, e.g. U.N.C.R.C.",
        "₤3.1bn or €5",
    ],
)
def test_letters_that_people_write_with_pass(text: str) -> None:
    assert not styled(text)


@pytest.mark.parametrize(
    "text", ["Help — “early”, £3bn, 5°C, ½, m², Brontë, naïve, Gwŷr, ﬁne™ № 5 🅿️ ℹ️", "Москва и Kent", "Ελλάδα"]
)
def test_plain_letters_of_any_language_pass(text: str) -> None:
    assert not styled(text)


@pytest.mark.parametrize(
    "unseen", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066", "\x00", "\x1b"]
)
def test_unseen_characters_are_found(unseen: str) -> None:
    assert hidden(f"Help{unseen} early")[1] == "Help"
    assert said("unseen-characters", case(media=(picture(alt=f"A{unseen} chart"),)))


@pytest.mark.parametrize(
    "text", ["👩🏽‍⚕️ 👨‍👩‍👧 🏳️‍🌈", "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", "one\n\ttwo"]
)
def test_what_an_emoji_is_made_of_passes(text: str) -> None:
    assert hidden(text) == ("", "")


def test_a_long_row_of_letters_is_named_by_its_beginning() -> None:
    message = said("plain-letters", case("o " * 200))
    assert "“o o o" in message
    assert "…” is written letter by letter" in message
    assert message.count("o o") < 40
