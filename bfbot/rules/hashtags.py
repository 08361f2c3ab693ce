"""Hashtags: each word with a capital, so that a screen reader says words; few, and at the end."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bfbot.domain.campaign import Campaign
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT, HASHTAG, LINK, readings, unhidden, wordings

GUIDANCE = "GOV.UK guidance on accessible social media: hashtags in CamelCase, few of them, at the end"
MOST = 2
ONE_WORD: Final = 14  # letters: a lower-case tag that is longer is hardly ever a single word

_TRADE: Final = (  # words that hashtags of this field are made of
    "adoption|best|better|bright|budget|care|change|child|childhood|children|childrens|community|council|councils"
    "|county|counties|day|early|education|families|family|first|for|foster|fostering|funding|future|futures|getting"
    "|government|health|help|home|homes|join|keep|kids|life|local|love|matter|matters|mental|month|needs|of|our|our"
    "|people|play|right|rights|safe|safer|school|schools|send|services|share|social|special|start|story|support|team"
    "|tell|the|together|voice|week|well|wellbeing|work|worker|workers|world|year|young|your|youth"
)
_JOINED: Final = re.compile(rf"(?:{_TRADE}){{2,}}")
_WORDS: Final = tuple(sorted(_TRADE.split("|"), key=len, reverse=True))


def tags(text: str) -> list[str]:
    """The hashtags of a text, without #; the fragment of an address is none."""
    return HASHTAG.findall(LINK.sub(" ", unhidden(text)))


def known_tags(campaign: Campaign) -> dict[str, str]:
    """The hashtags that a campaign has written down, in their own capitals, by themselves in one case."""
    own = (campaign.hashtag, *campaign.hashtags)
    return {one.lstrip("#").casefold(): one.lstrip("#") for one in own if one}


def joined(tag: str) -> bool:
    """Whether a hashtag without capitals inside is several words: by underscores, length, or words of the trade.

    One capital in front and nothing but capitals are as hard to hear; there the words of the trade decide.
    """
    small = tag.lower()
    if tag == small and (len(tag) > ONE_WORD or "_" in tag):
        return True
    flat = tag[1:] == small[1:] or tag == tag.upper()
    return flat and _JOINED.fullmatch(small) is not None


def in_capitals(tag: str) -> str:
    """A hashtag of several words with a capital on each; "" where its words cannot be told apart."""
    tag = tag.lower()
    pieces = tag.split("_") if "_" in tag.strip("_") else _apart(tag)
    return "".join(one[:1].upper() + one[1:] for one in pieces) if len(pieces) > 1 else ""


def _apart(tag: str) -> tuple[str, ...]:
    """The words of the trade that a tag is made of, as few as can be; none where something else is in it."""
    best: list[tuple[str, ...] | None] = [(), *[None] * len(tag)]
    for start in range(len(tag)):
        before = best[start]
        for word in _WORDS if before is not None else ():
            end = start + len(word)
            if tag.startswith(word, start) and before is not None:
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = (*before, word)
    return best[-1] or ()


def body(text: str) -> str:
    """The text in front of the hashtags and links that close it."""
    words = unhidden(text).split()
    while words and closing(words[-1]):
        words.pop()
    return " ".join(words)


def closing(word: str) -> bool:
    """Whether a word is one that may stand behind the text: a hashtag, a link, a mark."""
    word = word.lstrip("([“\"'")
    return word.startswith("#") or LINK.match(word) is not None or not any(one.isalnum() for one in word)


def _campaign_case(case: Case) -> Iterator[Finding]:
    """The Proof carries it mended, so this reads what the author wrote."""
    right = case.campaign.hashtag.lstrip("#")
    for account, text in wordings(case):
        for tag in dict.fromkeys(tags(text)):
            if tag != right and tag.casefold() == right.casefold():
                yield Finding(
                    CAMPAIGN.id,
                    Level.WARN,
                    f"“#{tag}” goes out as “#{right}”.",
                    "Nothing to do: the capitals are put in for you.",
                    account=account,
                )


def _capitals(case: Case) -> Iterator[Finding]:
    right = case.campaign.hashtag.lstrip("#").casefold()
    known = known_tags(case.campaign)
    for account, text in readings(case):
        for tag in dict.fromkeys(tags(text)):
            if joined(tag) and tag.casefold() != right:
                better = known.get(tag.casefold()) or in_capitals(tag)
                yield Finding(
                    CAPITALS.id,
                    Level.WARN,
                    f"“#{tag}” looks like several words in lower case.",
                    f"Write #{better}, so that it can be read aloud."
                    if better
                    else "Start each word of it with a capital, so that it can be read aloud.",
                    account=account,
                )


def _many(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        found = list(dict.fromkeys(tag.casefold() for tag in tags(text)))
        if len(found) > MOST:
            yield Finding(
                FEW.id,
                Level.WARN,
                f"There are {len(found)} hashtags: {', '.join('#' + tag for tag in dict.fromkeys(tags(text)))}.",
                f"Keep {MOST} at most, the campaign's own among them.",
                account=account,
            )


def _inside(case: Case) -> Iterator[Finding]:
    texts = [(one, part.text) for one, proof in case.proofs.items() for part in proof.parts] or list(
        readings(case)
    )
    for account, text in texts:
        for tag in dict.fromkeys(tags(body(text))):
            yield Finding(
                LAST.id,
                Level.WARN,
                f"“#{tag}” stands inside the text.",
                "Move it to the end, where it does not interrupt the reading.",
                account=account,
            )


CAMPAIGN = Rule(
    "hashtag-campaign",
    "The campaign's hashtag in its own capitals",
    GUIDANCE,
    "Write the campaign's hashtag as the campaign does; it is mended where you do not.",
    CONTENT,
    _campaign_case,
)
CAPITALS = Rule(
    "hashtag-capitals",
    "Hashtags in CamelCase",
    GUIDANCE,
    "Start each word of a hashtag with a capital.",
    CONTENT,
    _capitals,
)
FEW = Rule(
    "hashtag-count",
    "Two hashtags at most",
    GUIDANCE,
    "Keep the hashtags that people search for and drop the rest.",
    CONTENT,
    _many,
)
LAST = Rule(
    "hashtag-place",
    "Hashtags at the end",
    GUIDANCE,
    "Put hashtags behind the text.",
    CONTENT,
    _inside,
)
