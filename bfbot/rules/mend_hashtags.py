"""Hashtags in their capitals, and behind the text instead of inside it."""

from __future__ import annotations

import re
from typing import Final

from bfbot.domain.campaign import Campaign
from bfbot.rules.hashtags import CAMPAIGN, CAPITALS, LAST, closing, in_capitals, joined, known_tags
from bfbot.rules.mend import Mend, by_part, outside

_TAG: Final = re.compile(r"(?<![\w/&?=#＃])[#＃](\w*[^\W\d_]\w*)")
_WORD: Final = re.compile(r"\S+")
_HUMP: Final = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_+")


def capitals(text: str, campaign: Campaign) -> tuple[str, list[Mend]]:
    """Known hashtags as the campaign writes them, others where their words can be told apart."""
    known = known_tags(campaign)
    own = campaign.hashtag.lstrip("#")
    made: dict[str, str] = {}

    def tag(match: re.Match[str]) -> str:
        written = match[1]
        right = known.get(written.casefold()) or (in_capitals(written) if joined(written) else "")
        if not right or (match[0] == f"#{right}"):
            return match[0]
        made[match[0]] = f"#{right}"
        return f"#{right}"

    mended = outside(text, lambda piece: _TAG.sub(tag, piece))
    why = "With a capital on each word a screen reader reads words, not one long noise."
    return mended, [
        Mend(CAMPAIGN.id if after[1:] == own else CAPITALS.id, before, after, why)
        for before, after in made.items()
    ]


def tags_last(text: str, campaign: Campaign) -> tuple[str, list[Mend]]:
    """Hashtags inside move behind the text of their part; their words stay where a sentence needs them."""
    found: list[Mend] = []

    def moved(part: str) -> str:
        end = _tail(part)
        inside: list[str] = []

        def word(match: re.Match[str]) -> str:
            inside.append(match[1])
            alone = _alone(part[:end], match)
            return "" if alone else _HUMP.sub(" ", match[1])

        body = outside(part[:end], lambda piece: _TAG.sub(word, piece))
        if not inside:
            return part
        body = re.sub(r"[ \t]+(?=[\n.,;:!?]|$)|(?<=[ \t])[ \t]+|(?m:^)[ \t]+", "", body).strip()
        lead = part[: len(part) - len(part.lstrip())]
        closers, after = part[end:].strip(), part[len(part.rstrip()) :]
        there = {one.casefold() for one in _TAG.findall(closers)}
        new = [f"#{one}" for one in dict.fromkeys(inside) if one.casefold() not in there]
        found.append(
            Mend(
                LAST.id,
                " ".join(f"#{one}" for one in dict.fromkeys(inside)) + " inside the text",
                " ".join(new) + " behind it" if new else "once, behind it",
                "Inside a sentence a hashtag interrupts the reading.",
            )
        )
        gap = part[end : len(part) - len(part[end:].lstrip())] if closers else "\n\n" if "\n" in body else " "
        return f"{lead}{body}{gap if body else ''}{' '.join(filter(None, (closers, *new)))}{after}"

    return by_part(text, moved), found


def _tail(part: str) -> int:
    """Where the hashtags, links and placeholders begin that close a part."""
    words = list(_WORD.finditer(part))
    while words and (closing(words[-1][0].replace("＃", "#")) or words[-1][0] in {"{link}", "{hashtag}"}):
        if not any(one.isalnum() for one in words[-1][0]) and len(words) > 1 and not closing(words[-2][0]):
            break  # a mark that ends the sentence, or an emoji behind it
        words.pop()
    return words[-1].end() if words else 0


def _alone(text: str, tag: re.Match[str]) -> bool:
    """Whether a hashtag stands as a sentence of its own: nothing of a sentence on either side."""
    whole = tag.string == text  # a link or placeholder beside it belongs to some sentence
    return whole and _ends(text[: tag.start()]) and _ends(text[tag.end() :], ahead=True)


def _ends(beside: str, *, ahead: bool = False) -> bool:
    line = beside.partition("\n")[0].strip() if ahead else beside.rpartition("\n")[2].strip()
    if not line:
        return True
    return line[:1].isupper() or line[:1] in "#＃" if ahead else line[-1] in ".!?…"
