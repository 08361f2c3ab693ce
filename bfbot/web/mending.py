"""What bfbot would change of a text, and how hard it reads, made ready for the page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bfbot.domain.campaign import Campaign
from bfbot.domain.post import Wording
from bfbot.domain.proof import Proof
from bfbot.rules.mends import Offer, offers
from bfbot.rules.plain_english import reading_age
from bfbot.web.shown import network_name


@dataclass(frozen=True)
class ShownOffer:
    """`place` is "" in the text of the post."""

    place: str
    before: str
    after: str
    why: str


def shown_offers(wording: Wording, campaign: Campaign) -> list[ShownOffer]:
    """In the order in which they would be made."""
    return [
        ShownOffer(_place(one), one.mend.before, one.mend.after, one.mend.why) for one in offers(wording, campaign)
    ]


def reading_ages(proofs: Mapping[str, Proof], language: str) -> str:
    """`about 11`, or `about 10 to 12` where networks have different words; "" where there is no measure."""
    if not language.startswith("en"):
        return ""
    found = sorted({age for one in proofs.values() if (age := reading_age(one.text)) is not None})
    if not found:
        return ""
    return f"about {found[0]}" if len(found) == 1 else f"about {found[0]} to {found[-1]}"


def _place(one: Offer) -> str:
    if one.place == "text":
        return ""
    return f"Alt text of picture {one.number}" if one.place == "alt" else f"On {network_name(one.place)}"
