"""A whole text: something is said, nothing is left to fill in, and nothing came over broken from a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import (
    CONTENT,
    HASHTAG,
    LINK,
    LOOK_ALIKES,
    PLACEHOLDER,
    plain,
    readings,
    unhidden,
    wordings,
)

HOUSE = "GOV.UK content guidance: read a post as its readers will before it goes out"

_ARTEFACT: Final = re.compile(r"\[\s*email(?:\s|\u00a0|-)*protected\s*\]", re.IGNORECASE)
_LEFT: Final = re.compile(r"\{[^{}]*\}?|\}")
_CARRIED: Final = re.compile(r"\{(?:fact|title|summary):?[^{}\n]*\}")


def _empty(case: Case) -> Iterator[Finding]:
    """A link and a hashtag alone say nothing; a figure or a release's title does."""
    for account, text in wordings(case):
        if _CARRIED.search(text):
            continue
        said = HASHTAG.sub(" ", LINK.sub(" ", PLACEHOLDER.sub(" ", unhidden(text))))
        if not any(one.isalnum() for one in said):
            yield Finding(
                SAID.id,
                Level.REFUSE,
                "There is no text." if not plain(text) else f"“{text.strip()}” has no words of its own.",
                "Write what the post has to say.",
                account=account,
            )


def _unfilled(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        alts = [media.alt for part in proof.parts for media in part.media]
        for text in (proof.text, *alts):
            for left in dict.fromkeys(_LEFT.findall(LINK.sub(" ", unhidden(text)))):
                yield Finding(
                    FILLED.id,
                    Level.REFUSE,
                    f"“{left[:40]}” was not filled in.",
                    "Write a placeholder that there is, such as {fact:…}, {link} or {hashtag}, or plain words.",
                    account=account,
                )


def _previewed(case: Case) -> Iterator[Finding]:
    for delivery in case.deliveries:
        proof = case.proofs.get(delivery.account)
        if proof is None or not any(part.text.strip() or part.media for part in proof.parts):
            yield Finding(
                PREVIEWED.id,
                Level.REFUSE,
                f"There is no preview of what would go out on {delivery.account}.",
                "Send the post for review again.",
                account=delivery.account,
            )


def _artefact(case: Case) -> Iterator[Finding]:
    for account, text in readings(case):
        found = _ARTEFACT.search(unhidden(text).translate(LOOK_ALIKES))
        if found:
            yield Finding(
                PAGE.id,
                Level.REFUSE,
                f"“{found[0]}” is what a web page shows in place of an address; it is not one.",
                f"Write the address itself, for example {case.campaign.contact}.",
                account=account,
            )


SAID = Rule(
    "text-empty",
    "There is a text",
    HOUSE,
    "Write a text, not only a link or a hashtag.",
    CONTENT,
    _empty,
)
FILLED = Rule(
    "text-unfilled",
    "Nothing is left to fill in",
    HOUSE,
    "Fill in or remove everything in curly brackets.",
    CONTENT,
    _unfilled,
)
PREVIEWED = Rule(
    "text-previewed",
    "Every account has its preview",
    "bfbot sends only what was shown to the people who approved it",
    "Send the post for review, so that its text for each account is written out.",
    CONTENT,
    _previewed,
)
PAGE = Rule(
    "text-pasted",
    "No remains of a web page",
    HOUSE,
    "Replace what a web page put there by the real words.",
    CONTENT,
    _artefact,
)
