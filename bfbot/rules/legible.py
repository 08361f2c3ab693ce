"""A text as its figures are read: look-alike digits made plain, odd spacing closed up, on one line.

An eye reads "2O25", "３.１ bn", "3 . 1 bn" and "27·5" as figures, and so does this. A letter is taken for a digit
only inside a token that holds a digit, where no unit could be meant.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Final

from bfbot.rules.number_words import SCALES, VALUES
from bfbot.rules.reading import HASHTAG, LINK, LOOK_ALIKES, PLACEHOLDER, unhidden
from bfbot.rules.welsh_figures import in_english

LEFT_OUT: Final = "¶"
"""Stands where a link, a hashtag or a placeholder was: figures in them are not the post's own."""

_SCALE: Final = r"(?:%|per ?-?cent|pc|bn|billion|m|mn|million)\b"
_VULGAR: Final = re.compile("(\\d?) ?([¼-¾⅐-⅞])")
_LONE_VULGAR: Final = re.compile("(?<!\\d)(?<!\\d )[¼-¾⅐-⅞](?= of\\b)")
_TAGGED: Final = re.compile(r"#([£$€]?\d[\d.,]*(?:bn|billion|mn?(?![a-z])|million|%|per ?cent))", re.IGNORECASE)
_NUMBERS: Final = r"\d{1,5}|one|two|three|four|five|six|seven|eight|nine|ten"
_TAGGED_SHARE: Final = re.compile(rf"#({_NUMBERS})_?in_?({_NUMBERS})(?![a-z])", re.IGNORECASE)
"""“#3bnGap” and “#OneInFour” say a figure; “#Year5” and “#COP30” do not."""

_LONE_LETTERS: Final = re.compile(r" [A-Za-z] [A-Za-z]\b")
_APART: Final = re.compile(r"(?<!\w)(?:[A-Za-z] ){2,}[A-Za-z](?!\w)")
_IN_GLUED: Final = re.compile(r"(?<![\w.,])(\d{1,3})in(\d{1,5})(?!\w)")
_TIMES_TEN: Final = re.compile(r"(\d) ?[x×*] ?10\^?(\d{1,2})(?!\d)")
_MIXED: Final = re.compile(r"\b[A-Za-z]+[013457][A-Za-z0-9]*[A-Za-z]\b")
_LETTERS: Final = str.maketrans("013457", "oieast")
_MAIL: Final = re.compile(r"\S{1,80}@\S+")
_ROUND: Final = str.maketrans(dict.fromkeys("ОоΟοՕ", "O"))
_ZERO: Final = re.compile(r"(?<![^\W_])(?=[oO.,]{0,12}\d)[\doO][\doO.,]*")
_ONE: Final = re.compile(
    r"(?<=\d[.,])[lI|](?=[bB][nN]|[mM]|[pP][cC]|\W|$)|(?<=\d)[lI|](?=[\d.,]+\d)|(?<![\w])[lI|](?=[.,]?\d)"
)
_THREE: Final = re.compile(r"(?<=[\d.,£])[ЗзӠƷ](?![^\W\d])|(?<!\w)[ЗзӠƷ](?=[.,]?\d)")
_STRUCK: Final = re.compile("(?<=\\d)[\u0300-\u036f\u20d0-\u20f0]+")
_OTHER_DIGIT: Final = re.compile(r"[^\D0-9]")
_DASHES: Final = re.compile("[\u2010-\u2015\u2212]")
_POINT: Final = re.compile(rf"(?<=\d)(?: \. ?|[·•٫])(?=\d)|(?<=\d)\. (?=\d+ ?{_SCALE})", re.IGNORECASE)
_GROUPS: Final = re.compile(
    r"(?<![\d.,+])(?<!\d )\d{1,3}(?:(?:(?:[,'’_٬ ]\d{3})+|(?:\.\d{3}){2,})(?!\d)|(?:, \d{3})+(?= ?(?:bn|m|"
    r"million)\b))"
)
_CURRENCY_GROUPS: Final = re.compile(r"(?<=£)\d{1,3}(?: ?, ?\d{3})+(?!\d)")
_SPACED: Final = re.compile(rf"(?<![\w.,])\d(?: \d){{1,2}}(?= ?{_SCALE})", re.IGNORECASE)
_ODD: Final = re.compile(
    r"\d ?(?:in\d|[x×*] ?10)|[A-Za-z][013457][A-Za-z]|\d(?:[.,'’_٬·•٫] ?\d| [\d.,]|[.,]?[oOlI|])|[oOlI|][.,]?\d"
)
"""Something beside a digit that may belong to it: most texts have nothing of the kind, and are done."""

_LETTER_IN_NUMBER: Final = re.compile(r"\d[.,]*[oOlI|]|[oOlI|][.,]*\d")
_DIGIT: Final = re.compile(r"\d")
_WORDS: Final = re.compile(
    r"\b(?:one|two|thr|four|fif|five|six|seven|eight|nine|ten|eleven|twel|twen|thir|fort|hundred|thousand|million"
    r"|billion|half|quarter|halv|twice|doubl|trebl|tripl|quadrupl|quintupl|sextupl|septupl|octupl|"
    r"decupl|every|a factor)|fold"
)


def legible(text: str) -> str:
    """One line, thousands parted by commas alone; "" where nothing in it could be a figure."""
    shown = text if text.isascii() else unhidden(_VULGAR.sub(_fraction, _LONE_VULGAR.sub(_over, text)))
    foreign = not shown.isascii()  # asked before LEFT_OUT is, which is no letter of anybody's
    if "://" in shown:
        shown = LINK.sub(f" {LEFT_OUT} ", shown)
    if "@" in shown:
        shown = _MAIL.sub(f" {LEFT_OUT} ", shown)
    if "#" in shown:
        shown = HASHTAG.sub(f" {LEFT_OUT} ", _TAGGED_SHARE.sub(r" \1 in \2 ", _TAGGED.sub(r" \1 ", shown)))
    if "{" in shown:
        shown = PLACEHOLDER.sub(f" {LEFT_OUT} ", shown)
    if foreign:
        shown = _foreign(shown)
    shown = " ".join(shown.split())
    if _LONE_LETTERS.search(shown):
        shown = _APART.sub(lambda match: match[0].replace(" ", ""), shown)
    shown = in_english(shown)
    if not _DIGIT.search(shown):
        return shown if _WORDS.search(shown.lower()) else ""
    if not _ODD.search(shown):
        return shown
    shown = _TIMES_TEN.sub(r"\1e\2", _IN_GLUED.sub(r"\1 in \2", _MIXED.sub(_number_word, shown)))
    if _LETTER_IN_NUMBER.search(shown):
        shown = _ONE.sub("1", _ZERO.sub(_round, shown))
    shown = _POINT.sub(".", shown)
    shown = _CURRENCY_GROUPS.sub(_grouped, _GROUPS.sub(_grouped, shown))
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), shown)


def _foreign(text: str) -> str:
    shown = _DASHES.sub("-", _THREE.sub("3", text.translate(_ROUND))).replace("\u2044", "/").replace("\u066a", "%")
    shown = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), _STRUCK.sub("", shown))
    return shown.translate(LOOK_ALIKES)


def _over(match: re.Match[str]) -> str:
    """`⅔ of` is `2/3 of`."""
    return unicodedata.normalize("NFKC", match[0]).replace("\u2044", "/")


def _number_word(match: re.Match[str]) -> str:
    """`s1xty` is sixty; other words with a digit inside stay."""
    word = match[0].lower().translate(_LETTERS)
    return word if word in VALUES or word in SCALES else match[0]


def _round(match: re.Match[str]) -> str:
    return match[0].replace("o", "0").replace("O", "0")


def _grouped(match: re.Match[str]) -> str:
    return f"{int(re.sub(r'[^0-9]', '', match[0])):,}"


def _fraction(match: re.Match[str]) -> str:
    """`3½` is 3.5 and `½` is 0.5; thirds keep four decimals."""
    part = str(Decimal(unicodedata.numeric(match[2])).quantize(Decimal("0.0001")).normalize())
    return match[1] + part[1:] if match[1] else part
