"""An upload that is a picture of the library's: it counts as that one, with its rights and its consent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bfbot.domain.finding import Finding, Level
from bfbot.domain.message import VIDEO, MediaUse
from bfbot.domain.post import Post
from bfbot.domain.revision import Revision
from bfbot.errors import BfbotError, ContentRefused
from bfbot.media.resolve import picture
from bfbot.rules.picture_rights import RIGHTS


def refuse_copies(media: Sequence[MediaUse], revision: Revision, home: Path) -> None:
    """Raises ContentRefused for an upload of the very picture that the library has, so that nobody gets round its
    last day or its consent by uploading it."""
    if any(one.blob is not None for one in media):
        found = _copied(media, _digests(revision, home))
        if found is not None:
            raise ContentRefused(found.message, mend=found.mend)


def copies_of_library(posts: Iterable[Post], revision: Revision, home: Path) -> dict[int, Finding]:
    """By its number, what is wrong with a post whose upload is a picture that the library got meanwhile."""
    uploading = [one for one in posts if any(use.blob is not None for use in one.wording.media)]
    digests = _digests(revision, home) if uploading else {}
    found = {one.id: _copied(one.wording.media, digests) for one in uploading}
    return {number: one for number, one in found.items() if one is not None}


def _copied(media: Iterable[MediaUse], digests: dict[str, str]) -> Finding | None:
    use = next((one for one in media if one.blob in digests), None)
    if use is None:
        return None
    return Finding(
        RIGHTS.id,
        Level.REFUSE,
        f"The picture “{use.alt[:60]}” is “{digests[use.blob or '']}” of your library.",
        "Take it from the library, so that its rights and consent count; or use another.",
    )


def _digests(revision: Revision, home: Path) -> dict[str, str]:
    """The library's pictures as they are sent (sha256), with their ids."""
    found: dict[str, str] = {}
    for one in revision.pictures.values():
        if one.file.lower().endswith(VIDEO):
            continue  # an upload is never a clip
        try:
            found.setdefault(picture(MediaUse(alt="-", file=one.file), revision, home).digest, one.id)
        except BfbotError:
            continue  # the entry's file is not there, or is no picture
    return found
