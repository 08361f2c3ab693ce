"""What a text gives as somebody's own words: quotation marks of any shape, and a word of saying or a name near."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from bfbot.domain.picture import Quote
from bfbot.rules.reading import HASHTAG, LINK, plain, unhidden

_DOUBLE = re.compile("``|''|[“”„‟″❝❞〝〞«»‶＂]")
_SINGLE = re.compile("[‘’‚‛`´‹›′❛❜＇]")
MARKS = re.compile("[\"“”„‟″❝❞〝〞«»‶＂]|``|''|(?:^|[\\s(–—:])['‘‚‛`´‹′❛＇]")
"""Where none of these stands, nothing is quoted between marks."""

_OPENS = re.compile("``|''|[\"“”„‟″❝❞〝〞«»‶＂]|(?<!\\w)['‘’‚‛`´‹›′❛❜＇]")
"""A mark that is no apostrophe within a word."""

MAY_QUOTE = re.compile(rf"{MARKS.pattern}|:|[–—−]|\s--?\s|(?m:^\s*>)|\b(?:says?|said)\b", re.IGNORECASE)
"""Where none of these stands, nobody is given words with or without marks."""

_SAID = re.compile(
    r"\b(?:(?<!to )say(?! (?:it|so)\b)|sa(?:ys|id|ying)|tells|told|adds|added|explain(?:s|ed)|warn(?:s|ed)|"
    r"argue[sd]|comment(?:s|ed)|according to|in the words of|writes|wrote|insist(?:s|ed)|believe[sd]|stated|"
    r"remark(?:s|ed)|announce[sd]|note[sd]|urge[sd]|call(?:s|ed) (?:on|for|it)|ask(?:s|ed)|repl(?:y|ies|ied)|"
    r"tweet(?:s|ed)|meddai|dywedodd|dywed|yn ol|yn ôl|eglurodd|ychwanegodd)\b"
)
_NEAR = 90
_LEAST = 3
"""Words of a quotation by which it is one, where nobody of the register is near it."""


@dataclass(frozen=True)
class Quotation:
    """`words` as they stand; `by` are the ids of people of the register to whom it is given, none if nobody's."""

    words: str
    by: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        return digest(self.words)


def digest(words: str) -> str:
    """sha256 (hex) of the exact words; blank space and the stops at both ends make no difference."""
    return hashlib.sha256(_exact(words).encode()).hexdigest()


def quotations(text: str, people: Collection[tuple[str, str]], declared: Quote | None = None) -> list[Quotation]:
    """In their order. `people`: how the text names people of the register (plain words), with their ids."""
    marked = _OPENS.search(text) or _OPENS.search(unhidden(text))
    found = [*(_marked(text, people) if marked else ()), *(_unmarked(text, people) if people else ())]
    if declared is not None and _exact(declared.words).casefold() in _exact(text).casefold():
        mine = Quotation(declared.words, (declared.by,))
        return [mine, *(one for one in found if one.digest != mine.digest)]
    return found


def _marked(text: str, people: Collection[tuple[str, str]]) -> Iterator[Quotation]:
    for paragraph in re.split(r"\n\s*\n", _straight(text)):
        spans = _spans(paragraph)
        bare = _without(paragraph, spans)
        unclosed = bool(spans) and spans[-1][1] == len(paragraph)
        near = plain(paragraph if unclosed else bare)
        by = tuple(dict.fromkeys(who for words, who in people if words in near))
        for first, last in spans:
            words = paragraph[first + 1 : last]
            attributed = _SAID.search(near) if unclosed else _attributed(paragraph, bare, first, last)
            if by or (len(words.split()) >= _LEAST and attributed):
                yield Quotation(" ".join(words.split()), by)


def _unmarked(text: str, people: Collection[tuple[str, str]]) -> Iterator[Quotation]:
    """What somebody of the register is given as a line of a play, over a signature, or in the first person."""
    for line in _straight(text).splitlines():
        bare = HASHTAG.sub(" ", LINK.sub(" ", line)).strip()
        if _spans(bare):
            continue  # it stands between marks
        for words, who in people:
            found = next(filter(None, (one.search(bare) for one in _attributions(words))), None)
            said = found["said"].strip(" ,>") if found else ""
            if len(said.split()) >= _LEAST:
                yield Quotation(" ".join(said.split()), (who,))
                break


@lru_cache(maxsize=256)
def _attributions(name: str) -> tuple[re.Pattern[str], ...]:
    person = r"(?:the )?" + r"\s+".join(map(re.escape, name.split()))
    says = r"(?:says?|said|adds?|added|tells us|told us)"
    forms = (
        rf"(?:^|[.!?]\s+|^>\s*){person}(?:\s+{says})?\s*:\s*(?P<said>\S.+)$",
        rf"^>?\s*(?P<said>.+?)\s*(?:[–—−]|\s--?)\s*{person}\s*\.?$",
        rf"(?:^|[.!?]\s+)(?P<said>(?=[^.!?]*\b(?:I|we|our|my|us)\b)[^.!?]+?),?\s+{says}\s+{person}\b",
    )
    return tuple(re.compile(one, re.IGNORECASE) for one in forms)


def _straight(text: str) -> str:
    return _SINGLE.sub("'", _DOUBLE.sub('"', unhidden(_DOUBLE.sub('"', text))))


def _spans(paragraph: str) -> list[tuple[int, int]]:
    """From mark to mark; a last one that is not closed reaches to the end."""
    marks = [one.start() for one in re.finditer('"', paragraph)]
    marks += [len(paragraph)] if len(marks) % 2 else []
    found = [(first, last) for first, last in zip(marks[::2], marks[1::2], strict=True) if last - first > 2]
    inside = [range(first, last) for first, last in found]
    for one in re.finditer(r"(?<!\w)'((?:[^'\n]|(?<=\w)'(?=\w))+)'(?!\w)", paragraph):
        if not any(one.start() in span for span in inside):
            found.append((one.start(), one.end() - 1))
    return sorted(found)


def _without(paragraph: str, spans: list[tuple[int, int]]) -> str:
    """The text outside the marks, in its place."""
    out = list(paragraph)
    for first, last in spans:
        out[first : last + 1] = " " * len(out[first : last + 1])
    return "".join(out)


def _attributed(paragraph: str, bare: str, first: int, last: int) -> bool:
    before, after = bare[max(0, first - _NEAR) : first], bare[last + 1 : last + 1 + _NEAR]
    if _SAID.search(plain(before)) or _SAID.search(plain(after)):
        return True
    named_before = re.search(r"\w\s*:\s*$", paragraph[:first])
    signed_after = re.match(r"\s*(?:[–—−-]{1,2}|\()\s*[^\W\d_]", paragraph[last + 1 :])
    return bool(named_before or signed_after)


def _exact(words: str) -> str:
    return " ".join(_straight(words).split()).strip(" ,.;:'\"")
