"""Alphabets: which one a letter is of, and when a word borrows letters that only look like ours."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import Final

from bfbot.rules.reading import LOOK_ALIKES

WORD: Final = re.compile(r"[^\W\d_]+")
_OURS: Final = frozenset({"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"})
_NO_SCRIPT: Final = frozenset(
    {"MODIFIER", "MICRO", "FEMININE", "MASCULINE", "INFORMATION", "KELVIN", "ANGSTROM", "OHM"}
)
_LIVING: Final = re.compile(
    "LATIN|CYRILLIC|GREEK|ARMENIAN|GEORGIAN|ARABIC|HEBREW|SYRIAC|THAANA|NKO|ETHIOPIC|DEVANAGARI|BENGALI|GURMUKHI|"
    "GUJARATI|ORIYA|TAMIL|TELUGU|KANNADA|MALAYALAM|SINHALA|THAI|LAO|TIBETAN|MYANMAR|KHMER|MONGOLIAN|HANGUL|"
    "HIRAGANA|KATAKANA|KATAKANA-HIRAGANA|BOPOMOFO|CJK|IDEOGRAPHIC|YI"
)
"""What councils write in, for everybody who lives there. Letters of others are there for their look."""

_REGIONS: Final = (
    "ADAEAFAGAIALAMAOAQARASATAUAWAXAZBABBBDBEBFBGBHBIBJBLBMBNBOBQBRBSBTBVBWBYBZCACCCDCFCGCHCICKCLCMCNCOCRCUCVCWCX"
    "CYCZDEDJDKDMDODZECEEEGEHERESETEUFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGSGTGUGWGYHKHMHNHRHTHUIDIEILIMINIOIQIR"
    "ISITJEJMJOJPKEKGKHKIKMKNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMFMGMHMKMLMMMNMOMPMQMRMSMTMUMVMWMXMYMZNANCNENF"
    "NGNINLNONPNRNUNZOMPAPEPFPGPHPKPLPMPNPRPSPTPWPYQARERORSRURWSASBSCSDSESGSHSISJSKSLSMSNSOSRSSSTSVSXSYSZTCTDTFTGTH"
    "TJTKTLTMTNTOTRTTTVTWTZUAUGUMUNUSUYUZVAVCVEVGVIVNVUWFWSXKYEYTZAZMZW"
)
_FLAGS: Final = frozenset(_REGIONS[place : place + 2] for place in range(0, len(_REGIONS), 2))
_FLAG_LETTERS: Final = re.compile("[\U0001f1e6-\U0001f1ff]+")


def scripts(word: str) -> set[str]:
    """The alphabets that a word is written in."""
    return {_script(one) for one in word if one.isalpha()} - _NO_SCRIPT


def borrowed(text: str) -> str:
    """The first word of letters that stand there for their look, ""  for none.

    Letters of two alphabets in one word, of one that nobody writes in, or a word of nothing but look-alikes
    where no other word shows that its language is meant.
    """
    foreign: defaultdict[str, list[str]] = defaultdict(list)
    for word in WORD.findall(text):
        if word.isascii():
            continue
        found = scripts(word)
        if len(found & _OURS) > 1 or not all(map(_LIVING.fullmatch, found)):
            return str(word)
        foreign[next(iter(found), "LATIN")].append(word)
    for script, words in foreign.items():
        if script != "LATIN" and all(ord(one) in LOOK_ALIKES for word in words for one in word):
            return words[0]
    return ""


def flag_letters(text: str) -> str:
    """The first run of flag letters that make no flags, "" for none."""
    for run in _FLAG_LETTERS.findall(text):
        letters = "".join(chr(ord(one) - 0x1F1E6 + ord("A")) for one in run)
        pairs = [letters[place : place + 2] for place in range(0, len(letters), 2)]
        if not _FLAGS.issuperset(pairs):
            return str(run)
    return ""


def _script(one: str) -> str:
    return unicodedata.name(one, "").partition(" ")[0]
