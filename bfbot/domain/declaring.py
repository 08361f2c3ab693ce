"""Automation is declared: an account says that it is automated, and whom of the team one can write to. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape


@dataclass(frozen=True)
class Profile:
    """What an account says of itself: whether it carries the network's label, and all its words as one text."""

    automated: bool
    words: str


def not_declared(profile: Profile, contacts: Iterable[str]) -> tuple[str, ...]:
    """What is missing, each with its mend; empty when nothing is. `contacts`: those of its campaigns."""
    found = []
    if not profile.automated:
        found.append(
            "It is not labelled as automated. Tick “This is an automated account” in its settings on the network."
        )
    wanted = [one for one in contacts if one.strip()]
    if wanted and not any(_bare(one) in _bare(profile.words) for one in wanted):
        found.append(f"Its profile names nobody to write to. Add {' or '.join(dict.fromkeys(wanted))} to it.")
    return tuple(found)


def _bare(words: str) -> str:
    """Without markup and blank space, in small letters; an address without its scheme."""
    plain = unescape(re.sub(r"<[^>]*>", "", words)).casefold()
    return re.sub(r"\s+|https?://(?:www\.)?|mailto:", "", plain).rstrip("/")
