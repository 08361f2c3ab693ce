"""What bfbot would change of a text so that everybody can read it: shown first, made when a person says so.

    mends(text, campaign) -> list[Mend]     what it would change, and why
    mended(text, campaign) -> str           the text with all of it changed; mending it again changes nothing
    offers(wording, campaign)               the same for a whole post: texts of every network, and alt texts
    mended_wording(wording, campaign)

Pure; links and placeholders are never touched. A new mend is a Step, added to STEPS.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bfbot.domain.campaign import Campaign
from bfbot.domain.post import Wording
from bfbot.rules.mend import Mend, Step
from bfbot.rules.mend_emoji import emoji_once
from bfbot.rules.mend_hashtags import capitals, tags_last
from bfbot.rules.mend_letters import letters_plain, unseen_out

__all__ = ["STEPS", "Mend", "Offer", "mended", "mended_wording", "mends", "offers"]

STEPS: tuple[Step, ...] = (unseen_out, letters_plain, capitals, emoji_once, tags_last)
"""In this order: what nobody sees must be gone before words are looked at."""


ALT_STEPS: tuple[Step, ...] = (unseen_out, letters_plain)


@dataclass(frozen=True)
class Offer:
    """A mend and where: `text`, a network's name, or `alt` with the picture's number from 1."""

    place: str
    number: int
    mend: Mend


def offers(wording: Wording, campaign: Campaign) -> list[Offer]:
    """Every change that `mended_wording` makes."""
    found = [Offer("text", 0, one) for one in mends(wording.text, campaign)]
    for platform, text in wording.variants.items():
        found += [Offer(platform, 0, one) for one in mends(text, campaign)]
    for number, media in enumerate(wording.media, 1):
        found += [Offer("alt", number, one) for one in _mend(media.alt, campaign, ALT_STEPS)[1]]
    return found


def mended_wording(wording: Wording, campaign: Campaign) -> Wording:
    """The wording as it would be; the same one where nothing is to be mended."""
    return replace(
        wording,
        text=mended(wording.text, campaign),
        variants={name: mended(text, campaign) for name, text in wording.variants.items()},
        media=tuple(replace(one, alt=_mend(one.alt, campaign, ALT_STEPS)[0]) for one in wording.media),
    )


def mends(text: str, campaign: Campaign) -> list[Mend]:
    """Every change that `mended` makes, in the order in which it makes them."""
    return _mend(text, campaign)[1]


def mended(text: str, campaign: Campaign) -> str:
    """The text as it would be."""
    return _mend(text, campaign)[0]


def _mend(text: str, campaign: Campaign, steps: Sequence[Step] = STEPS) -> tuple[str, list[Mend]]:
    found: list[Mend] = []
    for step in steps:
        text, made = step(text, campaign)
        found += made
    return text, found
