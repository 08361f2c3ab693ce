"""Whom of politics a post names: people of the register, by name, role or handle; and whose posts it shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bfbot.domain.season import Spokesperson
from bfbot.rules.base import Case, once_per_case
from bfbot.rules.reading import LINK, pictures, plain, readings, unhidden

_TITLES = r"(?:cllr|councillor|cyng|cynghorydd|mayor|leader|sir|dame|lord|lady|baroness|mr|mrs|ms|dr)"
_STRANGER = re.compile(r"\b(?:[Cc]llr\.?|CLLR|[Cc]ouncillor|COUNCILLOR|MPs?|MSP)\s+[A-Z][\w'’-]+")
_CALLED = re.compile(r"\b[A-Z][\w'’-]+\s+(?:MP|MSP|MLA)\b")

_BETWEEN = r"[\s.\-–_'’]{0,3}"
"""What may stand between two letters of a name: it is the same name spelled out, with a hyphen or without."""


@dataclass(frozen=True)
class Named:
    """`words` as they stand in the text; `who` is None for a politician who is not in the register.

    `shares`: the words are a handle or a link to what that person posted.
    """

    words: str
    who: Spokesperson | None
    shares: bool = False


@once_per_case
def politicians(case: Case) -> Iterator[Named]:
    """Everybody of politics in text, alt text and links, each once."""
    people = tuple(case.revision.spokespeople.values())
    shown = [text for _, text in readings(case)]
    alts = [*(media.alt for _, media in pictures(case)), *(media.alt for media in case.post.wording.media)]
    texts = [*shown, *dict.fromkeys(alts)]
    links = [*LINK.findall(" ".join(shown)), case.post.wording.link, *_links(case)]
    found: dict[tuple[str, bool], Named] = {}
    for one in people:
        for text in texts:
            said, handle = _by_name(one, LINK.sub(" ", text)), _by_handle(one, text)
            if said:
                found.setdefault((one.id, False), Named(said, one))
            if handle:
                found.setdefault((one.id, True), Named(handle, one, True))
        for link in links:
            if _is_theirs(one, link):
                found.setdefault((one.id, True), Named(link, one, True))
    yield from found.values()
    yield from _strangers(texts, found.values())


def _links(case: Case) -> Iterable[str]:
    return (link for proof in case.proofs.values() for link in proof.links)


def _by_name(one: Spokesperson, text: str) -> str:
    """The words that name them, as the text has them in small letters; "" where none do."""
    pattern = _names(one.name, one.role)
    found = pattern.search(plain(text)) if pattern else None
    return found[0] if found else ""


@lru_cache(maxsize=512)
def _names(name: str, role: str) -> re.Pattern[str] | None:
    """The whole name, a title with the last part of it, or the whole role."""
    said = [plain(role)]
    if plain(name):
        first, _, last = plain(name).rpartition(" ")
        said.append(plain(name))
        middle = rf"(?:{_spaced(first)} )?" if first else ""
        titled = rf"{_TITLES}\.? {middle}{_spaced(last)}"
        return re.compile(rf"(?<!\w)(?:{'|'.join([*map(_spaced, said), titled])})(?!\w)")
    return re.compile(rf"(?<!\w)(?:{_spaced(said[0])})(?!\w)") if said[0] else None


def _spaced(words: str) -> str:
    return _BETWEEN.join(re.escape(one) for one in words if one.isalnum())


def _by_handle(one: Spokesperson, text: str) -> str:
    seen = plain(text)
    for handle in one.handles:
        found = re.search(rf"(?<![\w@])[@＠]{re.escape(plain(handle))}(?![\w-])", seen)
        if found:
            return found[0]
    return ""


def _is_theirs(one: Spokesperson, link: str) -> bool:
    """An account's page, and whatever lies below it."""
    path = plain(unhidden(link)).partition("://")[2].partition("/")[2]
    steps = {step.removeprefix("@") for step in re.split(r"[/?#]", path) if step}
    names = {plain(handle) for handle in one.handles}
    return bool(steps & (names | {name.partition("@")[0] for name in names}))


def _strangers(texts: Iterable[str], known: Iterable[Named]) -> Iterator[Named]:
    """A title of office before a name, where the register has nobody of it."""
    told = [plain(one.words) for one in known]
    for text in texts:
        for pattern in (_STRANGER, _CALLED):
            for found in pattern.finditer(unhidden(LINK.sub(" ", text))):
                words = plain(found[0])
                if not any(words in one or one in words for one in told):
                    yield Named(found[0], None)
                    told.append(words)
