"""How wide a line is, and where it breaks: the metrics of the one typeface that cards are drawn with.

The drawing library carries Liberation Sans in its own binary, so cards look alike on a machine without fonts.
"""

from __future__ import annotations

FAMILY = "Liberation Sans"

# Advance widths in thousandths of the font size; a character not listed is counted as wide as a capital M.
_REGULAR = {
    191: "'",
    222: "ijl‘’",
    260: "|",
    278: " !,./:;I[\\]ft·",
    333: "()-`r“”",
    334: "{}",
    355: '"',
    389: "*",
    469: "^",
    500: "Jcksvxyz",
    556: "#$0123456789?L_abdeghnopqu£€–",
    584: "+<=>~×",
    611: "FTZ",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    778: "GOQ",
    833: "Mm½",
    889: "%",
    944: "W",
    1000: "—…",
    1015: "@",
}
_BOLD = {
    238: "'",
    278: " ,./I\\ijl‘’·",
    280: "|",
    333: "!()-:;[]`ft",
    389: "*r{}",
    474: '"',
    500: "z“”",
    556: "#$0123456789J_aceksvxy£€–",
    584: "+<=>^~×",
    611: "?FLTZbdghnopqu",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    778: "GOQw",
    834: "M½",
    889: "%m",
    944: "W",
    975: "@",
    1000: "—…",
}
_UNKNOWN = 850
_ADVANCE = {
    bold: {character: width for width, characters in table.items() for character in characters}
    for bold, table in ((False, _REGULAR), (True, _BOLD))
}


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Pixels that `text` takes on one line at `size` pixels."""
    advance = _ADVANCE[bold]
    return sum(advance.get(character, _UNKNOWN) for character in text) * size / 1000


def wrap(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """Lines of at most `room` pixels, broken at spaces; a longer word has a line of its own."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer, size, bold=bold) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balance(text: str, size: float, room: float, *, bold: bool = False) -> list[str]:
    """`wrap` in as few lines, but with lines of like length, so that no word is left alone on the last."""
    lines = wrap(text, size, room, bold=bold)
    for narrower in range(int(room), int(room / 3), -20):
        tried = wrap(text, size, narrower, bold=bold)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines


def fit(text: str, room: float, lines: int, largest: int, smallest: int, *, bold: bool = False) -> int:
    """The largest size (pixels) at which `text` stands in `lines` lines of `room` pixels, else `smallest`."""
    for size in range(largest, smallest, -1):
        broken = wrap(text, size, room, bold=bold)
        if len(broken) <= lines and all(width(line, size, bold=bold) <= room for line in broken):
            return size
    return smallest
