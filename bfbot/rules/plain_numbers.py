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
_PATTERNS: Final = (
    # addresses of the telephone kind, also in groups
    r"\+\d[\d -]{7,}\d|\b0\d{2,4}[ -]?\d{3}[ -]?\d{3,4}\b|\b0\d{9,10}\b",
    (
        r"\b(?:999|111|101|112|116 ?123)\b(?![.,]\d)(?! ?(?:%|per ?cent|-?fold|times|quid|gbp|"
        r"[a-z]*(?:child|famil|case|people|council|pound|pupil|enquir|referral|placement|bn|million)))"
    ),
    (
        r"\b(?:call|ring|text|phone|dial|rang|tel:?|telephone)(?: us)?(?: on| to)? \d[\d -]{3,}\d|"
        r"\b(?:text \w+ to) \d{5}\b"
    ),
    # times
    r"\b\d{1,2}(?:[.:]\d\d)?(?:(?: ?- ?| to )\d{1,2}(?:[.:]\d\d)?)? ?(?:[ap]\.?m\b\.?|noon|o'clock)",
    r"\b(?:[01]?\d|2[0-3]):[0-5]\d(?::\d\d)?\b|\b24/7\b|\b\d+[ -]?(?:hours?|hrs?)\b(?! on average)",
    (
        r"\b(?:at|from|until|till|by|before|after|band|doors|opens|starts|tonight at|the|between)"
        r" (?:[01]?\d|2[0-3])\.[0-5]\d\b(?! ?(?:%|per|pc|bn|m\b|million|billion))"
    ),
    r"\b(?:1?\d) (?:to|-|till|until) (?:1?\d)\b(?=[.,;!]|$)",
    # dates and years
    r"\b\d{1,2}[/.]\d{1,2}[/.](?:\d{4}|\d\d)\b|\b(?:19|20)\d\d-\d\d-\d\d\b",
    rf"\b\d{{1,2}}(?:st|nd|rd|th)?(?: ?(?:-|to|and|or) ?\d{{1,2}}(?:st|nd|rd|th)?)? (?:of )?{_MONTH}(?: \d{{4}})?",
    (
        rf"\b{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? \d{{4}})?(?![\d,%])(?! ?(?:per|pc|children|families))|"
        rf"\b{_DAY} \d{{1,2}}\b(?! ?%)"
    ),
    r"\b\d+(?:,\d{3})*(?:st|nd|rd|th)s?\b",
    (
        r"\b(?:1[5-9]|20|21)\d\d(?:(?:[/-]|-to-)(?:\d{4}|\d\d))?s?\b(?! ?(?:%|per ?-?cent|pc|bn|m\b|million|"
        r"billion|[\d,.]*\d|pounds?|fold))"
        r"(?! (?:\w+ ){0,2}(?:children|famil|people|pupil|referral|enquir|case|carer|parent|placement|bed|home|"
        r"household|young))"
    ),
    # ages
    (
        r"\b\d{1,3}(?:(?: ?- ?(?:and |to )?| to | and | or )\d{1,3})?[ -](?:year|month|week|day)s?[ -]?olds?\b|"
        r"\bkey stage \d"
    ),
    (
        r"\b(?:aged?|ages|under|over|turn(?:s|ed|ing)?|at)[ -]?\d{1,2}(?:s\b|(?: ?(?:-|to|and|or) ?\d{1,2})?"
        r"(?=[,.;!?]|$| (?:or|and) (?:over|under|above|older|younger)))"
    ),
    r"\bunder-\d{1,2}s?\b|\bover-\d{1,2}s?\b|\b(?:aged?|ages) \d{1,2}(?: ?(?:-|to|and|or) ?\d{1,2})?",
    # labels: the number is a name
    (
        rf"\b(?<!every )(?<!each )(?<!a )(?<!per )(?<!one ){_LABEL} \d+[a-z]?(?:(?:, \d+)*(?: ?(?:-|to|and|"
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
        r"\b\d+(?:\.\d+)? ?(?:-? ?metres?|meters?|km|kilomet\w+|cm|mm|mph|kph|kg|grams?|litres?|ml|degrees?|°c?|"
        r"dpi|[gmk]b|"
        r"megabytes?|pixels?|px|inch(?:es)?|ft|feet)\b"
    ),
    r"\b\d+(?:\.\d+)?(?: or \d+)? miles?\b|\bhighest \d+\b",
)
_TOLD_BY: Final[Mapping[str, tuple[str, ...]]] = {
    "999": ("999", "111", "101", "112", "116"),
    "call|": ("call", "ring", "text", "phone", "dial", "rang", "tel"),
    "24/7": (":", "24/7", "hour", "hr"),
    r"[/.]\d{1,2}[/.]": ("/", ".", "-"),
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


def _mask(pattern: str) -> tuple[re.Pattern[str], tuple[str, ...]]:
    return re.compile(pattern), next((told for part, told in _TOLD_BY.items() if part in pattern), ())


_MASKS: Final = tuple(_mask(one) for one in _PATTERNS)
_INSIDE: Final = re.compile(r"(?:\d[.,]?|[£$€] ?|gbp )$")
_DIGIT: Final = re.compile(r"\d")


def masked(low: str) -> str:
    """The text, in small letters, with the digits of such numbers as `#`. As long as it was."""
    for one, told in _MASKS if _DIGIT.search(low) else ():  # one after the other: all in one takes far longer
        if not told or any(sign in low for sign in told):
            low = one.sub(_hidden, low)
    return low


def _hidden(match: re.Match[str]) -> str:
    """What begins inside a longer number or a sum of money is a part of that, and stays."""
    start = match.start()
    if match[0][0].isdigit() and _INSIDE.search(match.string, max(0, start - 4), start):
        return match[0]
    return _DIGIT.sub("#", match[0])
