"""The pictures of a part, read from the store just before they go out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from bfbot.domain.proof import MediaProof, ProofPart
from bfbot.errors import BfbotError, Rejected
from bfbot.platforms.base import MediaReader


def pictures_of(part: ProofPart, read: MediaReader, account: str) -> Iterator[tuple[MediaProof, bytes]]:
    """Each picture with its bytes. Raises Rejected unless they are the very bytes that were approved."""
    for media in part.media:
        try:
            content = read(media.digest)
        except Exception as error:  # whatever the store raises, the picture is not there to send
            why = error.message if isinstance(error, BfbotError) else f"({type(error).__name__})"
            raise Rejected(
                f"the picture “{media.alt[:60]}” cannot be read any more. {why}",
                mend="Add the picture to the post again and send it for approval.",
                where=account,
            ) from error
        if hashlib.sha256(content).hexdigest() != media.digest:
            raise Rejected(
                f"the picture “{media.alt[:60]}” is not the one that was approved.",
                mend="Add the picture to the post again and send it for approval.",
                where=account,
            )
        yield media, content


def no_pictures(digest: str) -> bytes:
    """The reader of an adapter that only counts and renders."""
    raise LookupError(f"no store of pictures was given (asked for {digest[:12]})")
