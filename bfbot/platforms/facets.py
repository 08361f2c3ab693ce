"""Links, tags and mentions inside a text, found once for every network. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bfbot.domain.proof import Facet

LINK = re.compile(r"(?<![\w@])https?://[^\s<>\"“”]+", re.IGNORECASE)
TAG = re.compile(r"(?<![\w#&/])#(\w*[^\W\d_]\w*)")
MENTION = re.compile(r"(?<![\w@/.])@(\w+(?:[.-]\w+)*)(@[\w-]+(?:\.[\w-]+)+)?")

_CLOSING = {")": "(", "]": "[", "}": "{"}
_SENTENCE_ENDS = ".,;:!?…'’"


def link_spans(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each link in characters, without the punctuation of the sentence around it."""
    for match in LINK.finditer(text):
        link = match.group()
        while link and (link[-1] in _SENTENCE_ENDS or _closes_nothing(link)):
            link = link[:-1]
        if len(link) > len("https://"):
            yield match.start(), match.start() + len(link)


def _closes_nothing(link: str) -> bool:
    """Whether the link ends with a bracket that was opened before the link began."""
    opening = _CLOSING.get(link[-1])
    return opening is not None and link.count(link[-1]) > link.count(opening)


def facets(text: str) -> tuple[Facet, ...]:
    """Every link, tag and mention in the text's order, by UTF-8 byte offsets; none overlaps another.

    The value of a tag is without `#`, of a mention without the first `@`.
    """
    links = list(link_spans(text))
    found = [(start, end, "link", text[start:end]) for start, end in links]
    for kind, pattern in (("tag", TAG), ("mention", MENTION)):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in links):
                found.append((match.start(), match.end(), kind, match.group()[1:]))
    return tuple(
        Facet(start=_bytes_before(text, start), end=_bytes_before(text, end), kind=kind, value=value)
        for start, end, kind, value in sorted(found)
    )


def _bytes_before(text: str, index: int) -> int:
    return len(text[:index].encode("utf-8", "surrogatepass"))
