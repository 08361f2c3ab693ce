"""Letters that only look like letters, and characters nobody sees: a screen reader stumbles over both."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.alphabets import borrowed, flag_letters
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, by_account

QUOTED = 60
"""So many letters of what is refused are named: enough to find it."""
GUIDANCE = "GOV.UK guidance on accessible social media: no decorative lettering; write plain letters"

_STYLED: Final = re.compile(
    "[\U0001d400-\U0001d7ff\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u24b6-\u24e9\u249c-\u24b5\u1d00-\u1d2b"
    "\U0001f110-\U0001f12b\U0001f130-\U0001f149\U0001f150-\U0001f169\U0001f170-\U0001f189"
    "\u210a-\u2113\u2115\u2118-\u211d\u2124\u2128\u212c\u212d\u212f-\u2134\u2145-\u2149\u0250-\u02af\u02b0-\u02b8\u1d2c-\u1d6a"
    "\u2070\u2071\u207f\u2090-\u209c\u2160-\u2188\u2460-\u249b\u24ea-\u24ff\u2776-\u2793"
    "\u0246-\u024f\u2c60-\u2c7f]"
    "(?!\ufe0f)"
)
_EMOJI_LETTERS: Final = frozenset("\U0001f170\U0001f171\U0001f17e\U0001f17f")
_EMOJI_WORD: Final = re.compile(
    "[\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e]\ufe0f?(?=[^\\W\\d_]|[\U0001f170\U0001f171\U0001f17e\U0001f17f\U0001f18e])"
)
_MONEY_LETTER: Final = re.compile("[\u20a0-\u20ab\u20ad-\u20bf](?=[^\\W\\d_])")
_APART: Final = re.compile(r"(?<!\w)(?:[^\W\d_][^\S\n]){3,}[^\W\d_](?!\w)")
OVERLAYS: Final = re.compile(
    "[\u0305\u0332-\u0338\u033f\u035c-\u0362\u20d0-\u20e2\u20e4-\u20f0]|(?<=[\u0300-\u036f])[\u0300-\u036f]{2,}"
)
_OVERLAY: Final = re.compile(rf"\w[\u0300-\u036f]?(?:{OVERLAYS.pattern})")
_FILLERS: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")
_SELECTORS: Final = frozenset(chr(one) for one in range(0xFE00, 0xFE10))
_INFORMATION: Final = "\u2139"  # a letter by its category, an emoji by its look
_JOINER, _FLAG = "\u200d", "\U0001f3f4"


def styled(text: str) -> str:
    """The first run of look-alike letters in a text, or ""."""
    marks = [match for match in _STYLED.finditer(text) if match[0] not in _EMOJI_LETTERS]
    if marks:
        return text[marks[0].start() :].split()[0][:30]
    for pattern in (_EMOJI_WORD, _MONEY_LETTER, _OVERLAY):
        found = pattern.search(text)
        if found:
            return text[found.start() :].split()[0][:30]
    return borrowed(text) or flag_letters(text) or _apart(text)


def _apart(text: str) -> str:
    """Four letters or more with blanks between them are read out one by one."""
    found = _APART.search(text)
    return found[0] if found else ""


def is_styled(one: str) -> bool:
    """Whether a character is such a letter, or an emoji that is drawn like one."""
    return _STYLED.match(one) is not None


def is_unseen(text: str, place: int) -> bool:
    """Whether a character that nobody sees stands there, and no part of an emoji."""
    one = text[place]
    kind = unicodedata.category(one)
    if kind == "Cc":
        return one not in "\n\t"
    if one in _SELECTORS:
        return _selects_nothing(text, place)
    return one in _FILLERS or (kind == "Cf" and not _part_of_emoji(text, place))


def _selects_nothing(text: str, place: int) -> bool:
    """Whether what asks for the look of an emoji follows a letter instead of one."""
    before = text[place - 1 : place]
    if before in set("0123456789#*"):
        return text[place + 1 : place + 2] != "\u20e3"
    if before in _EMOJI_LETTERS or before == _INFORMATION:
        return False
    return before.isascii() or before.isalpha() or is_styled(before)


def hidden(text: str) -> tuple[str, str]:
    """(name, the words before it) of the first unseen character; ("", "") when there is none.

    Joiners and tags inside an emoji, and the mark that asks for an emoji's colours, belong there.
    """
    for place, one in enumerate(text):
        if (not one.isprintable() or one in _FILLERS or one in _SELECTORS) and is_unseen(text, place):
            name = "control character" if unicodedata.category(one) == "Cc" else unicodedata.name(one, "")
            return (name or f"U+{ord(one):04X}").lower(), " ".join(text[:place].split()[-3:])
    return "", ""


def _part_of_emoji(text: str, place: int) -> bool:
    one = text[place]
    if one == _JOINER:
        around = text[max(place - 2, 0) : place] + text[place + 1 : place + 2]
        return any(unicodedata.category(near) in {"So", "Sk"} for near in around)
    return "\U000e0020" <= one <= "\U000e007f" and _FLAG in text[max(place - 8, 0) : place]


def _texts(case: Case) -> Iterator[tuple[str, str]]:
    """Text and alt texts as they would go out, exactly; what was written stands in where there is no Proof."""
    written = case.wordings
    yield from by_account(
        {
            one: "\n".join(
                [case.proofs[one].text, *(media.alt for part in case.proofs[one].parts for media in part.media)]
            )
            if one in case.proofs
            else "\n".join([written[one], *(media.alt for media in case.post.wording.media)])
            for one in written
        }
    )


def _look_alikes(case: Case) -> Iterator[Finding]:
    for account, text in _texts(case):
        found = styled(text)
        if found:
            apart = _APART.fullmatch(found) is not None
            quoted = found if len(found) <= QUOTED else f"{found[:QUOTED].rstrip()}…"
            yield Finding(
                LETTERS.id,
                Level.REFUSE,
                f"“{quoted}” is written letter by letter."
                if apart
                else f"“{quoted}” is written in look-alike characters, not in letters.",
                "Type it again in plain letters and figures: others are read out wrongly or not at all.",
                account=account,
            )


def _unseen(case: Case) -> Iterator[Finding]:
    for account, text in _texts(case):
        name, before = hidden(text)
        if name:
            where = f"behind “{before}”" if before else "at the start"
            yield Finding(
                UNSEEN.id,
                Level.REFUSE,
                f"There is a character that nobody sees ({name}) {where}.",
                "Delete the words around it and type them again; it often comes with pasted text.",
                account=account,
            )


LETTERS = Rule(
    "plain-letters",
    "Plain letters",
    GUIDANCE,
    "Use ordinary letters, without bold, script or circled look-alikes.",
    CONTENT,
    _look_alikes,
)
UNSEEN = Rule(
    "unseen-characters",
    "No unseen characters",
    GUIDANCE,
    "Leave no hidden characters in texts and alt texts.",
    CONTENT,
    _unseen,
)
