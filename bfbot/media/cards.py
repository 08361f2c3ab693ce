"""A statistic as a picture: the figure as the trade writes it, what it measures, when, and who says so."""

from __future__ import annotations

import re

from bfbot.domain.campaign import Campaign
from bfbot.domain.fact import Fact
from bfbot.domain.figures import figure_text, period_text, source_text
from bfbot.media.frame import MARGIN, ROOM, framed, line, palette, paragraph
from bfbot.media.typeset import balance, fit, width

# "more than | £3.1 billion | a year": what comes before the figure and after it is printed smaller, never dropped.
_FIGURE = re.compile(
    r"(?P<lead>\D*?)(?P<figure>-?£?\d[\d,.]*(?: in [\d,]+)?(?: million| billion)?)(?P<rest>.*)", re.S
)
_TOP, _BOTTOM = 136, 552  # the words stand in the middle between these two
_LARGEST, _LEAD, _REST, _PERIOD = 208, 58, 64, 38  # sizes in pixels
_PITCH = 1.12  # from one line of a title to the next, of its size

_Row = tuple[float, tuple[tuple[str, float, int, str, bool], ...]]  # text, x, size, colour, bold


def card_svg(fact: Fact, campaign: Campaign) -> str:
    """An SVG of 1200 x 675 pixels, pure and deterministic. Whether the figure may be used is for the rules."""
    look = palette(campaign.owner)
    lead, figure, rest = _parts(figure_text(fact))
    rest_width = width(rest, _REST, bold=True) + 24 if rest else 0
    rest_beside = rest_width < ROOM * 0.4
    largest = fit(figure, ROOM - (rest_width if rest_beside else 0), 1, _LARGEST, 80, bold=True)
    measure_size = fit(fact.measure, ROOM, 2, 54, 34)

    def rows(size: int) -> list[_Row]:
        """Top to bottom: how far each baseline lies below the one above, and the words on it."""
        found: list[_Row] = []
        if lead:
            found.append((_LEAD * 0.74, ((lead, MARGIN, _LEAD, look.words, True),)))
        big = [(figure, float(MARGIN), size, look.figure, True)]
        if rest and rest_beside:
            big.append((rest, MARGIN + width(figure, size, bold=True) + 24, _REST, look.figure, True))
        found.append((size * 0.72 + (26 if lead else 0), tuple(big)))
        if rest and not rest_beside:
            found.append((_REST * 0.72 + 28, ((rest, MARGIN, _REST, look.figure, True),)))
        for index, text in enumerate(balance(fact.measure, measure_size, ROOM)):
            # a comma in the figure reaches below its baseline
            gap = measure_size * 1.22 if index else measure_size * 0.72 + size * 0.12 + 26
            found.append((gap, ((text, MARGIN, measure_size, look.words, False),)))
        if period := _period(fact):
            found.append((_PERIOD * 0.72 + 34, ((period, MARGIN, _PERIOD, look.quiet, False),)))
        return found

    size = largest
    while size > 80 and sum(step for step, _ in rows(size)) > _BOTTOM - _TOP:
        size -= 4
    chosen = rows(size)
    y = _TOP + max(0.0, (_BOTTOM - _TOP - sum(step for step, _ in chosen)) / 2)
    drawn = []
    for step, texts in chosen:
        y += step
        drawn += [line(text, x, round(y), high, colour, bold=bold) for text, x, high, colour, bold in texts]
    return framed("".join(drawn), campaign, _source(fact))


def theme_svg(campaign: Campaign, title: str, words: str, call: str) -> str:
    """A picture without a figure, for posts that explain: a title, one sentence, and a call in the band."""
    look = palette(campaign.owner)
    size = fit(title, ROOM, 2, 104, 56, bold=True)
    lines = balance(title, size, ROOM, bold=True)
    words_size = fit(words, ROOM - 60, 3, 46, 30)
    sentence = balance(words, words_size, ROOM - 60)
    height = size * (0.72 + _PITCH * (len(lines) - 1)) + 60 + words_size * (0.72 + 1.25 * (len(sentence) - 1))
    y = _TOP + (_BOTTOM - _TOP - height) / 2 + size * 0.72
    title_drawn = paragraph(lines, MARGIN, round(y), size, look.figure, bold=True, pitch=_PITCH)
    y += size * _PITCH * (len(lines) - 1) + 60 + words_size * 0.72
    return framed(title_drawn + paragraph(sentence, MARGIN, round(y), words_size, look.words), campaign, call)


def _parts(text: str) -> tuple[str, str, str]:
    found = _FIGURE.fullmatch(text)
    if found is None:
        return "", text, ""
    return found["lead"].strip(), found["figure"].strip(), found["rest"].strip()


def _period(fact: Fact) -> str:
    """Not said twice where the measure's own words say it."""
    period = period_text(fact)
    return "" if period and period.casefold() in fact.measure.casefold() else period


def _source(fact: Fact) -> str:
    """The owner is not named twice where the document's own name does."""
    source = source_text(fact)
    if re.search(rf"\b{re.escape(fact.owner)}\b", source):
        return f"Source: {source}"
    return f"Source: {fact.owner}, {source}" if source else f"Source: {fact.owner}"
