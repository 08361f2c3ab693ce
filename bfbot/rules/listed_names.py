"""The team's list of names, which lies outside the files: asked whether one stands in a text, never which."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from bfbot.domain.names import ListedNames
from bfbot.rules.reading import HASHTAG, LINK, plain

_BETWEEN = r"[\W_]{0,3}"
"""What may stand between two letters of a name: it is the same name spelled out, with a hyphen or without."""

_STAND_INS = str.maketrans("01345@$|i", "oleasasll")
"""Digits and signs written for letters, and one letter that looks like another."""


def stand_in(names: ListedNames, texts: Iterable[str]) -> bool:
    """Whether any of the names stands in any of the texts: in words, in a hashtag, or in a link."""
    return bool(names.names) and any(_stand_in(names.names, text) for text in texts)


def _stand_in(names: frozenset[str], text: str) -> bool:
    seen, (pattern, joined) = _folded(text), _patterns(names)
    if pattern.search(seen):
        return True
    glued = [re.sub(r"[\W_]", "", _folded(one)) for one in (*HASHTAG.findall(text), *LINK.findall(text))]
    return any(name in one for name in joined for one in glued)


def _folded(text: str) -> str:
    """In small plain letters without accents, look-alikes and digits in the place of letters made good."""
    bare = "".join(one for one in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(one))
    return bare.translate(_STAND_INS)


@lru_cache(maxsize=4)
def _patterns(names: frozenset[str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The names as they are written and with the last part first; and those long enough to be found glued on."""
    spoken = {" ".join(re.findall(r"[^\W_]+", _folded(one))) for one in names}
    turned = {" ".join([one.rpartition(" ")[2], one.rpartition(" ")[0]]) for one in spoken if " " in one}
    letters = sorted({one.replace(" ", "") for one in spoken | turned} - {""}, key=len, reverse=True)
    spelled = "|".join(_BETWEEN.join(map(re.escape, one)) for one in letters)
    glued = tuple(one.replace(" ", "") for one in spoken if len(one.replace(" ", "")) >= 6)
    return re.compile(rf"(?<![^\W_])(?:{spelled})(?![^\W_])" if letters else r"(?!)"), glued
