"""Text from a feed made plain: no tags, nothing invisible, nothing that turns the reading direction.

Everything from a feed is text until it was here; after it, it is plain text that pages still escape.
"""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import nh3

TITLE_LENGTH = 500
SUMMARY_LENGTH = 2000
LINK_LENGTH = 2000
MARKS_IN_A_ROW = 4  # Vietnamese, Hebrew and Thai need up to three

HIDDEN_REMOVED = "hidden or control characters were removed"
MARKS_REMOVED = "a pile of combining marks was removed"
TITLE_CUT = f"the title was cut at {TITLE_LENGTH} characters"
LINK_REFUSED = "a link that is not http or https was removed"

_BLOCK = re.compile(r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|th|table|blockquote|section|article)\b)", re.I)
_TAG = re.compile(r"<[a-zA-Z/!?]")
_FLAG = re.compile("\U0001f3f4(?:\U000e0067\U000e0062)(?:[\U000e0061-\U000e007a]{3})\U000e007f")
_SPACES = re.compile(r"\s+")
_JOINER = "\u200d"
_ZEROES = {"Cc", "Cf", "Cs", "Co", "Cn"}


@dataclass(frozen=True)
class Cleaned:
    """Plain text in one line, and what had to be done to it (fit for a person)."""

    text: str
    warnings: tuple[str, ...] = ()


def plain(raw: str, length: int) -> Cleaned:
    """Tags and invisible characters out, white space to single spaces, at most `length` characters."""
    raw = raw[: length * 40]  # enough for any mark-up around the text that is kept
    text = raw
    for _ in range(4):
        text = _without_tags(text)
        if not _TAG.search(text):
            break
    else:
        text = text.replace("<", "")
    visible, warnings = _visible(unicodedata.normalize("NFC", text))
    return Cleaned(_shortened(_SPACES.sub(" ", visible).strip(), length), warnings)


def title(raw: str) -> Cleaned:
    """A title: as `plain`, and flagged when it had to be cut."""
    whole = plain(raw, TITLE_LENGTH + 1)
    if len(whole.text) <= TITLE_LENGTH:
        return whole
    return Cleaned(_shortened(whole.text, TITLE_LENGTH), (*whole.warnings, TITLE_CUT))


def link(raw: str, base: str = "") -> Cleaned:
    """An absolute http or https address without user part, or "" with a warning; relative ones join `base`."""
    text = "".join(one for one in raw.strip() if unicodedata.category(one) not in _ZEROES)
    if not text:
        return Cleaned("")
    try:
        parts = urlsplit(urljoin(base, text) if base.startswith(("http://", "https://")) else text)
        good = parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port  # raises when it is no number
    except ValueError:
        good = False
    if not good or len(text) > LINK_LENGTH:
        return Cleaned("", (LINK_REFUSED,))
    kept = "/%:@!$&'()*+,;=~-._?"
    return Cleaned(
        urlunsplit(
            (
                parts.scheme,
                parts.netloc,
                quote(parts.path, safe=kept),
                quote(parts.query, safe=kept),
                quote(parts.fragment, safe=kept),
            )
        )
    )


def _without_tags(text: str) -> str:
    """Mark-up to text, once; script and style lose what they hold."""
    if "<" not in text and "&" not in text:
        return text
    return html.unescape(nh3.clean(_BLOCK.sub(" <", text), tags=set()))


def _visible(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without what a reader cannot see; the flags of England, Scotland and Wales keep their tags."""
    flags = [match.span() for match in _FLAG.finditer(text)]
    kept: list[str] = []
    hidden = piled = False
    marks = 0
    for index, one in enumerate(text):
        category = unicodedata.category(one)
        marks = marks + 1 if category in {"Mn", "Me"} else 0
        if one in "\t\n\r\f\v\x85":
            kept.append(" ")
        elif marks > MARKS_IN_A_ROW:
            piled = True
        elif _is_hidden(one, category) and not (
            any(start <= index < end for start, end in flags) or (one == _JOINER and _joins_pictures(text, index))
        ):
            hidden = True
        else:
            kept.append(one)
    warnings = ((HIDDEN_REMOVED,) if hidden else ()) + ((MARKS_REMOVED,) if piled else ())
    return "".join(kept), warnings


def _is_hidden(one: str, category: str) -> bool:
    """Controls, bidirectional and zero-width characters, tags, odd variation selectors, blank fillers."""
    return (
        category in _ZEROES
        or "\ufe00" <= one <= "\ufe0d"
        or "\U000e0100" <= one <= "\U000e01ef"
        or one in "\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\uffa0\u2028\u2029"
    )


def _joins_pictures(text: str, index: int) -> bool:
    """Whether a zero-width joiner holds an emoji together, such as a family."""
    before = text[index - 1] if index else ""
    after = text[index + 1] if index + 1 < len(text) else ""
    return bool(
        before
        and after
        and (before == "\ufe0f" or unicodedata.category(before) in {"So", "Sk"})
        and unicodedata.category(after) == "So"
    )


def _shortened(text: str, length: int) -> str:
    """Cut, and never in the middle of a pile of marks or a joined emoji."""
    if len(text) <= length:
        return text
    while length and (unicodedata.combining(text[length]) or text[length] in "\u200d\ufe0f"):
        length -= 1
    return text[:length].rstrip().rstrip(_JOINER)
