"""Easy to read, easy to hear: short sentences, words that most people know."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from math import floor
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, HASHTAG, LINK, language_of, readings

GUIDANCE = "GOV.UK content guidance: sentences of 25 words at most"
AGE_GUIDANCE = "GOV.UK content guidance: plain English, measured by the Automated Readability Index"
WORDS = 25
ENOUGH: Final = 10  # words: a shorter text has no measure that means anything

_SENTENCE: Final = re.compile(r"(?<=[.!?…])[\"”’)]*\s+|\n+")
_NOTE: Final = re.compile(r"\((?:Source: )?[^()]*\)\s*$")


def sentences(text: str) -> list[str]:
    """The sentences of a text, links, hashtags and a note of sources in brackets left out."""
    bare = HASHTAG.sub(" ", LINK.sub(" ", text))
    bare = _NOTE.sub("", bare.strip())
    return [one.strip() for one in _SENTENCE.split(bare) if one and one.strip()]


def reading_age(text: str) -> int | None:
    """The age in years at which most people read such a text with ease; None for one of a few words.

    The Automated Readability Index gives a school grade, 4.71 x letters a word + 0.5 x words a sentence - 21.43;
    pupils of a grade are five years older than its number. Letters and digits count, links and hashtags do not.
    """
    said = [words for words in words_of(text) if words]
    count = sum(len(words) for words in said)
    if count < ENOUGH:
        return None
    letters = sum(len(one) if one.isalnum() else sum(map(str.isalnum, one)) for words in said for one in words)
    return max(5, floor(4.71 * letters / count + 0.5 * count / len(said) - 21.43 + 5))


@lru_cache(maxsize=256)  # two rules read the same text
def words_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The words of each of its `sentences`; what has no letter and no digit is none."""
    return tuple(
        tuple(word for word in one.split() if word.isalnum() or any(map(str.isalnum, word)))
        for one in sentences(text)
    )


def _long(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        for words in words_of(text):
            if len(words) > WORDS:
                yield Finding(
                    SHORT.id,
                    Level.WARN,
                    f"The sentence “{' '.join(words[:6])} …” has {len(words)} words.",
                    f"Split it: {WORDS} words are easy to follow.",
                    account=account,
                )


def _hard(case: Case) -> Iterator[Finding]:
    """The measure is made for English; texts in other languages are left alone."""
    if language_of(case) != "en":
        return
    for account, text in readings(case):
        age = reading_age(text)
        if age is not None and age > case.campaign.reading_age:
            yield Finding(
                AGE.id,
                Level.WARN,
                f"The text reads at about age {age}; the campaign aims at {case.campaign.reading_age} or younger.",
                "Use shorter sentences and shorter, everyday words.",
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
AGE = Rule(
    "reading-age",
    "Words that most people read with ease",
    AGE_GUIDANCE,
    "Keep to the reading age that the campaign has set (14 where it has set none).",
    CONTENT,
    _hard,
)
