"""The team's list of names, which lies outside the files: asked whether one stands in a text, never which."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from bfbot.domain.names import ListedNames
from bfbot.rules.disguises import addresses_in, decoded, folded
from bfbot.rules.reading import HASHTAG

_BETWEEN = r"[\W_]{0,3}"
"""What may stand between two letters of a name: it is the same name spelled out, with a hyphen or without."""

_HANDLE = re.compile(r"@[ ]?([\w.-]+)")


def stand_in(names: ListedNames, texts: Iterable[str]) -> bool:
    """Whether any of the names stands in any of the texts: in words, in a hashtag, or in a link."""
    return bool(names.names) and any(_stand_in(names.names, text) for text in texts)


def _stand_in(names: frozenset[str], text: str) -> bool:
    pattern, joined = _patterns(names)
    if pattern.search(folded(text)):
        return True
    links = [decoded(one) for one in addresses_in(text)]
    if any(pattern.search(folded(re.sub(r"[+_/=&?.-]", " ", one))) for one in links):
        return True
    glued = [re.sub(r"[\W_]", "", folded(one)) for one in (*HASHTAG.findall(text), *_HANDLE.findall(text), *links)]
    return any(name in one for name in joined for one in glued)


@lru_cache(maxsize=4)
def _patterns(names: frozenset[str]) -> tuple[re.Pattern[str], tuple[str, ...]]:
    """The names as they are written, with the last part first, and with another name or an initial in the middle;
    and those long enough to be found glued on."""
    spoken = {" ".join(re.findall(r"[^\W_]+", folded(one))) for one in names}
    turned = {" ".join([one.rpartition(" ")[2], one.rpartition(" ")[0]]) for one in spoken if " " in one}
    letters = sorted({one.replace(" ", "") for one in spoken | turned} - {""}, key=len, reverse=True)
    spelled = [_spelled(one) for one in letters]
    for one in spoken:
        first, _, last = one.partition(" ")
        if last:
            spelled.append(rf"{_spelled(first)}[\W_]{{1,3}}[^\W_]+[\W_]{{1,3}}{_spelled(last.replace(' ', ''))}")
            spelled.append(rf"{first[0]}[\W_]{{1,3}}(?:[^\W_][\W_]{{1,3}})?{_spelled(last.replace(' ', ''))}")
    glued = tuple(one.replace(" ", "") for one in spoken if len(one.replace(" ", "")) >= 6)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(spelled)})(?![^\W_])" if letters else r"(?!)"), glued


def _spelled(letters: str) -> str:
    return _BETWEEN.join(map(re.escape, letters))
