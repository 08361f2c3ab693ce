"""Words as they are meant, however they are spaced, dotted, run together, accented or mixed with digits.

What comes of it is for comparing alone, and never shown.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final
from urllib.parse import unquote

from bfbot.rules.reading import LINK, LOOK_ALIKES, plain, unhidden

_APART: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_][ .·•*_-])+[^\W\d_](?![^\W_])")
_HUMP: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
_STOP: Final = re.compile(r"[.!?…;|\n]+(?=\s|$)|\n+")
_BLANK: Final = re.compile(r"[^\w'|]+|_+")
_BARE: Final = re.compile(
    r"(?<![\w@./:-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,24}(?::\d{1,5})?[/?#][^\s<>\"“”]*", re.IGNORECASE
)
_LETTER_SIGNS: Final = str.maketrans("01345$|", "oieassi")
_SIGN: Final = re.compile(r"(?<=[a-z])[01345$|]+(?=[a-z])")
_ALL_SIGNS: Final = str.maketrans("01345@$|i", "oleasasll")
_ROUNDS: Final = 5


def heard(pattern: re.Pattern[str], text: str) -> str:
    """What a pattern over `spoken` words finds in a text, "" where it finds nothing."""
    for one in _spoken(text):
        found = pattern.search(one)
        if found:
            return found[0]
    return ""


@lru_cache(maxsize=1024)
def _spoken(text: str) -> tuple[str, ...]:
    """Small plain words with single spaces; ` | ` stands where a sentence or a line ends. Links are left out.

    “M.P.”, “M P” and “V o t e” are one word each, and “V0te” is “vote”. The second reading, where it differs,
    parts words at their capitals: “#YourMP” is two.
    """
    seen = LINK.sub(" ", _one_alphabet(text))
    seen = _APART.sub(lambda one: re.sub(r"[^\w]|_", "", one[0]), seen)
    return tuple(dict.fromkeys(map(_words, (seen, _HUMP.sub(" ", seen)))))


def _words(seen: str) -> str:
    seen = _STOP.sub(" | ", seen.replace("’", "'"))
    small = " ".join(_BLANK.sub(" ", seen.casefold().translate(LOOK_ALIKES)).split())
    return _SIGN.sub(lambda one: one[0].translate(_LETTER_SIGNS), small)


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """`plain` without accents; digits and signs that stand for letters, and i, become those letters."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(one))
    return bare.translate(_ALL_SIGNS)


def decoded(link: str) -> str:
    """An address with every %-escape read, however often it was escaped."""
    for _ in range(_ROUNDS):
        read = unquote(link)
        if read == link:
            break
        link = read
    return unhidden(link)


@lru_cache(maxsize=1024)
def addresses_in(text: str) -> tuple[str, ...]:
    """Every web address of a text, those without https:// in front too: networks make links of them as well."""
    seen = unhidden(text)
    return (*LINK.findall(seen), *_BARE.findall(LINK.sub(" ", seen)))


def _one_alphabet(text: str) -> str:
    seen = unhidden(text)
    return seen if seen.isascii() else seen.translate(LOOK_ALIKES)
