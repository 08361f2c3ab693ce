"""Pictures: as many, as large and of the kinds that the network takes."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.finding import Finding, Level
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT

NETWORKS = "The network's own documentation of pictures"


def _count(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        if limits is None:
            continue
        for part in proof.parts:
            if len(part.media) > limits.media:
                yield Finding(
                    COUNT.id,
                    Level.REFUSE,
                    f"There are {len(part.media)} pictures; {proof.platform} takes at most {limits.media}.",
                    f"Take out {len(part.media) - limits.media}, or leave this account out.",
                    account=account,
                )
        if limits.image_required and not any(part.media for part in proof.parts):
            yield Finding(
                COUNT.id,
                Level.REFUSE,
                f"{proof.platform} takes no post without a picture.",
                "Add a picture with its alt text, or leave this account out.",
                account=account,
            )


def _kind(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        for media in (one for part in proof.parts for one in part.media):
            if limits is None:
                continue
            if media.mime not in limits.media_types:
                yield Finding(
                    KIND.id,
                    Level.REFUSE,
                    f"The picture “{media.alt[:60]}” is of the type {media.mime}, not one for {proof.platform}.",
                    f"Save it as {' or '.join(sorted(limits.media_types)) or 'text'}, or leave it out.",
                    account=account,
                )
            if media.size > limits.media_bytes:
                yield Finding(
                    KIND.id,
                    Level.REFUSE,
                    f"The picture “{media.alt[:60]}” has {media.size:,} bytes; {proof.platform} takes "
                    f"{limits.media_bytes:,}.",
                    "Save it smaller.",
                    account=account,
                )


COUNT = Rule(
    "media-count",
    "The network takes that many pictures",
    NETWORKS,
    "Attach no more pictures than the network takes, and one where it wants one.",
    CONTENT,
    _count,
)
KIND = Rule(
    "media-kind",
    "The network takes such pictures",
    NETWORKS,
    "Use a type and a size of picture that the network takes.",
    CONTENT,
    _kind,
)
