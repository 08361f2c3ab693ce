"""From a Draft to a Proof: the same for every network but for how it counts. Pure."""

from __future__ import annotations

from collections.abc import Callable

from bfbot.domain.proof import Proof, ProofPart
from bfbot.platforms.base import Draft
from bfbot.platforms.facets import facets


def proof_of(draft: Draft, platform: str, length: Callable[[str], int]) -> Proof:
    """One part for each text; the pictures stand in the first. Nothing is cut, changed or dropped."""
    parts = tuple(
        ProofPart(text=text, length=length(text), facets=facets(text), media=draft.media if index == 0 else ())
        for index, text in enumerate(draft.texts)
    )
    return Proof(account=draft.account, platform=platform, parts=parts, links=draft.links, language=draft.language)
