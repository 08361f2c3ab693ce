"""What bfbot would change of a text so that everybody can read it: shown first, made when a person says so.

    mends(text, campaign) -> list[Mend]     what it would change, and why
    mended(text, campaign) -> str           the text with all of it changed; mending it again changes nothing

Pure; links and placeholders are never touched. A new mend is a Step, added to STEPS.
"""

from __future__ import annotations

from bfbot.domain.campaign import Campaign
from bfbot.rules.mend import Mend, Step
from bfbot.rules.mend_emoji import emoji_once
from bfbot.rules.mend_hashtags import capitals, tags_last
from bfbot.rules.mend_letters import letters_plain, unseen_out

__all__ = ["STEPS", "Mend", "mended", "mends"]

STEPS: tuple[Step, ...] = (unseen_out, letters_plain, capitals, emoji_once, tags_last)
"""In this order: what nobody sees must be gone before words are looked at."""


def mends(text: str, campaign: Campaign) -> list[Mend]:
    """Every change that `mended` makes, in the order in which it makes them."""
    return _mend(text, campaign)[1]


def mended(text: str, campaign: Campaign) -> str:
    """The text as it would be."""
    return _mend(text, campaign)[0]


def _mend(text: str, campaign: Campaign) -> tuple[str, list[Mend]]:
    found: list[Mend] = []
    for step in STEPS:
        text, made = step(text, campaign)
        found += made
    return text, found
