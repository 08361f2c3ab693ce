"""Figures in Welsh, for both versions of a post are checked, in the words that the recogniser reads."""

from __future__ import annotations

import re
from functools import partial
from typing import Final

_NUMBERS: Final = {
    **{"un": "one", "dau": "two", "dwy": "two", "ddau": "two", "ddwy": "two", "tri": "three", "tair": "three"},
    **{"pedwar": "four", "pedair": "four", "pump": "five", "pum": "five", "chwech": "six", "chwe": "six"},
    **{"saith": "seven", "wyth": "eight", "naw": "nine", "deg": "ten", "ugain": "twenty", "hanner": "half"},
    **{"cant": "a hundred", "mil": "a thousand"},
}
_NUMBER: Final = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_SCALES: Final = {"biliwn": "billion", "miliwn": "million", "filiwn": "million", "mil": "thousand"}
_SCALE: Final = "|".join(_SCALES)
_HINT: Final = re.compile(
    r"\b(?:cant|bob|mhob|gwaith|mil|draean|traean|chwarter|hanner|d?dybl|d?trebl)|[bmf]iliwn|\bdreblu"
)

_STEPS: Final = (
    (re.compile(r"(?<=\d)(?: ?o)? ?(biliwn|miliwn|filiwn|mil)(?: o bunnoedd| o bunnau)?\b"), "scale"),
    (re.compile(rf"\b({_NUMBER}) ({_SCALE})(?: o bunnoedd| o bunnau)?\b"), "words"),
    (re.compile(rf"(?:\b({_NUMBER})|(?<=\d)) ?(?:y|%|yn y) ?cant\b"), "per cent"),
    (re.compile(rf"\b({_NUMBER}|\d+) (?:o|allan o|mewn|ym) (?:m?hob |bob )({_NUMBER}|\d+)\b"), "in"),
    (re.compile(rf"\b({_NUMBER}|\d+) gwaith(?= (?:yn|cymaint|mwy|y))"), "times"),
    (re.compile(r"\b(?:mae |wedi |bron )?(dybl(?:u|odd|wyd)|ddyblu)\b"), " doubled "),
    (re.compile(r"\b(trebl(?:u|odd|wyd)|dreblu)\b"), " trebled "),
    (re.compile(r"\bdau draean o\b"), "two thirds of the children "),
    (re.compile(r"\btraean o\b"), "a third of the children "),
    (re.compile(r"\btri chwarter o\b"), "three quarters of the children "),
    (re.compile(r"\bchwarter o\b"), "a quarter of the children "),
    (re.compile(r"\bhanner (?:y|yr|o)\b"), "half of the children "),
)
"""A share is said to be one of children, so that it counts as a statistic: what follows it is Welsh."""


def in_english(text: str) -> str:
    """The text with its Welsh figures in English; the same text where there are none."""
    low = text.lower()
    if not _HINT.search(low) or len(low) != len(text):
        return text
    for pattern, kind in _STEPS:
        low = pattern.sub(partial(_said, kind), low)
    return " ".join(low.split()) if low != text.lower() else text


def _said(kind: str, match: re.Match[str]) -> str:
    one = _number(match[1]) if match.lastindex else ""
    if kind == "scale":
        return f" {_scale(match[1])}{' pounds' if 'bunn' in match[0] else ''}"
    if kind == "words":
        return f"{one} {_scale(match[2])}{' pounds' if 'bunn' in match[0] else ''}"
    if kind == "per cent":
        return f"{one} per cent"
    if kind == "in":
        return f"{one} in {_number(match[2])}"
    if kind == "times":
        return f"{one} times more"
    return kind


def _number(word: str | None) -> str:
    return _NUMBERS.get(word or "", word or "")


def _scale(word: str) -> str:
    return _SCALES[word]
