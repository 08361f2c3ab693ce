"""An emoji that comes again goes: its first place is where it says something."""

from __future__ import annotations

from bfbot.domain.campaign import Campaign
from bfbot.rules.emoji import FEW, same, spans
from bfbot.rules.mend import Mend, outside


def emoji_once(text: str, _campaign: Campaign) -> tuple[str, list[Mend]]:
    """Every emoji once, with the space in front of each that goes."""
    seen: set[str] = set()
    again: dict[str, int] = {}

    def once(piece: str) -> str:
        out, place = [], 0
        for start, end in spans(piece):
            one = same(piece[start:end])
            if one not in seen:
                seen.add(one)
                continue
            again[one] = again.get(one, 0) + 1
            before = piece[place:start]
            out.append(
                before.rstrip(" ") if before.endswith(" ") and not piece[end : end + 1].isalnum() else before
            )
            place = end
        return "".join([*out, piece[place:]])

    mended = outside(text, once)
    why = "A screen reader says every emoji in words, each time."
    return mended, [Mend(FEW.id, one * (more + 1), one, why) for one, more in again.items()]
