"""Numbers that are no figures at all: dates, times, telephone numbers, ages, addresses, labels and measures.

They are masked: their digits become `#`, their words stay, so that "since ####" can still be read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b"
)
_DAY: Final = r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?s?\b"
_LABEL: Final = (
    r"(?:act|article|box|bus|bulletin|building|car park|chapter|class|clause|committee room|day|door|edition|"
    r"entrance"
    r"|episode|ext\.?|extension|floor|form|formula|gate|grade|group|hall|hub|iso|item|junction|key stage|ks|"
    r"level|lift"
    r"|line|module|no\.?|number|page|pages|paper|para|paragraph|part|plan|platform|plots?|reel|room|route|schedule"
    r"|season|section|series|shelf|size|sizes|slide|stage|stall|step|suite|table|team|term|tier|tip|track|"
    r"unit|version|v\.?"
    r"|vol\.?|volume|ward|week|windows|year|zone)"
)
_AT: Final = r"(?:at|from|until|till|by|before|after|band|doors|opens|starts|tonight at|the|between)"
_AGED: Final = r"(?:aged?|ages|under|over|turn(?:s|ed|ing)?|at)"
_FIRST: Final = r"\d(?<!\w\d)"
"""The digit that a number opens with: as `\\b\\d`, but found several times as fast."""

_WORD: Final = r"\b(?=[a-z])"
"""Where a word begins, and not where one ends."""

_PATTERNS: Final = (
    # addresses of the telephone kind, also in groups
    r"[+0](?:(?<=\+)\d[\d -]{7,}\d|(?<=0)(?<!\w0)(?:\d{2,4}[ -]?\d{3}[ -]?\d{3,4}|\d{9,10})\b)",
    (
        r"\b(?:999|111|101|112|116 ?123)\b(?![.,]\d)(?! ?(?:%|per ?cent|-?fold|times|quid|gbp|"
        r"[a-z]*(?:child|famil|case|people|council|pound|pupil|enquir|referral|placement|bn|million)))"
    ),
    (
        r"\b(?:call|ring|text|phone|dial|rang|tel:?|telephone)(?: us)?(?: on| to)? \d[\d -]{3,}\d|"
        r"\b(?:text \w+ to) \d{5}\b"
    ),
    # times
    rf"{_FIRST}\d?(?:[.:]\d\d)?(?:(?: ?- ?| to )\d{{1,2}}(?:[.:]\d\d)?)? ?(?:[ap]\.?m\b\.?|noon|o'clock)",
    (
        rf"{_FIRST}(?:(?:(?<=[01])\d|(?<=2)[0-3])?:[0-5]\d(?::\d\d)?\b|(?<=2)4/7\b|"
        r"\d*[ -]?(?:hours?|hrs?)\b(?! on average))"
    ),
    (
        rf"{_WORD}{_AT}"
        r" (?:[01]?\d|2[0-3])\.[0-5]\d\b(?! ?(?:%|per|pc|bn|m\b|million|billion))"
    ),
    rf"{_FIRST}(?:(?<=1)\d)? (?:to|-|till|until) (?:1?\d)\b(?=[.,;!]|$)",
    # dates and years
    rf"{_FIRST}(?:\d?[/.]\d{{1,2}}[/.](?:\d{{4}}|\d\d)|(?:(?<=1)9|(?<=2)0)\d\d-\d\d-\d\d)\b",
    rf"{_FIRST}\d?(?:st|nd|rd|th)?(?: ?(?:-|to|and|or) ?\d{{1,2}}(?:st|nd|rd|th)?)? (?:of )?{_MONTH}(?: \d{{4}})?",
    (
        rf"{_WORD}(?:{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?![\d,%])(?! ?(?:per|pc|children|families))"
        rf"|{_DAY} \d{{1,2}}\b(?! ?%))"
    ),
    rf"{_FIRST}\d*(?:,\d{{3}})*(?:st|nd|rd|th)s?\b",
    (
        r"[12](?<!\w[12])(?:(?<=1)[5-9]|(?<=2)[01])\d\d(?:(?:[/-]|-to-)(?:\d{4}|\d\d))?s?\b(?! ?(?:%|per ?-?cent|"
        r"pc|bn|m\b|million|billion|[\d,.]*\d|pounds?|fold))"
        r"(?! (?:\w+ ){0,2}(?:children|famil|people|pupil|referral|enquir|case|carer|parent|placement|bed|home|"
        r"household|young))"
    ),
    # ages
    (
        r"\b\d{1,3}(?:(?: ?- ?(?:and |to )?| to | and | or )\d{1,3})?[ -](?:year|month|week|day)s?[ -]?olds?\b|"
        r"\bkey stage \d"
    ),
    (
        rf"{_WORD}{_AGED}[ -]?\d{{1,2}}(?:s\b|(?: ?(?:-|to|and|or) ?\d{{1,2}})?"
        r"(?=[,.;!?]|$| (?:or|and) (?:over|under|above|older|younger)))"
    ),
    r"\bunder-\d{1,2}s?\b|\bover-\d{1,2}s?\b|\b(?:aged?|ages) \d{1,2}(?: ?(?:-|to|and|or) ?\d{1,2})?",
    # labels: the number is a name
    (
        rf"{_WORD}(?<!every )(?<!each )(?<!a )(?<!per )(?<!one ){_LABEL} \d+[a-z]?(?:(?:, \d+)*(?: ?(?:-|to|and|"
        rf"or) ?\d+[a-z]?))?\b(?! ?(?:%|per ?-?cent|bn|million|billion))(?![,.]\d{{3}})"
    ),
    r"\b\d+ (?=[a-z]+ (?:street|road|lane|avenue|close|way|square|terrace|hill|row|place|drive)\b)",
    r"\bgrid reference\b[\w ]*\d",
    # scores and sums
    (
        r"\b\d{1,2} ?- ?\d{1,2}\b(?= (?:in|at|win|victory|defeat|draw|and|to|against|over)\b|[.,!]|$)|"
        r"(?:\b\d-){2,}\d\b|\b\d+ x \d+\b"
    ),
    r"\b(?:won|lost|drew|beat \w+|down|winning|losing) \d{1,2} ?- ?\d{1,2}\b",
    # measures
    (
        rf"{_FIRST}\d*(?:\.\d+)? ?(?:-? ?metres?|meters?|km|kilomet\w+|cm|mm|mph|kph|kg|grams?|litres?|ml|"
        r"degrees?|°c?|dpi|[gmk]b|"
        r"megabytes?|pixels?|px|inch(?:es)?|ft|feet)\b"
    ),
    r"\b\d+(?:\.\d+)?(?: or \d+)? miles?\b|\bhighest \d+\b",
)
_TOLD_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "999": ("999", "111", "101", "112", "116"),
    "call|": ("call", "ring", "text", "phone", "dial", "rang", "tel"),
    "noon": ("am", "a.m", "pm", "p.m", "noon", "o'clock"),
    "till|until) (": (" to ", " - ", " till ", " until "),
    "4/7": (":", "24/7", "hour", "hr"),
    r"(?:\d?[/.]": ("/", ".", "-"),
    "sept?": (
        "jan",
        "feb",
        "mar",
        "apr",
        "may",
        "jun",
        "jul",
        "aug",
        "sep",
        "oct",
        "nov",
        "dec",
        "day",
        "mon",
        "tue",
        "wed",
        "thu",
        "fri",
        "sat",
        "sun",
    ),
    "olds?": ("old", "key stage"),
    "under-": ("under-", "over-", "age"),
    "street|": (
        "street",
        "road",
        "lane",
        "avenue",
        "close",
        "way",
        "square",
        "terrace",
        "hill",
        "row",
        "place",
        "drive",
    ),
    "grid": ("grid",),
    r"\d+ x ": ("-", " x "),
    "drew|": ("won", "lost", "drew", "beat", "down", "winning", "losing"),
    "miles?": ("mile", "highest"),
}
"""By a part of a pattern: where none of these stands in a text, the pattern finds nothing there."""


def _spelt(word: str) -> tuple[str, ...]:
    """`vol\\.?` is vol or vol., `plots?` is plot or plots."""
    if word.endswith(r"\.?"):
        return word[:-3], f"{word[:-3]}."
    return (word[:-2], word[:-1]) if word.endswith("?") else (word,)


_LABEL_ENDS: Final = tuple(each for one in _LABEL[3:-1].split("|") for each in _spelt(one.split()[-1]))
_TIME_ENDS: Final = tuple(one.split()[-1] for one in _AT[3:-1].split("|"))
_AGE_ENDS: Final = ("age", "aged", "ages", "under", "over", "turn", "turns", "turned", "turning", "at")
_AHEAD_OF_IT: Final[Mapping[str, tuple[str, ...]]] = {_LABEL: _LABEL_ENDS, _AT: _TIME_ENDS, _AGED: _AGE_ENDS}
"""By a part of a pattern: what it finds is a number right behind one of these, or behind it and a space."""

_BEFORE: Final = re.compile(r"[a-z.]+(?=[ -]?\d)")


def _mask(pattern: str) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    told = next((told for part, told in _TOLD_BY.items() if part in pattern), ())
    return re.compile(pattern), told, next((one for part, one in _AHEAD_OF_IT.items() if part in pattern), ())


_MASKS: Final = tuple(_mask(one) for one in _PATTERNS)
_INSIDE: Final = re.compile(r"(?:\d[.,]?|[£$€] ?|gbp )$")
_DIGIT: Final = re.compile(r"\d")


def masked(low: str) -> str:
    """The text, in small letters, with the digits of such numbers as `#`. As long as it was."""
    if not _DIGIT.search(low):
        return low
    before = _BEFORE.findall(low)
    for one, told, ends in _MASKS:  # one after the other: all in one takes far longer
        for sign in told:  # a loop: over ten thousand texts `any` would take longer than the patterns
            if sign in low:
                break
        else:
            if told or (ends and not _behind(before, ends)):
                continue
        low = one.sub(_hidden, low)
    return low


def _behind(before: list[str], ends: tuple[str, ...]) -> bool:
    return any(word.endswith(ends) for word in before)


def _hidden(match: re.Match[str]) -> str:
    """What begins inside a longer number or a sum of money is a part of that, and stays."""
    start = match.start()
    if match[0][0].isdigit() and _INSIDE.search(match.string, max(0, start - 4), start):
        return match[0]
    return _DIGIT.sub("#", match[0])
