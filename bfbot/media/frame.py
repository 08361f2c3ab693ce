"""The look that every drawn picture of a campaign shares: ground, rising sun, name above, source and tag below.

1200 x 675 pixels (16:9) is shown whole by every network. Deterministic: the same words give the same bytes.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from xml.sax.saxutils import escape

from bfbot.domain.campaign import Campaign
from bfbot.media.typeset import FAMILY, fit, width, wrap

WIDTH, HEIGHT = 1200, 675
MARGIN = 72
ROOM = WIDTH - 2 * MARGIN  # pixels a line may take
FLOOR = 579  # where the band at the foot begins


@dataclass(frozen=True)
class Palette:
    """Colours as #rrggbb; every text on its ground has a contrast of at least 7 to 1 (a test holds this)."""

    ground: str
    sun: str  # the two rings behind the words
    glow: str
    figure: str
    words: str
    quiet: str
    band: str
    band_words: str


_INDIGO = Palette("#241B55", "#332875", "#2B2165", "#FFD04A", "#FFFFFF", "#D9D3F5", "#FFD04A", "#1B1440")
_PINE = Palette("#0B3A3C", "#114B4B", "#0E4344", "#A8F0C6", "#FFFFFF", "#CBE8E0", "#A8F0C6", "#062627")
_NAVY = Palette("#0F2747", "#1A3A66", "#143056", "#8FD8FF", "#FFFFFF", "#CFE0F2", "#8FD8FF", "#0A1B33")
_PLUM = Palette("#4A1038", "#611A4B", "#551541", "#FFC2A1", "#FFFFFF", "#F3D3E4", "#FFC2A1", "#330925")
PALETTES = {"LGA": _INDIGO, "CCN": _PINE}
_OTHERS = (_NAVY, _PLUM)


def palette(owner: str) -> Palette:
    """One owner, one look, so that a reader can tell two owners' figures apart."""
    if owner in PALETTES:
        return PALETTES[owner]
    return _OTHERS[hashlib.sha256(owner.encode()).digest()[0] % len(_OTHERS)]


def line(
    text: str, x: float, y: float, size: int, colour: str, *, bold: bool = False, anchor: str = "start"
) -> str:
    """One line of words, its baseline at `y`."""
    weight = "700" if bold else "400"
    return (
        f'<text x="{x:g}" y="{y:g}" font-family="{FAMILY}" font-size="{size}" font-weight="{weight}" '
        f'fill="{colour}" text-anchor="{anchor}" xml:space="preserve">{escape(_printable(text))}</text>'
    )


def paragraph(
    lines: list[str], x: float, y: float, size: int, colour: str, *, bold: bool = False, pitch: float = 1.25
) -> str:
    """Lines under each other, the first baseline at `y`, `pitch` of the size apart."""
    return "".join(
        line(text, x, round(y + index * size * pitch), size, colour, bold=bold) for index, text in enumerate(lines)
    )


def framed(body: str, campaign: Campaign, foot: str) -> str:
    """A whole SVG: `body` on the campaign's ground, `foot` (a source, a call) in the band with the hashtag."""
    look = palette(campaign.owner)
    tag = f"#{campaign.hashtag}" if campaign.hashtag else campaign.owner
    foot_room = ROOM - width(tag, 32, bold=True) - 48
    size = fit(foot, foot_room, 2, 29, 18)
    foot_lines = wrap(foot, size, foot_room)
    first = FLOOR + 58 - (len(foot_lines) - 1) * size * 0.62
    return "".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}"',
            f' width="{WIDTH}" height="{HEIGHT}">',
            f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{look.ground}"/>',
            f'<circle cx="1130" cy="{FLOOR}" r="430" fill="{look.glow}"/>',
            f'<circle cx="1130" cy="{FLOOR}" r="270" fill="{look.sun}"/>',
            f'<rect x="{MARGIN}" y="58" width="10" height="40" fill="{look.figure}"/>',
            line(campaign.name, MARGIN + 28, 91, 36, look.words, bold=True),
            body,
            f'<rect y="{FLOOR}" width="{WIDTH}" height="{HEIGHT - FLOOR}" fill="{look.band}"/>',
            paragraph(foot_lines, MARGIN, first, size, look.band_words),
            line(tag, WIDTH - MARGIN, FLOOR + 59, 32, look.band_words, bold=True, anchor="end"),
            "</svg>",
        )
    )


def _printable(text: str) -> str:
    """XML cannot hold control characters, not even escaped."""
    return "".join(character for character in text if character.isprintable())
