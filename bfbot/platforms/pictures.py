"""The pictures and clips of a part, read from the store just before they go out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bfbot.domain.proof import MediaProof, ProofPart
from bfbot.errors import BfbotError, Rejected
from bfbot.platforms.base import MediaReader


def pictures_of(part: ProofPart, read: MediaReader, account: str) -> Iterator[tuple[MediaProof, bytes]]:
    """Each picture with its bytes. Raises Rejected unless they are the very bytes that were approved."""
    for media in part.media:
        yield media, approved_bytes(media.digest, f"the {media.word} “{media.alt[:60]}”", read, account)


def approved_bytes(digest: str, what: str, read: MediaReader, account: str) -> bytes:
    """What the store has under this digest. Raises Rejected as above."""
    try:
        content = read(digest)
    except Exception as error:  # whatever the store raises, it is not there to send
        why = error.message if isinstance(error, BfbotError) else f"({type(error).__name__})"
        raise Rejected(
            f"{what} cannot be read any more. {why}",
            mend="Add the picture to the post again and send it for approval.",
            where=account,
        ) from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise Rejected(
            f"{what} is not the one that was approved.",
            mend="Add the picture to the post again and send it for approval.",
            where=account,
        )
    return content


def no_pictures(digest: str) -> bytes:
    """The reader of an adapter that only counts and renders."""
    raise LookupError(f"no store of pictures was given (asked for {digest[:12]})")
