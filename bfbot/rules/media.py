"""Pictures and clips: as many, as large and of the kinds that the network takes."""

from __future__ import annotations

from collections.abc import Iterator

from bfbot.domain.captions import clock
from bfbot.domain.finding import Finding, Level
from bfbot.domain.limits import ClipLimits
from bfbot.domain.proof import MediaProof
from bfbot.rules.base import Case, Rule
from bfbot.rules.reading import CONTENT

NETWORKS = "The network's own documentation of pictures and clips"


def _count(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        if limits is None:
            continue
        for part in proof.parts:
            if len(part.media) > 1 and any(one.clip for one in part.media):
                yield Finding(
                    COUNT.id,
                    Level.REFUSE,
                    "A clip and something else stand in one post; a clip stands alone.",
                    "Take the other one out, or make two posts.",
                    account=account,
                )
            elif len(part.media) > limits.media:
                yield Finding(
                    COUNT.id,
                    Level.REFUSE,
                    f"There are {len(part.media)} pictures; {case.network(account)} takes at most {limits.media}.",
                    f"Take out {len(part.media) - limits.media}, or leave this account out.",
                    account=account,
                )
        if limits.image_required and not any(part.media for part in proof.parts):
            yield Finding(
                COUNT.id,
                Level.REFUSE,
                f"{case.network(account)} takes no post without a picture.",
                "Add a picture with its alt text, or leave this account out.",
                account=account,
            )


def _kind(case: Case) -> Iterator[Finding]:
    for account, proof in case.proofs.items():
        limits = case.limits.get(account)
        for media in (one for part in proof.parts for one in part.media):
            if limits is None:
                continue
            if media.clip:
                yield from _clip(media, limits.clips, account, case.network(account))
                continue
            if media.mime not in limits.media_types:
                yield Finding(
                    KIND.id,
                    Level.REFUSE,
                    f"The picture “{media.alt[:60]}” is of the type {media.mime}, "
                    f"not one for {case.network(account)}.",
                    f"Save it as {' or '.join(sorted(limits.media_types)) or 'text'}, or leave it out.",
                    account=account,
                )
            if media.size > limits.media_bytes:
                yield Finding(
                    KIND.id,
                    Level.REFUSE,
                    f"The picture “{media.alt[:60]}” has {media.size:,} bytes; {case.network(account)} takes "
                    f"{limits.media_bytes:,}.",
                    "Save it smaller.",
                    account=account,
                )


def _clip(media: MediaProof, limits: ClipLimits | None, account: str, platform: str) -> Iterator[Finding]:
    if limits is None:
        wrong = [
            (
                f"bfbot sends no clips to {platform}.",
                "Leave this account out; give it a post of its own, with a picture and a link to the clip.",
            )
        ]
    else:
        named = f"The clip “{media.alt[:60]}”"
        wrong = [
            (what, mend)
            for holds, what, mend in (
                (
                    media.mime in limits.types,
                    f"{named} is of the type {media.mime}, not one for {platform}.",
                    f"Save it as {' or '.join(sorted(limits.types))}, or leave it out.",
                ),
                (
                    media.size <= limits.bytes,
                    f"{named} has {media.size:,} bytes; {platform} takes {limits.bytes:,}.",
                    "Save it smaller, or cut it.",
                ),
                (
                    media.milliseconds <= limits.seconds * 1000,
                    f"{named} lasts {clock(media.milliseconds)}; {platform} takes {clock(limits.seconds * 1000)}.",
                    "Cut it.",
                ),
            )
            if not holds
        ]
    for what, mend in wrong:
        yield Finding(KIND.id, Level.REFUSE, what, mend, account=account)


COUNT = Rule(
    "media-count",
    "The network takes that many pictures or clips",
    NETWORKS,
    "Attach no more pictures than the network takes, one where it wants one, and a clip alone.",
    CONTENT,
    _count,
)
KIND = Rule(
    "media-kind",
    "The network takes such pictures and clips",
    NETWORKS,
    "Use a type, a size and a length that the network takes, and leave out accounts that take no clips.",
    CONTENT,
    _kind,
)
