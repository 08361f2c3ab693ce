"""The figures in a text, in every form in which people write them: the one recogniser that the rules share.

Digits, words, "bn", "£3,100m", "half a billion", "a third", "nine in ten", "eight-fold", "doubled", ranges,
and all of these however they are spaced or disguised. Dates, times, telephone numbers and the like are no
figures here; which of the rest are statistics is told by `is_statistic`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Final

from bfbot.rules.legible import legible
from bfbot.rules.number_words import DIGITS, PARTS, SCALES, WORD_AHEAD, WORDS, number
from bfbot.rules.plain_numbers import masked

MULTIPLES: Final = {
    **{"doubl": 2, "twice": 2, "treb": 3, "tripl": 3, "thrice": 3, "quadrupl": 4},
    **{"quintupl": 5, "sextupl": 6, "septupl": 7, "octupl": 8, "decupl": 10},
}


@dataclass(frozen=True, slots=True)
class Figure:
    """`unit`: GBP | USD | EUR | per cent | points | times | share | of | "" (a plain number, or not known).

    `of` is N in M: `value` N, `out_of` M. `share` is a part of one (a third is 0.333…). `before` and `after`
    are the rest of its sentence, in small letters, which is told apart by the number `sentence`; `scaled`: a
    million or more was written as a word.
    """

    value: Decimal
    unit: str
    text: str
    before: str
    after: str
    out_of: Decimal = Decimal(0)
    scaled: bool = False
    sentence: int = 0

    @property
    def share(self) -> Decimal | None:
        """The part of a whole that it says, however it says it; None where it says none."""
        if self.unit == "per cent":
            return self.value / 100
        if self.unit == "of" and self.out_of:
            return self.value / self.out_of
        return self.value if self.unit == "share" else None


@lru_cache(maxsize=4096)
def figures(text: str) -> tuple[Figure, ...]:
    """In the order in which they stand."""
    shown = legible(text)
    if not shown:
        return ()
    low = shown.lower()
    if len(low) != len(shown):
        shown = low
    low = masked(low)
    found = [*_numbers(low), *_fractions(low), *_multiples(low)]
    return tuple(_in_sentence(one, shown, low) for one in _apart(found))


@dataclass(slots=True)
class _Found:
    start: int
    end: int
    value: Decimal
    unit: str
    out_of: Decimal = Decimal(0)
    scaled: bool = False


_SCALE: Final = rf"(?:{'|'.join(sorted(SCALES, key=len, reverse=True))})"
_PART: Final = "|".join(sorted(PARTS, key=len, reverse=True))
_NUMBER: Final = re.compile(
    rf"(?:(?P<coin>[£$€] ?|\bgbp ?)|(?<![\w.,:/#]))"
    rf"(?:(?P<number>{DIGITS}|\b{WORD_AHEAD}{WORDS})(?:(?P<and> and an? (?:half|quarter|third|fifth|tenth))|"
    rf"(?P<a> (?:half|quarter)s?(?= of an? )))?"
    rf"|(?P<part>(?:(?:an?|one|two|three) )?(?:{_PART}))(?=(?: of)?[ -]an? (?:million|billion|trillion)\b))"
    rf"(?:(?: of)?[ -]an? (?=(?:million|billion|trillion)\b))?(?P<scales>(?:[ -]?{_SCALE}(?![a-z]))*)(?!\d)"
)
_UNITS: Final = (
    ("points", re.compile(r" ?-?(?:%|per ?-?cent|percentage)[ -]?(?:age )?-?points?\b|[ -](?:ppts?|pp)\b")),
    ("per cent", re.compile(r" ?-?(?:%|per ?-?cents?\b|p\.?c\.?t?\b|percentage\b)")),
    ("GBP", re.compile(r"[ -]?(?:pounds?\b|gbp\b|quid\b|sterling\b)")),
    ("pence", re.compile(r"(?:p\b|[ -]pence\b|[ -]pennies\b)")),
    (
        "times",
        re.compile(
            r"[ -]?fold\b|x\b(?! ?\d)| ?×(?! ?\d)| x(?= (?:more|what|the|as)\b)"
            r"| times\b(?! (?:an?|per|each|every|this|last|in|since|daily|weekly|out)\b)"
        ),
    ),
)
_BASE = r"(?P<of>\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty"
_BASE += r"|(?:(?:an?|one|ten) )?(?:hundred|thousand))"
_ENDS: Final = (
    r"(?![\w.,:/%-]*\d| ?(?:minutes?|hours?|days?|weeks?|months?|years?|languages|rows?|million|billion|%|"
    r"per cent)\b)"
)
_IN: Final = re.compile(
    rf"[ -](?:in|out of)[ -](?:every )?{_BASE}\b{_ENDS}|/{_BASE.replace('of', 'over')}(?= of )"
)
_OF: Final = re.compile(rf" of (?:every )?{_BASE}(?= [a-z])")
_PER: Final = re.compile(
    r"(?: [a-z'-]+){0,3}? (?:per|in every|for every|in each) (?P<of>\d{1,3}(?:,\d{3})+|\d+|(?:(?:an?|one|"
    r"ten) )?(?:hundred|thousand))\b"
)
_UNIT_AHEAD: Final = re.compile(r"[ -]{0,2}[%p×xfgqst]")
_BASE_AHEAD: Final = re.compile(r"/|[ -](?:[a-z'-]+ ){0,3}?(?:in|out|of|per|for)\b")
"""Nine numbers in ten have no such thing behind them: one look spares all the others."""

_NOUN_IN: Final = re.compile(
    rf" [a-z'-]+(?: [a-z'-]+)? in (?:every )?{_BASE}"
    r"(?=[.,;!?]| (?:will|is|are|has|have|had|was|were|does|do|did|needs?|now|says?|cannot|can|gets?|lives?|"
    r"ends?|goes|waits?|faces?|misses|struggles?|suffers?|feels?|leaves?|lacks?|starts?|works?|comes)\b|$)"
)
_POUND: Final = re.compile(r" (?:in|of|out of) (?:every|each) (?:pound|£)")
_GAP: Final = re.compile(r" (?:pounds?|[a-z]+ gap|gap|shortfall|hole|deficit|cut|budget|people|by 20)\b")
_METRES: Final = re.compile(
    r" ?(?:tall|high|wide|deep|long|apart|away|must|may|or|line|pool|race|sprint|$|[.,;!?])"
)


def _numbers(low: str) -> Iterator[_Found]:
    matches = [one for one in _NUMBER.finditer(low) if not _attached(one, low)]
    made = [_one(one, low) for one in matches]
    for one, following in reversed(list(pairwise(made))):
        _as_range(one, following, low)
    yield from (one for one in made if one.unit != "label")  # class 7B


def _attached(match: re.Match[str], low: str) -> bool:
    """Digits with letters behind them that are no unit: a road, a size, a time of the day."""
    rest = low[match.end() : match.end() + 2]
    if not rest[:1].isalpha() or not (match["number"] or "").isascii():
        return False
    digits = match["number"] and match["number"][0].isdigit()
    return bool(digits) and not any(pattern.match(low, match.end()) for _, pattern in _UNITS)


def _one(match: re.Match[str], low: str) -> _Found:
    value = _value(match)
    scales = re.findall(_SCALE, match["scales"]) if match["scales"] else []
    end, coin = match.end(), (match["coin"] or "").strip()
    if scales == ["m"] and not coin and value < 100 and _METRES.match(low, end):
        scales = []
    if scales == ["b"] and not coin and "." not in match["number"] and not _GAP.match(low, end):
        return _Found(match.start(), end, value, "label")
    for one in scales:
        value *= SCALES[one]
    scaled = any(SCALES[one] >= 10**6 for one in scales)
    if coin:
        return _Found(match.start(), end, value, _COINS[coin], scaled=scaled)
    for unit, pattern in _UNITS if _UNIT_AHEAD.match(low, end) else ():
        found = pattern.match(low, end)
        if found and not (unit == "pence" and scales):
            if unit == "pence":
                share = _POUND.match(low, found.end())
                if share:
                    return _Found(match.start(), share.end(), value, "of", Decimal(100))
                value, unit = value / 100, "GBP"
            return _Found(match.start(), found.end(), value, unit, scaled=scaled)
    base = None
    if not scaled and _BASE_AHEAD.match(low, end):
        base = _IN.match(low, end) or _PER.match(low, end) or _OF.match(low, end)
        if base is None and value < 10:
            base = _NOUN_IN.match(low, end)
    if base:
        given = base.groupdict()
        return _Found(match.start(), base.end(), value, "of", number_of(given.get("of") or given["over"]))
    return _Found(match.start(), end, value, "", scaled=scaled)


_COINS: Final = {"£": "GBP", "gbp": "GBP", "$": "USD", "€": "EUR"}


def number_of(text: str) -> Decimal:
    """Of a base such as `10,000` or `a thousand`."""
    word, _, scale = text.rpartition(" ")
    if scale in SCALES:
        return (number(word) if word else Decimal(1)) * SCALES[scale]
    return number(text)


def _value(match: re.Match[str]) -> Decimal:
    if match["part"]:
        return _part(match["part"])
    value = number(match["number"])
    more = match["and"] or match["a"]
    if match["and"]:
        return value + 1 / PARTS[match["and"].split()[-1]]
    return value / PARTS[more.strip()] if more else value


def _part(text: str) -> Decimal:
    first, _, name = text.replace("-", " ").rpartition(" ")
    return (number(first) if first else Decimal(1)) / PARTS[name]


_TO: Final = re.compile(r" ?- ?| to | or ")


def _as_range(one: _Found, following: _Found, low: str) -> None:
    """`20-25 per cent`, `£2-3bn`, `between five and ten per cent`: both ends are of one kind and one size."""
    between = low[one.end : following.start]
    both = between == " and " and low[: one.start].endswith("between ")
    if one.scaled or not (_TO.fullmatch(between) or both) or not (following.unit or following.scaled):
        return
    if one.unit and following.unit not in {"", one.unit}:
        return
    if following.scaled:
        scales = re.findall(rf"{_SCALE}(?![a-z])", low[following.start : following.end])
        for scale in scales:
            one.value *= SCALES[scale]
        one.scaled = True
    one.unit = following.unit = one.unit or following.unit
    one.out_of = following.out_of


def _apart(found: list[_Found]) -> Iterator[_Found]:
    """Without those that lie inside another: the ten of `nine in ten`."""
    end = 0
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if one.start >= end:
            end = one.end
            yield one


_PART_STEMS: Final = ("hal", *(one for one in PARTS if one.endswith(("r", "d", "h"))))
_FRACTION: Final = re.compile(
    rf"(?<![\w.,/])(?:(?P<many>an?|one|two|three|four|five|six|seven|eight|nine|\d)[ -](?P<part>{_PART})|"
    rf"(?P<half>half))\b"
    r"(?!(?: of)?[ -]an? (?:million|billion))"
)


def _fractions(low: str) -> Iterator[_Found]:
    for match in _FRACTION.finditer(low) if any(map(low.__contains__, _PART_STEMS)) else ():
        value = 1 / PARTS["half"] if match["half"] else number(match["many"]) / PARTS[match["part"]]
        if value <= 1:
            yield _Found(match.start(), match.end(), value, "share")


_MULTIPLE_STEMS: Final = ("doubl", "twice", "thrice", "trebl", "upl", "tripl", "halv")
_MULTIPLE: Final = re.compile(
    r"\b(?P<word>doubl(?:ed|es?|ing)|twice|thrice|trebl(?:ed|es?|ing)|tripl(?:ed|es?|ing)|quadrupl(?:ed|es?|"
    r"ing)|(?:quint|sext|sept|oct|dec)upl(?:ed|es?|ing)|halv(?:ed|es?|ing))\b"
)


_FACTOR: Final = re.compile(rf"\ba factor of (?P<number>{DIGITS}|{WORDS})\b")
_EVERY: Final = re.compile(
    rf"\bevery (?P<part>{'|'.join(one for one in PARTS if one.endswith(('d', 'th')))}|second|fourth) "
    r"(?:[a-z]+ )?(?:child|family|pupil|parent|carer|person|household|baby|mother|father|school|council)\b"
)


def _multiples(low: str) -> Iterator[_Found]:
    for match in _FACTOR.finditer(low) if "a factor" in low else ():
        yield _Found(match.start(), match.end(), number(match["number"]), "times")
    for match in _EVERY.finditer(low) if "every " in low else ():
        out_of = {"second": Decimal(2), "fourth": Decimal(4), **PARTS}[match["part"]]
        yield _Found(match.start(), match.start() + len(f"every {match['part']}"), Decimal(1), "of", out_of)
    for match in _MULTIPLE.finditer(low) if any(map(low.__contains__, _MULTIPLE_STEMS)) else ():
        value = next(
            (Decimal(many) for stem, many in MULTIPLES.items() if match[0].startswith(stem)), Decimal("0.5")
        )
        yield _Found(match.start(), match.end(), value, "times")


_SENTENCE: Final = re.compile(r"[.!?…][\"”’')]* |; ")


def _in_sentence(one: _Found, shown: str, low: str) -> Figure:
    opens = 0
    for stop in _SENTENCE.finditer(low, 0, one.start):
        opens = stop.end()
    stop_after = _SENTENCE.search(low, one.end)
    closes = stop_after.start() if stop_after else len(low)
    return Figure(
        one.value,
        one.unit,
        shown[one.start : one.end].strip(),
        low[opens : one.start],
        low[one.end : closes],
        one.out_of,
        one.scaled,
        opens,
    )
