"""Length is the network's: each part as the network counts it, never cut to fit."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT

NETWORKS = "The network's own documentation of post length and threads"


def _too_long(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        for number, part in enumerate(proof.parts, start=1):
            if limits is None or part.length <= limits.text:
                continue
            network = case.network(account)
            which = f"Part {number} of the text" if len(proof.parts) > 1 else "The text"
            over = part.length - limits.text
            yield Finding(
                FITS.id,
                Level.REFUSE,
                f"{which} is {part.length:,} characters as {network} counts them; {limits.text:,} fit. "
                f"It ends “…{part.text[-40:].strip()}”.",
                f"Shorten it by {over:,}, with source and hashtag, or write {network} a text of its own.",
                account=account,
            )


def _threads(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        if limits is not None and len(proof.parts) > 1 and not limits.threads:
            yield Finding(
                ONE_PART.id,
                Level.REFUSE,
                f"The text has {len(proof.parts)} parts, and {case.network(account)} takes no threads.",
                f"Write one text for {case.network(account)}, without the line of three hyphens.",
                account=account,
            )


FITS = Rule(
    "length",
    "The text fits the network",
    NETWORKS,
    "Keep each part within the number of characters that the network takes.",
    CONTENT,
    _too_long,
)
ONE_PART = Rule(
    "threads",
    "Threads only where the network has them",
    NETWORKS,
    "Write a single text for networks without threads.",
    CONTENT,
    _threads,
)
