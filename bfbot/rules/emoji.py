"""Emoji are read out in words: few of them, none twice, behind the sentence and never in place of a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, HASHTAG, LINK, readings

GUIDANCE = "GOV.UK guidance on accessible social media: emoji sparingly, and behind the words"
MOST = 3

_ONE: Final = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    "|[\u00a9\u00ae\u2122\u203c\u2049\u2139\u2190-\u21ff\u25aa-\u25fe\u2b05-\u2b55]\ufe0f"
    "|[\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*)"
)
_EMOJI: Final = re.compile(rf"{_ONE}(?:\u200d{_ONE})*")
_COLOURS: Final = re.compile("[\ufe0f\U0001f3fb-\U0001f3ff]")
_MAYBE: Final = re.compile("[^\x00-\xa8\u2010-\u201f\u00c0-\u017f]")
_ENDED: Final = re.compile(r"[.!?…:;)\]”\"’](?:\s*)$")


def emoji(text: str) -> list[str]:
    """Every emoji as one entry, a family or a flag counted once."""
    return _EMOJI.findall(text)


def same(one: str) -> str:
    """An emoji without its colours: a thumb of another skin is a thumb again."""
    return _COLOURS.sub("", one)


def spans(text: str) -> list[tuple[int, int]]:
    """Where each of them stands."""
    return [match.span() for match in _EMOJI.finditer(text)]


def misplaced(text: str) -> Iterator[tuple[str, str]]:
    """(emoji, "front" of a line or "middle" of a sentence) for each that words of the same line follow."""
    for line in text.splitlines():
        bare = HASHTAG.sub(" ", LINK.sub(" ", line))
        found = spans(bare)
        for number, (start, end) in enumerate(found):
            until = found[number + 1][0] if number + 1 < len(found) else len(bare)
            before, behind = _EMOJI.sub("", bare[:start]).strip(), bare[end:until].strip()
            if not any(one.isalnum() for one in behind):
                continue
            if not any(one.isalnum() for one in before):
                yield bare[start:end], "front"
            elif not _ENDED.search(before):
                yield bare[start:end], "middle"


def _many(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        if not _MAYBE.search(text) and "\u20e3" not in text:
            continue
        found = emoji(text)
        times = Counter(same(one) for one in found)
        twice = [one for one in found if times[same(one)] > 1]
        if len(found) > MOST:
            problem = f"There are {len(found)} emoji: {' '.join(found[:8])}."
        elif twice:
            problem = f"The emoji {twice[0]} comes {times[same(twice[0])]} times."
        else:
            continue
        yield Finding(
            FEW.id,
            Level.WARN,
            problem,
            f"Keep {MOST} at most, each once: a screen reader says every one of them in words.",
            account=account,
        )


def _place(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        if not _MAYBE.search(text) and "\u20e3" not in text:
            continue
        for one, where in dict.fromkeys(misplaced(text)):
            if where == "front":
                problem = f"The emoji {one} stands in front of a line, like a bullet."
            else:
                problem = f"The emoji {one} stands in the middle of a sentence, perhaps in place of a word."
            yield Finding(
                PLACE.id,
                Level.WARN,
                problem,
                "Put it behind the sentence, and write the word out where it stands for one.",
                account=account,
            )


FEW = Rule(
    "emoji",
    "Few emoji",
    GUIDANCE,
    "Use three emoji at most, and none twice.",
    CONTENT,
    _many,
)
PLACE = Rule(
    "emoji-place",
    "Emoji behind the sentence",
    GUIDANCE,
    "Put emoji at the end of a sentence: not as bullets, not between its words and not for a word.",
    CONTENT,
    _place,
)
