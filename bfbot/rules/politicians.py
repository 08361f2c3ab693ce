"""Whom of politics a post names: people of the register, by name, role or handle; and whose posts it shares."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bfbot.domain.season import Spokesperson
from bfbot.rules.base import Case, once_per_case
from bfbot.rules.disguises import addresses_in, decoded, folded
from bfbot.rules.reading import LINK, of_pictures, plain, readings, unhidden

_TITLES = (
    r"(?:cllr|coun|councillor|councilor|cyng|cynghorydd|mayor|leader|sir|dame|lord|lady|baroness|mr|mrs|ms|dr)"
)
_STRANGER = re.compile(
    r"\b(?:[Cc]llr|CLLR|[Cc]ouncillor|COUNCILLOR|MPs?|MSP)[.:]?\s*(?:[A-Z][. ]\s*)*[A-Z][\w'’-]+"
)
_CALLED = re.compile(r"\b[A-Z][\w'’-]+,?\s+(?:MP|MSP|MLA)\b")

_BETWEEN = r"[\W_]{0,3}"
"""What may stand between two letters of a name: it is the same name spelled out, with a hyphen or without."""

_LINKING = (
    "a|an|and|as|at|be|by|can|for|from|had|has|have|her|his|in|into|is|its|near|of|on|or|our|said|says|that|the|"
    "their|this|to|was|went|were|who|will|with|you|your"
)
"""Words that no name has in its middle: “rose in the park” names nobody."""

_PASSED_ON = r"(?:@ ?|\b(?:rt|via|by|from|follow|h/t|ht) )"


@dataclass(frozen=True)
class Named:
    """`words` as they stand in the text; `who` is None for a politician who is not in the register.

    `shares`: the words are a handle or a link to what that person posted.
    """

    words: str
    who: Spokesperson | None
    shares: bool = False


@once_per_case
def politicians(case: Case) -> Iterable[Named]:
    """Everybody of politics in text, alt text, captions and links, each once."""
    people = tuple(case.revision.spokespeople.values())
    shown = [text for _, text in readings(case)]
    alts = [*(text for _, text in of_pictures(case)), *(media.alt for media in case.post.wording.media)]
    links = [*(one for text in shown for one in addresses_in(text)), case.post.wording.link, *_links(case)]
    return _in_these(people, (*shown, *dict.fromkeys(alts)), tuple(dict.fromkeys(links)))


@lru_cache(maxsize=1024)  # in an election a look ahead asks this of the same evergreen posts, day after day
def _in_these(
    people: tuple[Spokesperson, ...], texts: tuple[str, ...], links: tuple[str, ...]
) -> tuple[Named, ...]:
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
    return (*found.values(), *_strangers(texts, found.values()))


def _links(case: Case) -> Iterable[str]:
    return (link for proof in case.proofs.values() for link in proof.links)


def _by_name(one: Spokesperson, text: str) -> str:
    """The words that name them, as the text has them in small letters; "" where none do."""
    found = _search(_names(one.name, one.role), plain(text))
    if found is None and _search(_names(folded(one.name), folded(one.role)), folded(text)) is not None:
        return plain(one.name or one.role)  # with other accents, or figures for letters
    return found[0] if found else ""


def _search(pattern: re.Pattern[str] | None, text: str) -> re.Match[str] | None:
    return pattern.search(text) if pattern else None


@lru_cache(maxsize=512)
def _names(name: str, role: str) -> re.Pattern[str] | None:
    """The whole name in either order, with more names or initials in it; a title with its last part; the role."""
    said = [_spaced(plain(role))] if plain(role) else []
    if plain(name):
        first, _, last = plain(name).rpartition(" ")
        said.append(_spaced(plain(name)))
        middle = ""
        if first:
            between = rf"[\W_]{{1,6}}(?:(?!(?:{_LINKING})\b)[^\W\d_]+[\W_]{{1,3}}){{0,2}}"
            initial = rf"{re.escape(first[0])}\b\.?"
            said += [rf"(?:{_spaced(first)}{between}|{initial} ?(?:[^\W\d_]\b\.? ?)?){_spaced(last)}"]
            said += [rf"{_spaced(last)}, ?(?:{_spaced(first)}|{initial}(?!\w))"]
            middle = rf"(?:{_spaced(first)} |(?:[^\W\d_]\b\.? ?){{1,3}})?"
        said.append(rf"{_TITLES}[.: ]{{0,2}}{middle}{_spaced(last)}")
    return re.compile(rf"(?<!\w)(?:{'|'.join(said)})(?!\w)") if said else None


def _spaced(words: str) -> str:
    return _BETWEEN.join(re.escape(one) for one in words if one.isalnum())


def _by_handle(one: Spokesperson, text: str) -> str:
    seen = plain(text)
    for handle in one.handles:
        found = re.search(rf"(?<![\w@]){_PASSED_ON}{re.escape(plain(handle))}(?![\w-])", seen)
        if found:
            return found[0]
    return ""


def _is_theirs(one: Spokesperson, link: str) -> bool:
    """An account's page, whatever lies below it, and a site that is called like the account."""
    host, _, path = plain(decoded(link)).rpartition("://")[2].partition("/")
    steps = {step.removeprefix("@") for step in re.split(r"[/?#&=:]", path) if step} | set(host.split("."))
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
