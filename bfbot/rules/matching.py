"""Whether a figure in a text is one of the library's statistics, in whatever form it was typed."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import Final

from bfbot.domain.fact import Fact
from bfbot.domain.figures import figure_text
from bfbot.rules.figures_read import Figure, figures
from bfbot.rules.reading import HASHTAG, LINK, plain

_ALIKE: Final = Decimal("0.000001")
_GENERIC: Final = frozenset(
    {
        "about",
        "after",
        "autho",
        "child",
        "could",
        "counc",
        "engla",
        "every",
        "famil",
        "growt",
        "incre",
        "local",
        "numbe",
        "other",
        "peopl",
        "rates",
        "rises",
        "servi",
        "share",
        "since",
        "socia",
        "their",
        "there",
        "those",
        "total",
        "which",
        "would",
        "yearl",
        "years",
        "young",
    }
)
"""First letters of words that say little about what is measured."""

_MONEY_NEAR: Final = re.compile(
    r"(?:[ -](?:extra|more|annual|yearly|funding|budget|financial|spending))*[ -](?:gap|shortfall|deficit|hole|"
    r"black hole|pounds?|cut|overspend)\b|(?: (?:by|in|for|to|a|per|from|every|each|is|was|of funding|of money)\b"
    r"|[.,;:!?)]| ?$)"
)


def same_figure(one: Figure, fact: Fact, text: str) -> bool:
    """`text` is the whole of what the figure stands in.

    A plain number needs the statistic's noun in its sentence. "Eight times" and "one in ten" are common ways of
    speaking: there the text has to share a word with what the statistic measures; where one is a per cent and
    the other a share, a word that few other measures have.
    """
    unit = fact.unit.partition("/")[0].strip()
    if unit == "GBP":
        return one.value == fact.value and (
            one.unit == "GBP" or (not one.unit and one.scaled and _MONEY_NEAR.match(one.after) is not None)
        )
    if unit == "per cent":
        if one.unit in {"per cent", "points"}:
            return one.value == fact.value
        return (
            one.unit in {"of", "share"}
            and _alike(one.share, fact.value / 100)
            and shared_topic(fact, _stems(text))
        )
    if unit == "times":
        return (
            one.unit == "times" and one.value == fact.value and not _stems(fact.measure).isdisjoint(_stems(text))
        )
    if unit == "1 in N":
        own_form = one.unit == "of" and one.value == 1
        if fact.value <= 0 or not _alike(one.share, 1 / fact.value):
            return False
        return not (_stems(fact.measure) if own_form else _topic(fact)).isdisjoint(_stems(text))
    return one.value == fact.value and one.unit == "" and _has_noun(one, unit)


def stems_of(text: str) -> frozenset[str]:
    """The first five letters of each longer word."""
    return _stems(text)


def printed(fact: Fact) -> frozenset[tuple[Decimal, str, Decimal]]:
    """The figures that the statistic shows when it is named by its id."""
    return _printed(figure_text(fact))


def shared_topic(fact: Fact, stems: frozenset[str]) -> bool:
    """Whether the text speaks of what this statistic measures, by a word that few others have."""
    return bool(_topic(fact) & stems)


def telling_stems(text: str) -> frozenset[str]:
    """`stems_of`, without what every post of a campaign has: its link, its hashtag and its common words."""
    return _stems(HASHTAG.sub(" ", LINK.sub(" ", text))) - _GENERIC


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:5] for word in re.findall(r"\w{5,}", plain(text)))


def _topic(fact: Fact) -> frozenset[str]:
    return _stems(fact.measure) - _GENERIC


@lru_cache(maxsize=1024)
def _printed(text: str) -> frozenset[tuple[Decimal, str, Decimal]]:
    return frozenset((one.value, one.unit, one.out_of) for one in figures(text))


def _alike(one: Decimal | None, other: Decimal) -> bool:
    return one is not None and abs(one - other) < _ALIKE


def _has_noun(one: Figure, unit: str) -> bool:
    """A small number is said of many things: there the noun stands close behind it, or ends right before it."""
    word = plain(unit).split()[0] if unit else r"\w+"
    noun = re.escape(word.removesuffix("s")) if unit else word
    near = rf"(?: [\w'’-]+){{0,{4 if one.value >= 100 else 2}}}? {noun}"
    if re.match(near, one.after):
        return True
    return one.value >= 1000 and re.search(rf"\b{noun}", one.before + one.after) is not None
