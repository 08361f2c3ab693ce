"""A figure typed out by hand that is a refused statistic of the library: refused in the same way.

Only figures that are in the library are looked for, in the ways in which people commonly write them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from bfbot.domain.fact import Fact, FactStatus
from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.facts import OSR, instead, named, unusable
from bfbot.rules.reading import (
    CONTENT,
    HASHTAG,
    LINK,
    PLACEHOLDER,
    cited,
    last_day_out,
    pictures,
    plain,
    readings,
    unhidden,
)

_WORDS: Final = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_SCALES: Final = {
    **dict.fromkeys(("k", "thousand"), Decimal(10) ** 3),
    **dict.fromkeys(("m", "mn", "mln", "million", "millions"), Decimal(10) ** 6),
    **dict.fromkeys(("b", "bn", "billion", "billions"), Decimal(10) ** 9),
}
_FIGURE: Final = re.compile(
    rf"""(?:(?P<pound>(?:£|\bgbp)\s*)|(?<![\w.,]))
    (?P<number>\d{{1,3}}(?:[,\x20]\d{{3}})++(?:\.\d++)?+(?!\d)|\d++(?:\.\d++)?+|(?:{"|".join(_WORDS)})(?=fold|\b))
    (?:[\s-]*(?P<scale>{"|".join(sorted(_SCALES, key=len, reverse=True))})(?![a-z]))?""",
    re.VERBOSE,
)
_PER_CENT: Final = re.compile(r"\s*-?(?:%|(?:per\s*-?cent|pct?)\b)")
_POUNDS: Final = re.compile(r"[\s-]*(?:pounds?|gbp|quid|sterling)\b")
_MONEY_WORD: Final = re.compile(
    r"[\s-]*(?:(?:funding|budget|financial)[\s-]+)?(?:gap|shortfall|deficit|hole|black hole)\b"
)
_TIMES: Final = re.compile(
    r"\s*-?\s*(?:fold\b|x\b|×|times\b(?!\s+(?:an?|per|each|every|this|last|in|since|daily|weekly)\b))"
)
_IN: Final = re.compile(r"\s*(?:-\s*)?(?:in|out of)(?:\s+|-)(?:every\s+)?(?P<of>\d+|" + "|".join(_WORDS) + r")\b")


@dataclass(frozen=True)
class Typed:
    """A figure as it was read: its value, its unit in the library's words ("" is plain), and its place."""

    value: Decimal
    unit: str
    text: str
    after: str
    around: str


def typed_figures(text: str) -> Iterator[Typed]:
    """The figures in a text, outside placeholders, links and hashtags."""
    bare = unhidden(text)
    for pattern in (PLACEHOLDER, LINK, HASHTAG):
        bare = pattern.sub(" ¶ ", bare)
    bare = " ".join(bare.split())
    low = bare.lower() if len(bare.lower()) == len(bare) else bare
    for match in _FIGURE.finditer(low):
        value = _number(match["number"]) * _SCALES.get(match["scale"] or "", Decimal(1))
        unit, end = _unit(match, low)
        of = _IN.match(low, match.end()) if unit == "1 in N" else None
        if of:
            value, unit = (_number(of["of"]), unit) if value == 1 else (value, "of")  # nine in ten is no 1 in N
        yield Typed(value, unit, bare[match.start() : end].strip(), low[end : end + 60], low)


def same_figure(typed: Typed, fact: Fact) -> bool:
    """Whether a typed figure is this statistic's figure.

    A noun has to stand within two words behind it. "Eight times" and "one in ten" are common ways of speaking:
    there the text has to share a word with what the statistic measures.
    """
    unit = fact.unit.partition("/")[0].strip()
    if typed.value != fact.value:
        return False
    if unit in {"GBP", "per cent"}:
        return typed.unit == unit
    if unit in {"times", "1 in N"}:
        return typed.unit == unit and bool(_stems(typed.around) & _stems(fact.measure))
    noun = re.escape(plain(unit).split()[0]) if unit else r"\w"
    return typed.unit == "" and re.match(rf"\s+(?:[\w'’-]+\s+){{0,2}}{noun}\b", typed.after) is not None


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w{5,}", plain(text))}


def _unit(match: re.Match[str], low: str) -> tuple[str, int]:
    """The unit, and where the figure with its unit ends."""
    end = match.end()
    if match["pound"]:
        return "GBP", end
    for unit, pattern in (("per cent", _PER_CENT), ("GBP", _POUNDS), ("times", _TIMES), ("1 in N", _IN)):
        found = pattern.match(low, end)
        if found:
            return unit, found.end()
    if match["scale"] and (
        _MONEY_WORD.match(low, end) or re.search(r"(?:gap|shortfall) of $", low[: match.start()])
    ):
        return "GBP", end
    return "", end


def _number(text: str) -> Decimal:
    if text in _WORDS:
        return Decimal(_WORDS.index(text) + 1)
    return Decimal(text.replace(",", "").replace(" ", ""))


def _refused(case: Case) -> Iterator[Finding]:
    """A figure that a usable statistic has as well is not refused: which one is meant cannot be told here.

    The Proof shows figures by id and a release's title too; what is named by id is left to the rules on ids.
    """
    day = last_day_out(case)
    facts = [one for one in case.revision.facts.values() if one.status is not FactStatus.INTERNAL]
    by_id = set(cited(case))
    texts = [*readings(case), *((account, media.alt) for account, media in pictures(case))]
    for account, text in texts:
        for typed in typed_figures(text):
            same = [one for one in facts if same_figure(typed, one)]
            refused = [(one, unusable(one, day)) for one in same]
            if same and all(why for _, why in refused) and by_id.isdisjoint(one.id for one in same):
                fact, why = refused[0]
                yield Finding(
                    TYPED.id,
                    Level.REFUSE,
                    f"“{typed.text}” is a figure that may not be used: {named(fact)} {why}.",
                    instead(fact, case.revision, day),
                    account=account,
                )


TYPED = Rule(
    "typed-figure",
    "No retired figure by hand",
    OSR,
    "Leave the figure out, or name a current statistic by its id.",
    CONTENT,
    _refused,
)
