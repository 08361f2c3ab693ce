"""Easy to read, easy to hear: short sentences, few emoji."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, HASHTAG, LINK, readings

GUIDANCE = "GOV.UK content guidance: sentences of 25 words at most, emoji sparingly"
WORDS = 25
EMOJI = 3

_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
_ONE_EMOJI = (
    "(?:[\U0001f1e6-\U0001f1ff]{2}|[0-9#*]\ufe0f?\u20e3"
    "|[\u00a9\u00ae\u2122\u203c\u2049\u2139\u2190-\u21ff\u25aa-\u25fe\u2b05-\u2b55]\ufe0f"
    "|[\u231a\u231b\u23e9-\u23fa\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001f1e5\U0001f200-\U0001faff]"
    "[\ufe0f\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]*)"
)
_EMOJI: Final = re.compile(rf"{_ONE_EMOJI}(?:\u200d{_ONE_EMOJI})*")


def sentences(text: str) -> list[str]:
    """The sentences of a text, links, hashtags and a note of sources in brackets left out."""
    bare = HASHTAG.sub(" ", LINK.sub(" ", text))
    bare = re.sub(r"\((?:Source: )?[^()]*\)\s*$", "", bare.strip())
    return [one.strip() for one in _SENTENCE.split(bare) if one and one.strip()]


def emoji(text: str) -> list[str]:
    """Every emoji as one entry, a family or a flag counted once."""
    return _EMOJI.findall(text)


def _long(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        for one in sentences(text):
            words = [word for word in one.split() if any(letter.isalnum() for letter in word)]
            if len(words) > WORDS:
                yield Finding(
                    SHORT.id,
                    Level.WARN,
                    f"The sentence “{' '.join(words[:6])} …” has {len(words)} words.",
                    f"Split it: {WORDS} words are easy to follow.",
                    account=account,
                )


def _emoji(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        found = emoji(text)
        twice = [one for one, times in Counter(found).items() if times > 1]
        if len(found) > EMOJI:
            problem = f"There are {len(found)} emoji: {' '.join(found[:8])}."
        elif twice:
            problem = f"The emoji {twice[0]} comes {found.count(twice[0])} times."
        else:
            continue
        yield Finding(
            FEW.id,
            Level.WARN,
            problem,
            f"Keep {EMOJI} at most, each once: a screen reader says every one of them in words.",
            account=account,
        )


SHORT = Rule(
    "sentence-length",
    "Short sentences",
    GUIDANCE,
    "Write sentences of 25 words or fewer.",
    CONTENT,
    _long,
)
FEW = Rule(
    "emoji",
    "Few emoji",
    GUIDANCE,
    "Use three emoji at most, and none twice.",
    CONTENT,
    _emoji,
)
