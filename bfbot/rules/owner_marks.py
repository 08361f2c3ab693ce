"""What shows another organisation: its names and letters, however written, and addresses of its site."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from bfbot.rules.disguises import decoded, heard
from bfbot.rules.reading import LINK, LOOK_ALIKES, plain, unhidden

_HOST: Final = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24}(?![a-z0-9-])")
_BETWEEN: Final = r"(?:[^\w.!?…]|_){0,3}"  # of the words of a name: a line may end there, but no sentence
_GAP: Final = r"[\W_]{0,2}"  # between two letters that stand for words: “C/C/N”, “C. C. N.”
_OWNS: Final = r"(?:['’ʼ`]?s)?"
_FEWEST: Final = 3  # letters: two stand beside each other by chance, once anything may stand between
_LONG: Final = 12  # letters: a name of words that long is looked for inside of other words, too


@dataclass(frozen=True)
class Marks:
    """`owner`, what it is called, and the address of its campaign's page ("" for none)."""

    owner: str
    also_called: tuple[str, ...]
    link: str


@lru_cache(maxsize=4096)  # a look ahead asks the same of every evergreen post, day after day
def marks_in(
    text: str, others: tuple[Marks, ...], mine: str, own_sites: tuple[str, ...]
) -> tuple[tuple[str, str], ...]:
    """(owner, words) of those of `others` that this text shows; `own_sites` are addresses or hosts of `mine`."""
    own, letters = frozenset(map(host_of, own_sites)), _letters(text)
    shown = plain(decoded(text) if "%" in text else text)
    found: dict[str, tuple[str, str]] = {}
    for one in others:
        said, written = _patterns(one, mine)
        words = heard(said, text) or _first(written, letters) or _on(host_of(one.link), shown, own)
        if words:
            by_name = words.casefold() in one.owner.casefold()
            found.setdefault(plain(one.owner), (one.owner, one.owner if by_name else words))
    return tuple(found.values())


@lru_cache(maxsize=256)
def host_of(link: str) -> str:
    """Without www., user and port; "" for no address."""
    host = plain(decoded(link)).rpartition("://")[2]
    host = re.split(r"[/?#]", host)[0].rpartition("@")[2].partition(":")[0]
    return host.removeprefix("www.").rstrip(".")


def _letters(text: str) -> str:
    """As an eye meets it, in Latin letters without accents, with their capitals; web addresses left out."""
    seen = unhidden(text)
    if not seen.isascii():
        apart = unicodedata.normalize("NFKD", seen.translate(LOOK_ALIKES))
        seen = "".join(one for one in apart if not unicodedata.combining(one)).translate(LOOK_ALIKES)
    return LINK.sub(" ", seen)


@lru_cache(maxsize=64)
def _patterns(one: Marks, mine: str) -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """The first is over `heard` words, the others over `_letters`."""
    names = [plain(name).replace("’", "'").lstrip("@#") for name in (one.owner, *one.also_called)]
    said = re.compile(rf"\b(?:{'|'.join(map(re.escape, names))})(?:'?s)?\b")
    written = []
    for name in (one.owner, *one.also_called):
        words = [re.escape(each) for each in re.findall(r"[^\W_]+", _letters(name))]
        glued = "".join(words)
        if len(words) > 1:
            forms = [rf"(?<![^\W_]){_BETWEEN.join(words)}{_OWNS}(?![^\W_])"]
            forms += [glued] if len(glued) >= _LONG else []
            written.append(re.compile("|".join(forms), re.IGNORECASE))
        elif len(glued) >= _FEWEST and glued.isupper():
            written.append(re.compile(rf"(?<![^\W_]){_GAP.join(glued)}{_OWNS}(?![^\W_])", re.IGNORECASE))
            # “@CCNOffice”, “#CCN2026”, “#LGACCN”: the capitals end where the word does.
            ours = f"(?:{re.escape(mine)})?" if mine.isupper() else ""
            written.append(re.compile(rf"(?<![A-Z]){ours}{glued}{ours}(?![A-Z](?![a-z]))"))
    return said, tuple(written)


def _first(patterns: tuple[re.Pattern[str], ...], text: str) -> str:
    for one in patterns:
        found = one.search(text)
        if found:
            return " ".join(found[0].split())
    return ""


def _on(site: str, shown: str, own: frozenset[str]) -> str:
    """The first web or e-mail address in `shown` on this site, or on a part of it that is no part of `own`."""
    if "." not in site or site not in shown:
        return ""
    nearer = [one for one in own if _part(one, site)]
    hosts = (one.removeprefix("www.") for one in _HOST.findall(shown))
    theirs = (one for one in hosts if _part(one, site))
    return next((one for one in theirs if not any(_part(one, mine) for mine in nearer)), "")


def _part(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")
