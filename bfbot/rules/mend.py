"""One mend of a text, as it is shown before anybody makes it; and which pieces of a text no mend touches."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from bfbot.domain.campaign import Campaign

_KEPT: Final = re.compile(r"https?://\S+|\{[^{}\n]*\}", re.IGNORECASE)
_PART_BREAK: Final = re.compile(r"(?m)(^[ \t]*---[ \t]*$)")


@dataclass(frozen=True)
class Mend:
    """`before` becomes `after`, for the rule `rule` and the reason `why`. "" after: it goes."""

    rule: str
    before: str
    after: str
    why: str


Step = Callable[[str, Campaign], tuple[str, list[Mend]]]
"""Gives the mended text and what was mended; the text itself and nothing where nothing is wrong."""


def outside(text: str, change: Callable[[str], str]) -> str:
    """`change` made on every piece of the text but its links and placeholders."""
    out, place = [], 0
    for kept in _KEPT.finditer(text):
        out += [change(text[place : kept.start()]), kept[0]]
        place = kept.end()
    return "".join([*out, change(text[place:])])


def by_part(text: str, change: Callable[[str], str]) -> str:
    """`change` made on each part of a thread by itself."""
    pieces = _PART_BREAK.split(text)
    return "".join(one if number % 2 else change(one) for number, one in enumerate(pieces))
