"""Pictures and clips as the rules ask about them. None is drawn, read into the store or written anywhere."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from bfbot.domain.message import MediaUse
from bfbot.domain.picture import focal_of
from bfbot.domain.proof import MediaProof
from bfbot.domain.revision import Revision
from bfbot.errors import ContentRefused
from bfbot.media import blobs, clips
from bfbot.media.resolve import captions_of

CARD = (1200, 675)
"""Pixels of a card."""


def looked_at(use: MediaUse, revision: Revision, home: Path) -> MediaProof:
    """The picture by its name and size; its digest stands for the file, not for the bytes that would go out.

    Raises ContentRefused for a picture that is not there, as the real one would.
    """
    if use.blob is not None:
        return blobs.describe(use.blob, root=home / "var" / "media").proof(use.alt)
    if use.card is not None:
        if use.card not in revision.facts:
            raise ContentRefused(
                f"There is no statistic “{use.card}” to draw a card from.",
                mend="Mend the id in the post's picture.",
            )
        return MediaProof(f"card:{use.card}", "image/png", use.alt, *CARD, 0)
    path, focal = home / "messages" / (use.file or ""), focal_of(revision.pictures.values(), use.file)
    if clips.mime_of(path):
        return _clip(path, use, focal, home)
    try:
        seen = path.stat()
        return replace(_file(path, use.file or "", seen.st_mtime_ns, seen.st_size, use.alt), focal=focal)
    except OSError as error:
        raise ContentRefused(
            f"The picture “{use.file}” is not in messages/.", mend="Put the file there, or mend its name."
        ) from error


def _clip(path: Path, use: MediaUse, focal: tuple[float, float], home: Path) -> MediaProof:
    """As it was taken in; of one that never was, nothing is known but that it is one, and its captions' name."""
    clip = clips.remembered(path, root=home / "var" / "media")
    if clip is not None:
        return clip.proof(use.alt, captions_of(use, home), focal)
    named = f"file:{use.captions}" if use.captions else ""
    mime = clips.mime_of(path)
    return MediaProof(f"file:{use.file}", mime, use.alt, 0, 0, path.stat().st_size, focal, captions=named)


@lru_cache(maxsize=500)
def _file(path: Path, name: str, _changed: int, _size: int, alt: str) -> MediaProof:
    """JPEG and PNG stay what they are when they are taken into the store; all else becomes PNG."""
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(path) as picture:
            width, height = picture.size
            mime = "image/jpeg" if picture.format == "JPEG" else "image/png"
    except UnidentifiedImageError as error:
        raise ContentRefused(f"“{name}” is no picture.", mend="Choose a PNG or JPEG file.") from error
    return MediaProof(f"file:{name}", mime, alt, width, height, 0)
