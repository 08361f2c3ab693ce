"""Look-alike letters made plain, unseen characters taken out."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from bfbot.domain.campaign import Campaign
from bfbot.rules.alphabets import borrowed, scripts
from bfbot.rules.lettering import LETTERS, OVERLAYS, UNSEEN, is_styled, is_unseen, styled
from bfbot.rules.mend import Mend, outside
from bfbot.rules.reading import LOOK_ALIKES

_WORD: Final = re.compile(r"[^\W\d_]+")
_NAMED: Final = re.compile(
    r"(?:SMALL )?CAPITAL(?: LETTER)? ([A-Z])(?: WITH .*)?$|LETTER (?:SMALL CAPITAL )?([A-Z])$"
)


def unseen_out(text: str, _campaign: Campaign) -> tuple[str, list[Mend]]:
    """Zero-width and control characters go; what an emoji is made of stays."""
    places = [place for place in range(len(text)) if is_unseen(text, place)]
    if not places:
        return text, []
    gone = set(places)
    kept = "".join(one for place, one in enumerate(text) if place not in gone)
    shown = text[max(places[0] - 20, 0) : places[0]].split()
    before = f"{shown[-1] if shown else ''}[{len(places)} unseen]"
    why = "Nobody sees these characters, and a screen reader stumbles over them."
    return kept, [Mend(UNSEEN.id, before, shown[-1] if shown else "", why)]


def letters_plain(text: str, _campaign: Campaign) -> tuple[str, list[Mend]]:
    """Bold, script, circled and borrowed letters become ordinary ones, word by word."""
    made: dict[str, str] = {}

    def word(match: re.Match[str]) -> str:
        plain = _plain(match[0])
        if plain != match[0]:
            made[match[0]] = plain
        return plain

    mended = outside(text, lambda piece: re.sub(r"\S+", word, piece))
    why = "A screen reader spells these characters out, or leaves them out."
    return mended, [Mend(LETTERS.id, before, after, why) for before, after in made.items()]


def _plain(word: str) -> str:
    out = "".join(_letter(one) if is_styled(one) else one for one in word) if styled(word) else word
    out = OVERLAYS.sub("", out)
    return _WORD.sub(lambda found: _one_alphabet(found[0]), out)


def _letter(one: str) -> str:
    """What the character stands for: by its decomposition, else by its name."""
    plain = unicodedata.normalize("NFKC", one)
    if plain != one:
        return plain.strip("()") or plain
    named = _NAMED.search(unicodedata.name(one, ""))
    if named is None:
        return one
    return named[1] if named[1] else named[2].lower()


def _one_alphabet(word: str) -> str:
    """A word of two alphabets in ours, where each borrowed letter has its like in it."""
    if len(scripts(word)) < 2 and not borrowed(word):
        return word
    ours = word.translate(LOOK_ALIKES)
    return ours if len(scripts(ours)) == 1 else word
