"""Numbers in digits and in words: the patterns that find them, and their values."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_ONES: Final = {
    word: Decimal(number)
    for number, word in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight", "nine"), 1)
}
_TEENS: Final = {
    word: Decimal(number)
    for number, word in enumerate(
        (
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ),
        10,
    )
}
_TENS: Final = {
    word: Decimal(number)
    for word, number in {
        "twenty": 20,
        "thirty": 30,
        "forty": 40,
        "fourty": 40,
        "fifty": 50,
        "sixty": 60,
        "seventy": 70,
        "eighty": 80,
        "ninety": 90,
    }.items()
}
_NAMED: Final = {"zero": Decimal(0), "nought": Decimal(0), "a": Decimal(1), "an": Decimal(1), "the": Decimal(1)}
VALUES: Final = _ONES | _TEENS | _TENS | _NAMED

SCALES: Final = {
    **dict.fromkeys(("k", "thousand"), Decimal(10) ** 3),
    **dict.fromkeys(("m", "mn", "mln", "mio", "million", "millions"), Decimal(10) ** 6),
    **dict.fromkeys(("b", "bn", "bln", "billion", "billions", "milliard"), Decimal(10) ** 9),
    **dict.fromkeys(("tn", "trn", "trillion"), Decimal(10) ** 12),
    "hundred": Decimal(100),
}
PARTS: Final = {
    **dict.fromkeys(("half", "halves"), Decimal(2)),
    **{
        one + plural: Decimal(number)
        for number, one in {
            3: "third",
            4: "quarter",
            5: "fifth",
            6: "sixth",
            7: "seventh",
            8: "eighth",
            9: "ninth",
            10: "tenth",
            20: "twentieth",
        }.items()
        for plural in ("", "s")
    },
}
"""What a whole is divided by: a third is one divided by three."""


def _any(words: dict[str, Decimal]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_SMALL: Final = rf"(?:(?:{_any(_TENS)})(?:[ -]?(?:{_any(_ONES)}))?|{_any(_TEENS)}|{_any(_ONES)})"
_HUNDREDS: Final = rf"(?:(?:an?|{_SMALL})[ -]hundred(?:(?: and |[ -]){_SMALL})?|{_SMALL})(?![a-eg-z])"
WORDS: Final = (
    rf"(?:{_HUNDREDS}[ -]thousand(?:,? (?:and )?{_HUNDREDS})?|{_HUNDREDS}|zero|nought"
    r"|(?:an?|the)(?=[ -](?:hundred|thousand|million|billion)\b))"
    rf"(?: point(?:[ -]?(?:{_any(_ONES)}|nought|zero|oh))+)?"
)
"""A number in words, in small letters; a scale behind it is not part of it, save hundreds of thousands."""

WORD_AHEAD: Final = rf"(?={'|'.join(sorted({one[:2] for one in VALUES}))})"
"""Before WORDS: most words of a text are done with at a look."""

DIGITS: Final = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+,\d{1,2}(?![\d,])|\d+(?:\.\d+)?(?:e\d\d?(?![\w.]))?"


def number(text: str) -> Decimal:
    """The value of what DIGITS or WORDS found."""
    if text[0].isdigit():
        if "," in text and "." not in text and len(text.rpartition(",")[2]) < 3:
            return Decimal(text.replace(",", "."))  # as on the Continent
        return Decimal(text.replace(",", ""))
    whole, _, decimals = text.partition(" point")
    value = _in_words(whole)
    digits = [str(VALUES.get(one, Decimal(0))) for one in decimals.replace("-", " ").split()]
    return value + Decimal("0." + "".join(digits)) if digits else value


def _in_words(text: str) -> Decimal:
    total = part = Decimal(0)
    for word in text.replace("-", " ").replace(",", " ").split():
        if word == "hundred":
            part = max(part, Decimal(1)) * 100
        elif word == "thousand":
            total, part = total + max(part, Decimal(1)) * 1000, Decimal(0)
        elif word != "and":
            part += VALUES[word] if word in VALUES else _run_together(word)
    return total + part


def _run_together(word: str) -> Decimal:
    """`eightyeight`"""
    tens = next(one for one in _TENS if word.startswith(one))
    return _TENS[tens] + _ONES[word[len(tens) :]]
